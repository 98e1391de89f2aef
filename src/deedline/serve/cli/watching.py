"""`watch`: addresses that are asked again and again for a new edition."""

from __future__ import annotations

from typing import Any

import click

from deedline import operations
from deedline.errors import InputError
from deedline.operations import Rules
from deedline.register import Register, Watch
from deedline.serve.cli.linking import link_documents, tell_linked
from deedline.serve.cli.output import one_line, print_json, print_table
from deedline.serve.cli.progress import Bar
from deedline.serve.cli.shell import FAILED, Verb, complain, say, settings
from deedline.serve.cli.words import now, plural, who
from deedline.serve.export.shown import added_row


@click.command(
    cls=Verb,
    epilog="""
deedline watch --add https://city.example/supplement.pdf
deedline watch
deedline watch --check
""",
)
@click.option("--add", "added", multiple=True, metavar="ADDRESS", help="Watch this address. May be repeated.")
@click.option("--remove", "removed", multiple=True, metavar="ADDRESS", help="Watch it no longer. May be repeated.")
@click.option("--check", is_flag=True, help="Ask them all now, and add what changed; for a daily job.")
@click.option("--allow-private", is_flag=True, help="Fetch from private and loopback addresses too.")
def watch(added: tuple[str, ...], removed: tuple[str, ...], check: bool, allow_private: bool) -> int:
    """List the addresses watched for a new edition, or check them.

    A check asks each address whether its bytes changed since the last time. What changed is added as a document of its
    own and compared with the others; what it replaces is left as it is.
    """
    with settings().register(create=bool(added)) as register:
        with register.action():
            for address in added:
                if not operations.is_address(address):
                    raise InputError(f"{address}: is no address; it begins with https://")
                known = {each.address for each in register.watches()}
                if address not in known:
                    register.watch(Watch(address), at=now(), by=who())
            for address in removed:
                register.unwatch(address, at=now(), by=who())
            rows, failed = _check(register, Rules(private=allow_private)) if check else ([], 0)
        watches = register.watches()
    if settings().as_json:
        listed = [
            {"address": each.address, "sha256": each.sha256 or None, "checked_at": _moment(each)} for each in watches
        ]
        print_json({"watches": listed, "checked": rows, "total": len(watches)})
    elif not settings().quiet:
        print_table(("address", "checked"), [(each.address, _moment(each) or "never") for each in watches])
        if not watches:
            say("No address is watched; `deedline watch --add ADDRESS` begins.")
    return FAILED if failed else 0


def _moment(watched: Watch) -> str | None:
    return watched.checked_at.isoformat() if watched.checked_at else None


def _check(register: Register, rules: Rules) -> tuple[list[dict[str, Any]], int]:
    """Ask every address; the rows for JSON, and how many could not be asked."""
    bar = Bar("Asking", len(register.watches()), hidden=settings().quiet)
    bar.show(0)
    rows: list[dict[str, Any]] = []
    fresh = failed = 0
    for done, found in enumerate(operations.check_watches(register, at=now(), by=who(), rules=rules), 1):
        bar.clear()
        failed += found.error is not None
        fresh += found.added is not None
        if found.error is not None:
            complain(f"{found.address}: {found.error}")
        elif found.added is not None and found.added.document is not None and not settings().as_json:
            click.echo(f"new        {found.added.document.id}  {one_line(found.address)}")
        error = str(found.error) if found.error else None
        rows.append(
            {"address": found.address, "added": added_row(found.added) if found.added else None, "error": error}
        )
        bar.show(done)
    bar.clear()
    if not settings().quiet:
        say(f"{fresh} of {plural(len(rows), 'address', 'addresses')} had something new.")
    if fresh:
        linked = link_documents(register)
        if not settings().as_json and not settings().quiet:
            tell_linked(linked)
    return rows, failed
