"""Every error that Deedline raises on purpose.

DeedlineError
├── InputError            the file or the argument that the user gave cannot be used
│   ├── ReadError         bytes that no reader can turn into a Document
│   └── LimitError        input beyond a stated limit of size, lines or time
├── KnowledgeError        a file under knowledge/ breaks its own rules
├── RegisterError         the register cannot be opened, read or written
│   ├── BusyError         another process holds the register for writing
│   └── CorruptError      the register fails its own checks
├── TooLargeError         the register holds more than what was asked for can be computed of
├── StageError            a stage failed on one input in a way that nobody foresaw
└── NotFoundError         no document, item or link has the id that was asked for

Each message says what happened, where (file, line) and what to do next.
"""

from __future__ import annotations

STOPPED = "Stopped. What was kept before is kept; nothing is half-written."  # what Ctrl-C ends with, at any moment


class DeedlineError(Exception):
    """Root of all errors that Deedline raises on purpose."""


class InputError(DeedlineError):
    """The file or argument that the user gave cannot be used."""


class ReadError(InputError):
    """Bytes that no reader can turn into a Document."""


class LimitError(InputError):
    """Input beyond a stated limit of size, lines or time."""


class KnowledgeError(DeedlineError):
    """A file under knowledge/ breaks its own rules."""


class RegisterError(DeedlineError):
    """The register cannot be opened, read or written."""


class BusyError(RegisterError):
    """Another process holds the register for writing."""


class CorruptError(RegisterError):
    """The register fails its own checks."""


class TooLargeError(DeedlineError):
    """The register holds more than what was asked for can be computed of within bounds."""


class StageError(DeedlineError):
    """A stage failed on one input in a way that nobody foresaw; its notes hold the traceback for a report."""


class NotFoundError(DeedlineError):
    """No document, item or link has the id that was asked for."""
