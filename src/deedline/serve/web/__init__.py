"""The first page: the register in a browser, rendered here, without scripts. `make_app` is the application."""

from __future__ import annotations

from deedline.serve.web.app import make_app

__all__ = ["make_app"]
