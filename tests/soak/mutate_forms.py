"""Files of other forms as nobody would send them: tags and bytes of a whole file cut, doubled, swapped and spoiled."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

_TAG = re.compile(rb"<[^<>]{1,300}>")


def damaged(number: int, data: bytes) -> bytes:
    """Mutant `number` of a file: of a zipped one, the damage is to one of its members or to the archive itself."""
    chance = Random(number)
    if data.startswith(b"PK") and chance.random() < 0.8:
        return _damage_member(chance, data)
    return _damage(chance, data)


def _damage(chance: Random, data: bytes) -> bytes:
    for damage in chance.sample(DAMAGE, chance.choice((1, 1, 3))):
        data = damage(chance, data)
    return data


def _damage_member(chance: Random, data: bytes) -> bytes:
    with ZipFile(BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    chosen = chance.choice(list(members))
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            if name != chosen:
                archive.writestr(name, content)
            elif chance.random() < 0.9:
                archive.writestr(name, _damage(chance, content))
    return held.getvalue()


def _cut(chance: Random, data: bytes) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _spoil(chance: Random, data: bytes) -> bytes:
    spoiled = bytearray(data)
    for _ in range(chance.randint(1, 30)):
        if spoiled:
            spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
    return bytes(spoiled)


def _tags(change: Callable[[Random, list[bytes], int], bytes]) -> Callable[[Random, bytes], bytes]:
    """Damage to one tag in ten, the words between left alone."""

    def damage(chance: Random, data: bytes) -> bytes:
        tags = _TAG.findall(data)
        words = _TAG.split(data)
        changed = [change(chance, tags, i) if chance.random() < 0.1 else tag for i, tag in enumerate(tags)]
        return b"".join(part for pair in zip(words, [*changed, b""], strict=True) for part in pair)

    return damage


def _deepen(chance: Random, tags: list[bytes], i: int) -> bytes:
    return tags[i] * chance.choice((2, 10, 300))


def _swap_figures(chance: Random, data: bytes) -> bytes:
    return re.sub(rb"\d+", lambda found: chance.choice((b"0", b"-1", b"99999999999", b"", found[0])), data)


DAMAGE: list[Callable[[Random, bytes], bytes]] = [
    _cut,
    _spoil,
    _swap_figures,
    _tags(lambda chance, tags, i: b""),
    _tags(lambda chance, tags, i: tags[i] * 2),
    _tags(lambda chance, tags, i: chance.choice(tags)),
    _tags(_deepen),
]
