"""`python -m deedline` is the command line."""

from __future__ import annotations

from deedline.serve.cli import main

if __name__ == "__main__":
    main()
