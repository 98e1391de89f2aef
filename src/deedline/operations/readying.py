"""What most pages and answers rest on, computed before anyone waits for it."""

from __future__ import annotations

from contextlib import nullcontext
from threading import Event

from deedline.errors import DeedlineError
from deedline.operations.coming import LOADING
from deedline.operations.counting import counted
from deedline.operations.holding import bodies_held
from deedline.operations.judging import waiting_links
from deedline.operations.leafing import bodies_counted
from deedline.operations.measuring import all_measured
from deedline.operations.naming import names
from deedline.operations.overview import overview
from deedline.operations.owning import owners
from deedline.operations.scene import at_most, is_large
from deedline.operations.searching import load_meaning, prepare_search
from deedline.operations.twins import TONGUES
from deedline.register import Register, open_register
from deedline.register.values import EVERYTHING

MOST_ENCODED = 20_000  # items of a register whose meanings are encoded unasked; those of more take hours
EVERY = 5.0  # seconds between looks at whether the register changed


def make_ready(register: Register) -> None:
    """Compute what is remembered until the register changes; a server calls it once, in a thread of its own.

    Of a register that `is_large`, what is told of it all the same.
    """
    if not is_large(register):
        all_measured(register)
        for language in TONGUES:
            names(register, language=language)
            owners(register, language=language)
        bodies_held(register)
    else:
        bodies_counted(register)
        counted(register, EVERYTHING)
    for language in TONGUES:
        overview(register, language=language)
    waiting_links(register)


def keep_ready(location: str, ended: Event, every: float = EVERY, *, most: int | None = None) -> None:
    """Make the register at `location` ready, its search index too, and again whenever it changed, until `ended`.

    For a thread of its own. `most` is how many items the server takes for a scene (see `at_most`). A series of changes
    is waited for until the register rests; what cannot be read or written is left to whoever asks for it, and tried
    again after the next change. Until what compares meanings is loaded, searches do without it, and say so.
    """
    LOADING.set()
    ready = seen = None
    while not ended.is_set():
        try:
            with open_register(location, create=False) as register, nullcontext() if most is None else at_most(most):
                revision = register.revision()
                if revision != ready and revision in (seen, None if ready else revision):
                    ready = revision
                    _make_all_ready(register)
                seen = revision
        except DeedlineError:
            pass
        finally:
            LOADING.clear()
        ended.wait(every)


def _make_all_ready(register: Register) -> None:
    """First the index of words, which whoever searches would make by himself; then pages; then meanings."""
    prepare_search(register, meant=False)
    make_ready(register)
    encoded = register.count_items() <= MOST_ENCODED
    load_meaning(register, filling=encoded)
    LOADING.clear()
    if encoded:
        prepare_search(register)
