"""What was typed, unit by unit, with what each is called in the other language: English for Chinese, Chinese for
English, as far as the glossary goes. Quoted phrases, and what must not be there, are left as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby

from deedline.knowledge.glossary import Rendered, glossary, plural, said_in_chinese, said_in_english, singular
from deedline.knowledge.terms import asked_terms, is_ideographs, term_texts
from deedline.operations.wording import letters_of
from deedline.register.index_values import Clause

_MOST = 12  # units that are translated


@dataclass(frozen=True, slots=True)
class Unit:
    """A word, or some that belong together. `said` finds all of it as typed; `typed` shows it. `others` are its
    translations as the glossary writes them, and `clauses` find them, any of which will do; both may be empty."""

    typed: str
    said: tuple[Clause, ...]
    others: tuple[str, ...] = ()
    clauses: tuple[Clause, ...] = ()


def units_of(clauses: Sequence[Clause]) -> tuple[Unit, ...]:
    """The units of what is wanted, none where the glossary has a translation of none of them.

    English words that say little beside others (of, the, government) are left out.
    """
    wanted = [clause for clause in clauses if not clause.out]
    units: list[Unit] = []
    for english, some in groupby(wanted, _is_english):
        together = list(some)
        units.extend(_of_english(together) if english else chain.from_iterable(map(_of_chinese, together)))
    telling = [unit for unit in units if unit.others and unit.typed not in glossary().passing]
    if len(telling) > _MOST or not any(unit.others for unit in units):
        return ()
    return tuple(unit for unit in units if not telling or unit.typed not in glossary().passing)


def _is_english(clause: Clause) -> bool:
    return not clause.exact and len(clause.terms) == 1 and not is_ideographs(clause.terms[0])


def _of_english(some: Sequence[Clause]) -> Iterator[Unit]:
    """Units of neighbouring words of letters and digits."""
    words = [clause.terms[0] for clause in some]
    at = 0
    for found in [*said_in_chinese(words), Rendered(len(words), len(words), "", ())]:
        yield from (Unit(words[n], (some[n],)) for n in range(at, found.start))
        at = found.end
        if found.others:
            sought = tuple(Clause(tuple(asked_terms(other)), exact=True) for other in found.others)
            yield Unit(
                " ".join(words[found.start : found.end]), tuple(some[found.start : found.end]), found.others, sought
            )


def _of_chinese(clause: Clause) -> Iterator[Unit]:
    """The units of a run of ideographs, of which words of the glossary make up half at least; else the run itself."""
    run = letters_of(clause)
    found = list(said_in_english(run)) if not clause.exact and is_ideographs(run) else []
    if 2 * sum(one.end - one.start for one in found) < len(run) or not found:
        yield Unit(run, (clause,))
        return
    for one in found:
        forms = dict.fromkeys(form for other in one.others for form in _forms(tuple(term_texts(other))))
        said = clause if len(found) == 1 else Clause(tuple(asked_terms(one.word)), exact=True)
        yield Unit(one.word, (said,), one.others, tuple(Clause(form, exact=True) for form in forms))


def _forms(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """English words as they are, and the last of them in the singular and the plural."""
    *first, last = words
    for form in (last, singular(last), plural(singular(last))):
        yield (*first, form)
