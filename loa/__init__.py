"""Loa: a static news-portal generator for Vietnamese public authorities.

The flow, a module a step::

    content/*.md ──source──▶ Source ──content──▶ Article │ Page   + Problems     (reading, from memory)
    site.toml ──config──▶ Config                    │ library.link
                                                 Library
                                                    │ plan (with parts, addresses)
                              list[Section] of Output(path, view)   + Problems   (check, assemble)
    templates/ ──templates──▶ digests               │
                                          fingerprint: which are stale, and why ◀── store: the manifest
                                                    │ render (Jinja; feeds, pictures, metadata)
                                          staged files ──store │ releases──▶ public/

Who may import whom::

    cli        ─▶ pipeline, releases
    pipeline   ─▶ assemble, fulltext, publishing, reading, config, assets, templates, store, releases, workers, versions
    publishing ─▶ assemble, sections, reading, fingerprint, render, compiled, pictures, store, templates, workers
    assemble   ─▶ reading, check, library, plan, sections, syndication, config, assets
    reading    ─▶ scan, source, content, markup, memory, raster, check, config, workers
    check      ─▶ addresses, config, parts
    plan       ─▶ assets; sections, syndication, register, citation_index, search ─▶ parts
    parts      ─▶ library, addresses, config, pictures, views
    render     ─▶ views, metadata, feeds, pictures, register_data, search_data
    library    ─▶ config, addresses, model           fulltext   ─▶ search, store, scan
    store      ─▶ manifest ─▶ fingerprint; scan      releases    ─▶ store, manifest, fingerprint
    memory     ─▶ scan, fingerprint                  content ─▶ fields; source ─▶ front_matter
    markup     ─▶ dialect, prose, marking, versions  pictures    ─▶ raster (Pillow)
    letterhead, marking ─▶ citations ─▶ citing ─▶ issuers ─▶ agencies; kinds         (official documents in text)
    library    ─▶ citator ─▶ identity ─▶ agencies    parts, sections, register, metadata ─▶ related ─▶ citator
    metadata   ─▶ json_ld ─▶ views ─▶ pieces ─▶ document_pieces
    config, feeds, assets, addresses, fingerprint ─▶ views, pieces, model, scan at most
    model, text, errors, messages, document_messages, search_messages, workers ─▶ nothing of ours but each other

``model`` knows nobody; ``render`` never sees the Library; only ``store`` and ``releases`` write into the output
folder, only ``memory``, ``compiled``, ``pictures`` and ``fulltext`` into the cache; nobody but ``cli`` prints.
``tests/test_architecture.py`` keeps this true.
"""

__version__ = "0.1.0"
