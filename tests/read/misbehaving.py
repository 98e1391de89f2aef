"""Parsers that do what hostile files make parsers do."""

from __future__ import annotations

import os


def swallow_memory(_data: bytes, _name: str) -> int:
    return len(bytearray(64 * 1024**3))


def spin(_data: bytes, _name: str) -> None:
    while True:
        pass


def die(_data: bytes, _name: str) -> None:
    os.abort()


def flood(_data: bytes, _name: str) -> str:
    return "x" * 10_000_000
