"""The register in a browser: pages rendered here, that work without scripts. `make_app` is the application."""

from __future__ import annotations

from deedline.serve.web.app import make_app

__all__ = ["make_app"]
