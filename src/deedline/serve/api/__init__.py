"""The JSON API: the register for other programs, described by OpenAPI 3.1. See docs/api.md."""

from __future__ import annotations

from deedline.serve.api.app import make_api

__all__ = ["make_api"]
