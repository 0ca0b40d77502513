"""Loa: a static news-portal generator for Vietnamese public authorities.

The flow, a module a step::

    content/*.md ──source──▶ Source ──content──▶ Article │ Page   + Problems     (reading, from memory)
    site.toml ──site_toml──▶ Config                 │ lifecycle.separate, library.link
                                                 Library
                                                    │ plan (with parts, addresses)
                              list[Section] of Output(path, view)   + Problems   (check, assemble, candidate)
    templates/ ──templates──▶ digests               │
                                          fingerprint: which are stale, and why ◀── store: the manifest
                                                    │ render (Jinja; feeds, pictures, metadata)
                                          staged files ──store │ releases──▶ public/

Who may import whom::

    cli        ─▶ commands.build ─▶ pipeline, releases; console                (a module for each command)
                  commands.serve ─▶ preview ─▶ pipeline, watching, ahead, preview_server ─▶ media_types
    ahead      ─▶ assemble, publishing, reading, templates, parts, related, blame
    pipeline   ─▶ candidate, fulltext, publishing, gate, reading, site_toml, assets, templates, store, releases
    candidate  ─▶ assemble, ledger, reading; check_sections ─▶ check, library, config
    commands.check ─▶ pipeline, config, scan, workers; fixes, links ─▶ proofreading; console
    commands.new ─▶ new_entry ─▶ check, config, content, fields, kinds, markup, scan, source; site_toml, issuing
    proofreading ─▶ proof_spacing, proof_words, proof_structure ─▶ syllables ─▶ proof_data; proof_text ─▶ source
    proofreading ─▶ proof_markup ─▶ proof_text
    proofreading ─▶ proof_facts ─▶ proof_text, proof_data, citations, identity; site_toml, proofreading ─▶ proof_rules
    site_toml  ─▶ toml_text, toml_tables ─▶ config
    publishing ─▶ assemble, sections, reading, fingerprint, render, blame, compiled, pictures, store, templates, workers
    publishing ─▶ gate ─▶ gate_html; addresses, config
    assemble   ─▶ reading, doubles, check_lives, check, document_check ─▶ citator, issuing; library, plan, sections,
                  config, syndication
    reading    ─▶ scan, source, content, markup, memory, raster, check, config, workers
    check      ─▶ addresses, config, parts, scan
    plan       ─▶ assets; sections, syndication, entry_pages, register, citation_index, search ─▶ parts
    parts      ─▶ library, addresses, config, pictures, views
    render     ─▶ views, metadata, feeds, pictures, register_data, redirect_data, search_data
    library, ledger ─▶ lifecycle ─▶ config, addresses, model           search, fulltext ─▶ search_parts; store, scan
    verification ─▶ releases, store
    store      ─▶ state ─▶ manifest ─▶ fingerprint; scan      releases, preview_store ─▶ store, manifest, fingerprint
    console, commands.check, preview_server ─▶ telling ─▶ addresses
    commands.views ─▶ counting ─▶ access_log, readers ─▶ readership, which pipeline, assemble and parts know too
    pipeline, reading, preview_store ─▶ kept ─▶ assets, citator, related
    memory     ─▶ scan, fingerprint                  content ─▶ fields; source ─▶ front_matter
    markup     ─▶ dialect ─▶ crowding; prose, marking, versions, limits ◀─ workers, reading
    pictures   ─▶ raster (Pillow)
    letterhead, marking ─▶ citations ─▶ citing ─▶ issuers ─▶ agencies; kinds         (official documents in text)
    library, related ─▶ citator ─▶ identity ─▶ agencies ◀─ issuing
    parts, sections, register, search, metadata ─▶ related
    metadata   ─▶ json_ld ─▶ views ─▶ pieces ─▶ document_pieces
    config, feeds, assets, addresses, fingerprint ─▶ views, pieces, model, scan at most
    model, text, errors, messages, count_messages, proof_messages, document_messages, file_messages, life_messages,
    limit_messages, new_messages, preview_messages, search_messages, site_messages, gate_messages, reasons ─▶ nothing
    but each other

``model`` knows nobody; ``render`` never sees the Library; only ``store`` and ``releases`` write into the output
folder, ``state`` beside it, only ``memory``, ``compiled``, ``pictures`` and ``links`` into the cache, ``fulltext`` into
the workshop of the output; ``counting`` and ``readers`` beside ``site.toml``; ``fixes`` and ``commands.new`` into
content, where they are asked to; nobody but ``cli``, ``console`` and ``commands`` prints.
``tests/test_architecture.py`` keeps this true.
"""

__version__ = "0.1.0"
