"""What most pages and answers rest on, computed before anyone waits for it."""

from __future__ import annotations

from threading import Event

from deedline.errors import DeedlineError
from deedline.operations.holding import bodies_held
from deedline.operations.judging import waiting_links
from deedline.operations.measuring import all_measured
from deedline.operations.naming import names
from deedline.operations.overview import overview
from deedline.operations.owning import owners
from deedline.operations.searching import prepare_search
from deedline.register import Register, open_register

TONGUES = ("zh", "en")  # languages of documents that readers may prefer
LARGEST = 50_000  # items: what is computed of more would not be kept
MOST_ENCODED = 20_000  # items of a register whose meanings are encoded unasked; those of more take hours
EVERY = 5.0  # seconds between looks at whether the register changed


def make_ready(register: Register) -> None:
    """Compute what is remembered until the register changes; a server calls it once, in a thread of its own."""
    if register.count_items() > LARGEST:
        return
    all_measured(register)
    for language in TONGUES:
        overview(register, language=language)
        names(register, language=language)
        owners(register, language=language)
    bodies_held(register)
    waiting_links(register)


def keep_ready(location: str, ended: Event, every: float = EVERY) -> None:
    """Make the register at `location` ready, its search index too, and again whenever it changed, until `ended`.

    For a thread of its own. A series of changes is waited for until the register rests; what cannot be read or written
    is left to whoever asks for it, and tried again after the next change.
    """
    ready = seen = None
    while not ended.is_set():
        try:
            with open_register(location, create=False) as register:
                revision = register.revision()
                if revision != ready and revision in (seen, None if ready else revision):
                    ready = revision
                    make_ready(register)
                    prepare_search(register, meant=register.count_items() <= MOST_ENCODED)
                seen = revision
        except DeedlineError:
            pass
        ended.wait(every)
