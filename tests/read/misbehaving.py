"""Parsers that do what hostile files make parsers do."""

from __future__ import annotations

import ctypes
import os
import socket
import subprocess
import tempfile
import urllib.request
from pathlib import Path


def swallow_memory(_data: bytes, _name: str) -> int:
    return len(bytearray(64 * 1024**3))


def spin(_data: bytes, _name: str) -> None:
    while True:
        pass


def die(_data: bytes, _name: str) -> None:
    os.abort()


def kill_itself(_data: bytes, _name: str) -> None:
    os.kill(os.getpid(), 9)


def flood(_data: bytes, _name: str) -> str:
    return "x" * 10_000_000


def stumble(_data: bytes, _name: str) -> str:
    return {}["absent"]


def print_words(_data: bytes, _name: str) -> str:
    print("{}", flush=True)
    os.write(1, b"{}")
    return "said"


def half_a_pair(_data: bytes, _name: str) -> str:
    return "a\ud800b"


def open_many(_data: bytes, _name: str) -> int:
    return len([Path(os.devnull).open("rb") for _ in range(1000)])


def write_in_own_folder(_data: bytes, _name: str) -> str:
    with tempfile.NamedTemporaryFile("w+", delete=False) as file:
        file.write("x")
    Path("beside").write_text("x", encoding="utf-8")
    Path(file.name).rename("moved")
    return file.name


def write_at(data: bytes, _name: str) -> None:
    """Writes to the path that the file holds."""
    Path(data.decode()).write_text("x", encoding="utf-8")


def write_natively_at(data: bytes, _name: str) -> int:
    """The same by way of the C library, which no hook of Python sees."""
    libc = ctypes.CDLL(None, use_errno=True)
    opened = libc.open(data, os.O_WRONLY | os.O_CREAT, 0o600)
    return 0 if opened >= 0 else ctypes.get_errno()


def read_natively_at(data: bytes, _name: str) -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    return 0 if libc.open(data, os.O_RDONLY) >= 0 else ctypes.get_errno()


def fetch(data: bytes, _name: str) -> bytes:
    """Asks the address that the file holds."""
    return bytes(urllib.request.urlopen(data.decode(), timeout=5).read())


def ask_and_bear_no(_data: bytes, _name: str) -> str:
    """Asks for a socket, and goes on without."""
    try:
        socket.socket()
    except PermissionError:
        return "refused"
    return "had"


def connect_natively(data: bytes, _name: str) -> int:
    """Connects to a port of this machine by way of the C library: the error's number, 0 where it answered."""
    libc = ctypes.CDLL(None, use_errno=True)
    address = socket.AF_INET.to_bytes(2, "little") + int(data).to_bytes(2, "big") + bytes((127, 0, 0, 1)) + bytes(8)
    opened = libc.socket(socket.AF_INET, socket.SOCK_STREAM, 0)
    return 0 if opened >= 0 and not libc.connect(opened, address, 16) else ctypes.get_errno()


def start_a_program(_data: bytes, _name: str) -> int:
    return subprocess.run(["true"], check=True).returncode


def tell_environment(_data: bytes, _name: str) -> list[str]:
    return list(os.environ)
