"""Map a pure stage over many inputs: `here`, on this machine. Refuses to know what the stage does."""
