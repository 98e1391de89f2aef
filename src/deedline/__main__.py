"""The program: `deedline`, or `python -m deedline`. It is the command line, once that is loaded."""

from __future__ import annotations

import os
import signal

from deedline.errors import STOPPED

_EXIT_CODE = 130


def main() -> None:
    """Load the command line and run it; Ctrl-C ends as it does later on, also while modules load."""
    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:  # else it is ignored, as in the background of a shell
        signal.signal(signal.SIGINT, _leave)
    from deedline.serve.cli import main as program

    if before is signal.default_int_handler:
        signal.signal(signal.SIGINT, before)
    program()


def _leave(*_: object) -> None:
    """Leave at once: a KeyboardInterrupt in the middle of an import comes out of it as any error or none."""
    os.write(2, f"{STOPPED}\n".encode())
    os._exit(_EXIT_CODE)


if __name__ == "__main__":
    main()
