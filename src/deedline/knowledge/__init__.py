"""What the domain knows, as data, and the loader that validates and compiles it on first use.

One folder a language (`zh/`, `en/`: how people write times, figures, names) and one a jurisdiction (`hk/`: bodies,
calendars, layouts, status words). Further folders can be given by the user; see `load.search_path`.
"""
