"""What the environment may say of an assistant."""

from __future__ import annotations

import pytest

from deedline.errors import InputError
from deedline.link.assistant.settings import settings_from

LOCAL = {"DEEDLINE_ASSISTANT_URL": "http://localhost:11434/v1/", "DEEDLINE_ASSISTANT_MODEL": "small"}


def test_nothing_is_configured_by_default() -> None:
    assert settings_from({}) is None


def test_a_base_address_is_completed() -> None:
    made = settings_from(LOCAL)
    assert made is not None
    assert made.url == "http://localhost:11434/v1/chat/completions"
    again = settings_from({**LOCAL, "DEEDLINE_ASSISTANT_URL": made.url})
    assert again == made
    assert not made.sure


def test_the_key_is_never_shown() -> None:
    made = settings_from({**LOCAL, "DEEDLINE_ASSISTANT_KEY": "sesame"})
    assert made is not None
    assert made.key == "sesame"
    assert "sesame" not in repr(made)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("URL", "ftp://example.org/v1", "no address of http"),
        ("URL", "localhost:11434", "no address of http"),
        ("URL", "http://example.org:port/v1", "no address"),
        ("URL", "http://me:secret@example.org/v1", "a key belongs into"),
        ("URL", "http://localhost/v1\r\nX: y", "no address"),
        ("MODEL", "", "name the model"),
        ("KEY", "two words", "copy it anew"),
        ("KEY", "a\nHost: elsewhere", "copy it anew"),
        ("SECONDS", "soon", "takes a number"),
        ("SECONDS", "nan", "takes a number"),
        ("CALLS", "-1", "takes a number"),
        ("TOKENS", "inf", "takes a number"),
        ("SURE", "perhaps", "takes 1 or 0"),
    ],
)
def test_what_cannot_be_used_is_named(name: str, value: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        settings_from({**LOCAL, f"DEEDLINE_ASSISTANT_{name}": value})


def test_a_key_does_not_cross_a_network_in_clear() -> None:
    told = {**LOCAL, "DEEDLINE_ASSISTANT_KEY": "sesame", "DEEDLINE_ASSISTANT_URL": "http://example.org/v1"}
    with pytest.raises(InputError, match="use https"):
        settings_from(told)
    assert settings_from({**told, "DEEDLINE_ASSISTANT_URL": "https://example.org/v1"}) is not None
