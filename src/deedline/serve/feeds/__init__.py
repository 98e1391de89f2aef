"""What others follow: Atom feeds of changes, calendars of due days, structured data and cards to embed.

Pure functions over a register: each gives bytes or plain values with lasting ids and times from the history, never
from the clock, so that the same register gives the same bytes. Nothing here knows of HTTP.
"""
