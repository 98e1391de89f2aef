"""Files of other forms as nobody would send them: elements, tags and bytes cut, doubled, moved, swapped and spoiled."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from io import BytesIO
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree

_TAG = re.compile(rb"<[^<>]{1,300}>")


def damaged(number: int, data: bytes) -> bytes:
    """Mutant `number` of a file: of a zipped one, the damage is to one of its members or to the archive itself."""
    chance = Random(number)
    if data.startswith(b"PK") and chance.random() < 0.8:
        return _damage_member(chance, data)
    return _damage(chance, data)


def _damage(chance: Random, data: bytes) -> bytes:
    if chance.random() < 0.6:
        try:
            return _damage_tree(chance, data)
        except etree.XMLSyntaxError:
            pass  # no XML: a web page
    for damage in chance.sample(DAMAGE, chance.choice((1, 1, 3))):
        data = damage(chance, data)
    return data


def _damage_member(chance: Random, data: bytes) -> bytes:
    members = unpacked(data)
    chosen = chance.choice(list(members))
    content = members.pop(chosen)
    if chance.random() < 0.9:
        members[chosen] = _damage(chance, content)
    return packed(members)


def packed(members: Mapping[str, bytes]) -> bytes:
    """A zipped file of these members, without the time at which it was made."""
    held = BytesIO()
    with ZipFile(held, "w") as archive:
        for name, content in members.items():
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return held.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """The members of a zipped file."""
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _damage_tree(chance: Random, data: bytes) -> bytes:
    """Damage that leaves XML well-formed, so that it is what walks the tree that has to bear it."""
    root = etree.fromstring(data)
    for _ in range(chance.randint(1, 30)):
        elements = [element for element in root.iter() if element is not root]
        if not elements:
            break
        chosen, other = chance.choice(elements), chance.choice([root, *elements])
        kind = chance.randrange(6)
        if kind == 0:
            other.append(deepcopy(chosen))
        elif kind == 1:
            chosen.getparent().remove(chosen)
        elif kind == 2:
            chosen.tag = other.tag
        elif kind == 3:
            for name in chosen.attrib:
                chosen.set(name, chance.choice(("", "-1", "0", "7", "99999999999", "x")))
        elif kind == 4:
            chosen.text, chosen.tail = chosen.tail, chosen.text
        else:
            chosen.attrib.update(other.attrib)
    return bytes(etree.tostring(root))


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
