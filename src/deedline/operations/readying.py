"""What most pages and answers rest on, computed before anyone waits for it."""

from __future__ import annotations

from deedline.operations.holding import bodies_held
from deedline.operations.judging import waiting_links
from deedline.operations.measuring import all_measured
from deedline.operations.naming import names
from deedline.operations.overview import overview
from deedline.operations.owning import owners
from deedline.register import Register

LARGEST = 50_000  # items: what is computed of more would not be kept


def make_ready(register: Register) -> None:
    """Compute what is remembered until the register changes; a server calls it once, in a thread of its own."""
    if register.count_items() > LARGEST:
        return
    all_measured(register)
    overview(register)
    names(register)
    owners(register)
    bodies_held(register)
    waiting_links(register)
