"""`help` and `completion`: what a person or a shell learns of the verbs."""

from __future__ import annotations

import io
import re
from contextlib import redirect_stderr
from typing import Any

import click
from click.shell_completion import get_completion_class

from deedline.errors import InputError
from deedline.serve.cli.output import print_json
from deedline.serve.cli.shell import Program, Verb, settings

_REFERENCE_WIDTH = 100
_HEAD = "# The command line\n\nWritten by `deedline help --all`; do not edit.\n"


def help_of(program: Program, verb: str | None, width: int | None = None) -> str:
    """What `deedline --help`, or `deedline VERB --help`, prints; `width` fixes its width."""
    sizes: dict[str, Any] = {"terminal_width": width, "max_content_width": width} if width else {}
    root = click.Context(program, info_name="deedline", **{**program.context_settings, **sizes})
    if verb is None:
        return program.get_help(root)
    command = program.commands[verb]
    return command.get_help(click.Context(command, parent=root, info_name=verb, **sizes))


def reference(program: Program) -> str:
    """All help as one Markdown page."""
    parts = [_HEAD, f"```text\n{help_of(program, None, _REFERENCE_WIDTH)}\n```\n"]
    parts.extend(
        f"## {verb}\n\n```text\n{help_of(program, verb, _REFERENCE_WIDTH)}\n```\n" for verb in program.commands
    )
    return "\n".join(re.sub(r"[ \t]+\n", "\n", part) for part in parts)


@click.command("help", cls=Verb, epilog="\ndeedline help items\ndeedline help --all > docs/cli.md\n")
@click.argument("verb", required=False)
@click.option("--all", "everything", is_flag=True, help="All verbs, as one Markdown page.")
def show_help(verb: str | None, everything: bool) -> None:
    """Explain Deedline, or one VERB."""
    program = click.get_current_context().find_root().command
    assert isinstance(program, Program)
    if verb and verb not in program.commands:
        raise click.UsageError(f"there is no verb {verb!r}; there are {', '.join(program.commands)}")
    text = reference(program).rstrip("\n") if everything else help_of(program, verb)
    if settings().as_json:
        print_json({"help": text})
    else:
        click.echo(text)


@click.command(
    cls=Verb,
    epilog="""
deedline completion bash >> ~/.bashrc
deedline completion zsh >> ~/.zshrc
deedline completion fish > ~/.config/fish/completions/deedline.fish
""",
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print what makes a shell complete verbs and options."""
    program = click.get_current_context().find_root().command
    kind = get_completion_class(shell)
    assert kind is not None
    told = io.StringIO()
    try:
        with redirect_stderr(told):
            script = kind(program, {}, "deedline", "_DEEDLINE_COMPLETE").source()
    except (OSError, RuntimeError) as error:
        raise InputError(f"the script for {shell} cannot be made here ({error}); is {shell} installed?") from error
    if settings().as_json:
        print_json({"shell": shell, "script": script})
    else:
        click.echo(script)
