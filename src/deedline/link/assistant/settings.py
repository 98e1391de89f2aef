"""What is configured of an assistant, from the environment; nothing is configured by default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from deedline.errors import InputError

PREFIX = "DEEDLINE_ASSISTANT_"
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_YES, _NO = frozenset({"1", "true", "yes", "on"}), frozenset({"", "0", "false", "no", "off"})


@dataclass(frozen=True, slots=True)
class Settings:
    """An assistant and the limits that it is asked within.

    `url` is where chat completions are asked for, empty where only kept answers are wanted. `seconds` bounds one
    request from connecting to the last byte. `calls` and `tokens` bound one run; `per_minute` 0 is without a limit.
    `sure` says that its strong links hold without a person's review.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    seconds: float = 60.0
    calls: int = 200
    tokens: int = 400_000
    per_minute: int = 60
    answer_tokens: int = 600
    sure: bool = False


def settings_from(environment: Mapping[str, str]) -> Settings | None:
    """The assistant that DEEDLINE_ASSISTANT_… variables describe; None where they name no model.

    InputError names the variable that cannot be used.
    """
    told = {name: environment.get(PREFIX + name, "").strip() for name in _NAMES}
    if not told["MODEL"]:
        if told["URL"]:
            raise InputError(f"{PREFIX}URL is set and {PREFIX}MODEL is not; name the model to ask")
        return None
    defaults = Settings("", told["MODEL"])
    return Settings(
        url=_endpoint(told["URL"], told["KEY"]),
        model=told["MODEL"],
        key=_key(told["KEY"]),
        seconds=_number("SECONDS", told, defaults.seconds, 1, 3600),
        calls=int(_number("CALLS", told, defaults.calls, 0, 1_000_000)),
        tokens=int(_number("TOKENS", told, defaults.tokens, 0, 1_000_000_000)),
        per_minute=int(_number("PER_MINUTE", told, defaults.per_minute, 0, 100_000)),
        answer_tokens=int(_number("ANSWER_TOKENS", told, defaults.answer_tokens, 50, 32_000)),
        sure=_switch(told["SURE"]),
    )


_NAMES = ("URL", "MODEL", "KEY", "SECONDS", "CALLS", "TOKENS", "PER_MINUTE", "ANSWER_TOKENS", "SURE")


def _endpoint(url: str, key: str) -> str:
    """The address of chat completions; the base address that services print is completed."""
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise InputError(f"{PREFIX}URL is no address ({error}); write it as http://localhost:11434/v1") from error
    if parts.scheme not in ("http", "https") or not host or not url.isascii() or not url.isprintable() or " " in url:
        raise InputError(f"{PREFIX}URL is no address of http or https; write it as http://localhost:11434/v1")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise InputError(f"{PREFIX}URL may hold a host and a path only; a key belongs into {PREFIX}KEY")
    if key and parts.scheme == "http" and host not in _LOOPBACK:
        raise InputError(f"{PREFIX}URL is not https, so {PREFIX}KEY would cross the network in clear; use https")
    base = url.rstrip("/")
    return base if base.endswith("/chat/completions") else f"{base}/chat/completions"


def _key(key: str) -> str:
    if key and not (key.isascii() and key.isprintable() and " " not in key):
        raise InputError(f"{PREFIX}KEY holds a character that no key has; copy it anew")
    return key


def _number(name: str, told: Mapping[str, str], default: float, least: float, most: float) -> float:
    if not told[name]:
        return default
    try:
        value = float(told[name])
    except ValueError:
        value = float("nan")
    if not least <= value <= most:
        raise InputError(f"{PREFIX}{name} is {told[name]!r}; it takes a number from {least:,} to {most:,}")
    return value


def _switch(told: str) -> bool:
    if told.lower() not in _YES | _NO:
        raise InputError(f"{PREFIX}SURE is {told!r}; it takes 1 or 0")
    return told.lower() in _YES
