"""Whether somebody is loading what compares meanings, so that no search need wait for it: for servers that begin."""

from __future__ import annotations

from threading import Event

LOADING = Event()  # set while it is loaded, or about to be, in another thread
