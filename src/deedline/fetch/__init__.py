"""An address on the web → its bytes, within limits, from public places only, and as the place's robots.txt permits.

In: an address and rules. Out: `Fetched`. Refuses private and loopback addresses unless allowed, wherever a redirect
or a name leads.
"""

from __future__ import annotations

from deedline.fetch.fetching import Fetched, Known, Rules, fetch, is_address

__all__ = ["Fetched", "Known", "Rules", "fetch", "is_address"]
