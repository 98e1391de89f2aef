"""A picture of every kind of page, and docs/pages.md, which shows them and says how much goes over the wire.

`python -m bench.screenshots` makes a register of the examples, serves it, and looks at it in the Chromium that is on
the machine: in both themes, wide and narrow. Text is set in Noto Sans CJK, from the package that reports are set with.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from bench.page_types import PageType, page_types
from bench.pages import make_register
from bench.report import ROOT, table

PICTURES = ROOT / "docs" / "screenshots"
PAGE = ROOT / "docs" / "pages.md"
SIZES = {"desk": (1100, 720), "phone": (360, 720)}
THEMES = ("light", "dark")
COLOURS = 24
WORDS = "拖船"
_HEAD = """# The pages

Written by `make screenshots` from the examples; do not edit. Each page is shown in both themes, at a desk and on a
phone. All are in English and Traditional Chinese, work without scripts and by keyboard alone.

## What goes over the wire

For somebody who comes to a page first, with nothing kept from another: the page, its style, scripts and icon,
compressed, the heads of answers included. The first page takes {requests} requests and {size:.1f} kB; it may take
100 kB. The browser keeps style and scripts from then on. Nothing comes from elsewhere, fonts and scripts among it.
"""
_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{folder}</dir>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<alias><family>system-ui</family><prefer><family>Noto Sans CJK HK</family></prefer></alias>
<alias><family>Georgia</family><prefer><family>Noto Sans CJK HK</family></prefer></alias></fontconfig>"""


@contextmanager
def serving(location: str) -> Iterator[str]:
    """The address at which a register is served in this process."""
    import uvicorn

    from deedline.serve.web import make_app

    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(make_app(location, writable=True), log_level="warning"))
        thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listener])), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join()


def fonts(folder: Path) -> Path:
    """A configuration by which Chromium finds the letters that reports are set in."""
    import noto_cjk_sans_otc

    config = folder / "fonts.conf"
    config.write_text(_FONTS.format(folder=Path(str(noto_cjk_sans_otc.__file__)).parent), encoding="utf-8")
    return config


def small(picture: bytes) -> bytes:
    """The picture in few colours: pages are drawn with few."""
    from PIL import Image

    out = BytesIO()
    image = Image.open(BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def look(browser: Any, site: str, kinds: Sequence[PageType]) -> dict[str, tuple[int, int]]:
    """Take all pictures; by kind of page, the requests and bytes that it takes of somebody who comes to it first."""
    sent: dict[str, tuple[int, int]] = {}
    for kind in kinds:
        context = browser.new_context(locale="en-GB")
        page = context.new_page()
        answers: list[Any] = []
        page.on("requestfinished", lambda request, kept=answers: kept.append(request))
        page.goto(site + kind.address, wait_until="networkidle")
        sizes = [each.sizes() for each in answers]
        bytes_sent = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)
        sent[kind.name] = len(sizes), bytes_sent
        for size, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            for theme in THEMES:
                page.emulate_media(color_scheme=theme)
                (PICTURES / f"{kind.name}-{size}-{theme}.png").write_bytes(small(page.screenshot()))
        context.close()
    return sent


def describe(kinds: Sequence[PageType], sent: dict[str, tuple[int, int]]) -> str:
    """docs/pages.md."""
    requests, size = sent["front"]
    parts = [
        _HEAD.format(requests=requests, size=size / 1000),
        table(
            ["page", "requests", "kB"],
            [[kind.title, str(sent[kind.name][0]), f"{sent[kind.name][1] / 1000:.1f}"] for kind in kinds],
        ),
    ]
    for kind in kinds:
        parts.append(f"\n## {kind.title}\n\n{kind.purpose}\n\n| light | dark |\n| --- | --- |")
        for size_name, where in (("desk", "at a desk"), ("phone", "on a phone")):
            cells = (
                f"![{kind.title}, {where}, {theme}](screenshots/{kind.name}-{size_name}-{theme}.png)"
                for theme in THEMES
            )
            parts.append("| " + " | ".join(cells) + " |")
    return "\n".join(parts) + "\n"


def main() -> None:
    from playwright.sync_api import sync_playwright

    os.environ["DEEDLINE_KNOWLEDGE"] = str(ROOT / "examples" / "knowledge")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("no Chromium on this machine; as root: apt-get install chromium")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        location = str(Path(folder) / "examples.db")
        make_register(Path(location), sorted(file for file in (ROOT / "examples").iterdir() if file.is_file()))
        kinds = page_types(location, WORDS)
        environment: dict[str, Any] = {**os.environ, "FONTCONFIG_FILE": str(fonts(Path(folder)))}
        with serving(location) as site, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"], env=environment)
            sent = look(browser, site, kinds)
            browser.close()
    PAGE.write_text(describe(kinds, sent), encoding="utf-8")
    total = sum(file.stat().st_size for file in PICTURES.glob("*.png"))
    print(f"{len(list(PICTURES.glob('*.png')))} pictures, {total / 1e6:.1f} MB; {PAGE.name}")


if __name__ == "__main__":
    main()
