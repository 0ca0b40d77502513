"""Loa: a static news-portal generator for Vietnamese public authorities.

The flow, one module a step::

    content/*.md ──source──▶ Source ──content──▶ Article │ Page   + Problems
    site.toml ──config──▶ Config                    │ library
                                                 Library
                                                    │ plan
                              list[Output(path, view)] ◀── addresses
    templates/ ──▶ fingerprint: which outputs are stale, and why ◀── store: the manifest
                                                    │ render (jinja, feedgen, pictures)
                                          staged files ──store──▶ public/

    cli       ─▶ pipeline, everything it prints
    pipeline  ─▶ every step above, in order
    plan      ─▶ library, views, config           library ─▶ model, config
    render    ─▶ views, metadata, feeds, pictures  views  ─▶ model
    model, text, errors, messages ─▶ nothing of ours but each other

``model`` knows nobody; ``render`` never sees the Library; only ``store`` writes into the output folder
and only ``memory`` and ``pictures`` into the cache; nobody but ``cli`` prints.
``tests/test_architecture.py`` keeps this true.
"""

__version__ = "0.1.0"
