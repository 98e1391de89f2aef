"""What an assistant wrote, kept by what it was asked: a file of JSON lines, only ever added to.

The file is what makes a run reproducible without a service, and what a person looks into to see what was said.
"""

from __future__ import annotations

import json
from pathlib import Path

from deedline.errors import InputError
from deedline.link.assistant.answer import MOST_CHARACTERS

_MOST_BYTES = 256 << 20


class Answers:
    """Answers by the name of their question. Of several to one question the first stays."""

    def __init__(self, path: Path) -> None:
        """Read what is kept; a line that is cut short or is no answer is passed over, and asked anew."""
        self.path = path
        self._held: dict[str, str] = {}
        self._ends_in_line = True
        try:
            if path.exists() and path.stat().st_size > _MOST_BYTES:
                raise InputError(f"{path}: is larger than {_MOST_BYTES:,} bytes; move it away to begin it anew")
            data = path.read_bytes() if path.exists() else b""
        except OSError as error:
            raise InputError(f"{path}: the kept answers cannot be read ({error.strerror})") from error
        self._ends_in_line = not data or data.endswith(b"\n")
        for line in data.splitlines():
            self._take(line)

    def _take(self, line: bytes) -> None:
        try:
            row = json.loads(line)
            name, text = row["question"], row["answer"]
        except (ValueError, RecursionError, LookupError, TypeError):
            return
        if isinstance(name, str) and isinstance(text, str):
            self._held.setdefault(name, text)

    def get(self, name: str) -> str | None:
        """The kept answer to a question."""
        return self._held.get(name)

    def put(self, name: str, model: str, text: str) -> str:
        """Keep an answer at once; what is kept, which is cut where it is longer than any that counts."""
        kept = self._held.setdefault(name, text[: MOST_CHARACTERS + 1])
        line = json.dumps({"question": name, "model": model, "answer": kept}) + "\n"
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("ab") as file:
                file.write(("" if self._ends_in_line else "\n").encode() + line.encode())
        except OSError as error:
            raise InputError(f"{self.path}: the answer cannot be kept ({error.strerror}); make room there") from error
        self._ends_in_line = True
        return kept
