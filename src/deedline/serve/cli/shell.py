"""The shell around every verb: options they share, exit codes, and errors told as one clear message."""

from __future__ import annotations

import contextlib
import errno
import io
import json
import os
import platform
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import click

from deedline import errors
from deedline.errors import DeedlineError, RegisterError
from deedline.register import Register, open_register
from deedline.serve.cli.output import clean
from deedline.serve.cli.words import FilePath

_UNWRITTEN = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF})
OK, FAILED, USAGE, REGISTER_TROUBLE, FAULT, STOPPED, PIPE_CLOSED = 0, 1, 2, 3, 70, 130, 141
DEFAULT_REGISTER = "deedline.db"


@dataclass(slots=True)
class Settings:
    """What was asked for before or after the verb."""

    location: str = DEFAULT_REGISTER
    as_json: bool = False
    quiet: bool = False
    debug: bool = False

    def register(self, *, create: bool = False) -> Register:
        """The register that was asked for; RegisterError where there is none and it is not to be made."""
        return open_register(self.location, create=create)

    def register_if_there(self) -> contextlib.AbstractContextManager[Register | None]:
        """The register that was asked for, None where there is none; for what can be told without one."""
        return self.register() if Path(self.location).exists() else contextlib.nullcontext()


def settings() -> Settings:
    """The settings of the command that is running."""
    return click.get_current_context().find_root().ensure_object(Settings)


def _switch(name: str, text: str) -> click.Option:
    def note(_: click.Context, option: click.Parameter, value: bool) -> None:
        if value:
            setattr(settings(), str(option.name), True)

    flag = "as_json" if name == "json" else name
    return click.Option([f"--{name}", flag], is_flag=True, expose_value=False, is_eager=True, callback=note, help=text)


def _note_location(_: click.Context, __: click.Parameter, value: str | None) -> None:
    if value:
        settings().location = value


def location_option(**extra: Any) -> click.Option:
    """`--register`, before the verb or after it."""
    text = "The register to work on."
    return click.Option(
        ["--register", "location"],
        metavar="PATH-or-URL",
        type=FilePath(),
        expose_value=False,
        callback=_note_location,
        help=text,
        **extra,
    )


def switches() -> list[click.Parameter]:
    """The other options that stand before the verb or after it."""
    return [
        _switch("json", "Print JSON, for programs; an error as one, too, on standard error."),
        _switch("quiet", "Print no progress and no advice."),
        _switch("debug", "Show where a fault of Deedline's own arose."),
    ]


class Verb(click.Command):
    """One thing that `deedline` does. Its function returns an exit code, or None for 0."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.extend([location_option(), *switches()])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As ever; a usage error where two words of one option are typed, of which Click would take the last."""
        typed = _options(args)
        for names in _contraries(self.params):
            if len(said := [name for name in names if name in typed]) > 1:
                raise click.UsageError(f"{' and '.join(said)} contradict each other; give one of them", ctx)
        return super().parse_args(ctx, args)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Examples as written, not run together into a paragraph."""
        if self.epilog:
            with formatter.section("Examples"):
                formatter.write("".join(f"  {line}\n" for line in self.epilog.strip().splitlines()))


def _options(args: Sequence[str]) -> Sequence[str]:
    """The words among which options may stand: those before "--"."""
    return args[: args.index("--")] if "--" in args else args


def _contraries(params: Sequence[click.Parameter]) -> Iterator[list[str]]:
    """The words that say different things of one option, each switch by its last name: --accept and --reject."""
    told: dict[str | None, list[str]] = {}
    for param in params:
        if isinstance(param, click.Option) and param.is_flag:
            told.setdefault(param.name, []).extend(names[-1] for names in (param.opts, param.secondary_opts) if names)
    yield from (names for names in told.values() if len(names) > 1)


class Program(click.Group):
    """All verbs; whatever happens in them ends in an exit code and at most one message."""

    command_class = Verb

    def main(  # type: ignore[override]  # Click's has overloads for what is Any here
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> NoReturn:
        """Run, and leave the process with the exit code."""
        state = Settings()
        extra["standalone_mode"] = False
        typed = list(sys.argv[1:] if args is None else args)
        run = super().main

        def understood() -> Any:
            try:
                return run(args, prog_name or "deedline", obj=state, **extra)
            except click.UsageError:  # it may have come before Click took note of --json
                state.as_json |= "--json" in _options(typed)
                raise

        sys.exit(guarded(understood, state))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the verb; a reader that left is no error, which Click would make of it."""
        try:
            code = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            raise click.exceptions.Exit(_hush()) from None
        return code

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Verbs in the order in which a person meets them."""
        return list(self.commands)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The epilog as written."""
        if self.epilog:
            formatter.write("\n" + self.epilog.strip() + "\n")


def guarded(run: Callable[[], Any], state: Settings) -> int:
    """The exit code of `run`; errors become messages on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a name that is no text is shown, not fatal
    try:
        code = run()
    except (click.Abort, KeyboardInterrupt):
        say(errors.STOPPED)
        return STOPPED
    except BrokenPipeError:
        return _hush()
    except Exception as error:  # the last door: no traceback reaches a user unasked
        return _refused(error, state)
    return code if isinstance(code, int) else OK


def _refused(error: Exception, state: Settings) -> int:
    """Tell of what stopped a verb; the exit code for it."""
    if isinstance(error, click.ClickException):
        if state.as_json:
            complain(error.format_message(), state)
        else:
            error.show()
        return error.exit_code
    if isinstance(error, DeedlineError):
        for note in getattr(error, "__notes__", ()) if state.debug else ():  # the traceback of a stage that failed
            click.echo(note, err=True)
        complain(str(error), state)
        return REGISTER_TROUBLE if isinstance(error, RegisterError) else FAILED
    if isinstance(error, OSError) and error.filename is None and error.errno in _UNWRITTEN:
        complain(f"the output could not be written ({error.strerror}); make room, or write it elsewhere", state)
        _hush()
        return FAILED
    return _fault(error, state)


def say(message: str, *, mark: str = "") -> None:
    """One message to the person, beside the results; `mark` stands before it, in red on a terminal."""
    with contextlib.suppress(BrokenPipeError):
        click.echo(click.style(mark, fg="red", bold=True) + clean(message), err=True)


def complain(message: str, state: Settings | None = None) -> None:
    """One error to the person; to a program that asked for JSON, as `{"error": …}` on a line of standard error."""
    if (state or settings()).as_json:
        say(json.dumps({"error": message}, ensure_ascii=False))
    else:
        say(message, mark="Error: ")


def _hush() -> int:
    """Let the interpreter's own last flush go nowhere: whoever read our output has gone."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return PIPE_CLOSED


def _fault(error: Exception, state: Settings) -> int:
    told = "".join(traceback.format_exception(error))
    kind = type(error).__name__
    if state.debug:
        click.echo(told, err=True)
        complain(f"a fault of Deedline's own ({kind}); please report the lines above", state)
        return FAULT
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="deedline-fault-", suffix=".txt", delete=False, encoding="utf-8", errors="backslashreplace"
        ) as file:
            file.write(f"{' '.join(sys.argv)}\nPython {platform.python_version()} on {platform.platform()}\n\n{told}")
        where = f"what is needed to mend it is in {file.name}"
    except OSError:
        where = "add --debug to see where it arose"
    complain(f"a fault of Deedline's own ({kind}), not of your input; {where}; please report it", state)
    return FAULT
