"""What a process that parses hostile bytes may no longer do, put up by the process itself before it sees a byte.

Three walls, each by its own means, the nearer standing where a further one cannot be had:

- limits of the system (POSIX): address space, processor time, size of any file written, open files, no core dumps;
- walls of the kernel (Linux): no network at all in a network namespace of its own, and with Landlock (5.13 and later)
  no file read but the interpreter's and the system's libraries, none written but in the process's own folder, and
  no signal to any other process. Native code, such as that of PDF and XML engines, is held by these too;
- a hook on what Python itself does (everywhere): no socket, no other program, no file opened for writing or changed
  outside the folder.

On macOS and Windows only the hook and what is left of the limits stand; docs/formats/limits.md says so.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
_DIE_WITH_PARENT, _NO_NEW_PRIVILEGES, _SIGKILL = 1, 38, 9
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same on every architecture that Linux has now
_EXECUTE, _WRITE, _READ, _LIST, _CUT, _CONTROL = 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 14, 1 << 15
_OF_FILES = _EXECUTE | _WRITE | _READ | _CUT | _CONTROL
_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}
_SYSTEM = (
    "/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/localtime", "/etc/fonts", "/proc/self", "/proc/cpuinfo",
    "/proc/meminfo", "/proc/stat", "/sys/devices/system", "/dev/null", "/dev/zero", "/dev/urandom",
)  # fmt: skip
_NET_EVENTS = frozenset(
    f"socket.{what}"
    for what in ("__new__", "connect", "bind", "sendto", "sendmsg", "getaddrinfo", "gethostbyname", "gethostbyaddr")
)
_PROGRAM_EVENTS = frozenset(
    {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.startfile", "os.fork", "os.forkpty"}
)
_CHANGE_EVENTS = frozenset(
    f"os.{what}"
    for what in ("remove", "rename", "rmdir", "mkdir", "link", "symlink", "truncate", "chmod", "chown", "setxattr")
)
_OF_TWO = frozenset({"os.rename", "os.link", "os.symlink"})
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def put_up(limits: Mapping[str, int], folder: Path) -> None:
    """Hold this process to `limits` (memory and output in bytes, cpu in seconds, files open at once) and let it
    write in `folder` alone. Cannot be undone."""
    _limit(limits)
    if sys.platform == "linux":
        _wall_off(folder)
    sys.addaudithook(_guard(folder))


def _limit(limits: Mapping[str, int]) -> None:
    try:
        import resource
    except ImportError:  # Windows has none of these; the elapsed time still bounds the process
        return
    most = {"CORE": 0, "FSIZE": limits["output"], "NOFILE": limits["files"], "AS": limits["memory"]}
    ends = {kind: (number, number) for kind, number in most.items()}
    ends["CPU"] = (limits["cpu"], limits["cpu"] + 5)  # the first ends with a signal of its own, which tells the cause
    for kind, pair in ends.items():
        try:
            resource.setrlimit(getattr(resource, f"RLIMIT_{kind}"), pair)
        except (ValueError, OSError):  # a tighter limit is in force already
            continue


def _wall_off(folder: Path) -> None:
    """The kernel's walls, those of them that this kernel has and this system lets anyone put up."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_DIE_WITH_PARENT, _SIGKILL, 0, 0, 0)
    if libc.unshare(_NEW_NET):  # which takes rights that root has, or that one's own user namespace gives
        libc.unshare(_NEW_USER | _NEW_NET)
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    version = int(libc.syscall(_CREATE_RULESET, None, 0, 1))
    if version < 1:
        return
    handled = _RIGHTS[min(version, 5)] & ~_EXECUTE
    fields = (handled, 0b11 if version >= 4 else 0, 0b11 if version >= 6 else 0)  # files; TCP; sockets and signals
    known = fields[: 1 if version < 4 else 2 if version < 6 else 3]
    asked = (ctypes.c_uint64 * len(known))(*known)
    rules = int(libc.syscall(_CREATE_RULESET, asked, ctypes.c_size_t(8 * len(known)), 0))
    if rules < 0:
        return
    _allow(libc, rules, _readable(), handled & (_READ | _LIST))
    _allow(libc, rules, ["/dev/null"], handled & (_READ | _WRITE))
    _allow(libc, rules, [str(folder)], handled)
    libc.syscall(_RESTRICT_SELF, rules, 0)
    os.close(rules)


def _readable() -> Iterator[str]:
    """Where the interpreter, its modules and the system's libraries lie."""
    yield from _SYSTEM
    yield from (sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix)
    yield from filter(None, sys.path)


def _allow(libc: Any, rules: int, paths: Iterable[str], rights: int) -> None:
    for path in paths:
        try:
            beneath = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue
        held = rights if Path(path).is_dir() else rights & _OF_FILES
        rule = held.to_bytes(8, sys.byteorder) + beneath.to_bytes(4, sys.byteorder)
        libc.syscall(_ADD_RULE, rules, 1, rule, 0)
        os.close(beneath)


def _guard(folder: Path) -> Callable[[str, tuple[Any, ...]], None]:
    """The hook that refuses what a parser has no business with."""
    own = os.path.realpath(folder)

    def is_inside(path: object) -> bool:
        if isinstance(path, int) or path is None:  # what is open already
            return True
        named = os.path.realpath(os.fsdecode(path))  # type: ignore[arg-type]
        return named in (own, os.devnull) or named.startswith(own + os.sep)

    def refuse(event: str, given: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = given
            if isinstance(flags, int) and flags & _WRITING and not is_inside(path):
                raise PermissionError(f"a parser may not write to {path!r}")
        elif event in _NET_EVENTS:
            raise PermissionError("a parser may not use the network")
        elif event in _PROGRAM_EVENTS:
            raise PermissionError("a parser may not start a program")
        elif event in _CHANGE_EVENTS and not all(map(is_inside, given[: 2 if event in _OF_TWO else 1])):
            raise PermissionError(f"a parser may not change {given[0]!r}")

    return refuse
