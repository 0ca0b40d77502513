# Loa. `make` alone lists the targets.
.DEFAULT_GOAL := help
.PHONY: nightly help site test test-fast audit check format golden lock clean screenshots guide-pictures bench bench-quick bench-parts bench-search bench-views bench-preview reference reliability sbom supply-chain mutation fuzz dist

VENV := .venv
PY := $(VENV)/bin/python
PYTEST := $(VENV)/bin/pytest

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

SEARCH := tools/search.sh tools/search/package-lock.json

$(VENV)/site.ok: requirements.txt tools/venv.sh $(SEARCH)
	sh tools/venv.sh $(VENV) requirements.txt
	sh tools/search.sh $(VENV)
	@touch $@

$(VENV)/test.ok: requirements-dev.txt tools/venv.sh $(SEARCH)
	sh tools/venv.sh $(VENV) requirements-dev.txt
	sh tools/search.sh $(VENV)
	@touch $@ $(VENV)/site.ok

site: $(VENV)/site.ok ## install what Loa needs into .venv and build the sample site into public/
	@sh tools/search.sh $(VENV)
	$(PY) build.py || [ $$? -eq 3 ]
	@echo
	@echo "Trang đã dựng nằm ở $(CURDIR)/public. Để xem, gõ:"
	@echo "  $(PY) -m http.server --bind 127.0.0.1 --directory public 8000"
	@echo "rồi mở http://127.0.0.1:8000/ trong trình duyệt."

test: $(VENV)/test.ok ## install what the tests need and run every one of them, with coverage
	sh tools/chromium.sh
	sh tools/servers.sh
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(PYTEST) -n auto --dist worksteal --cov --cov-report=term --cov-fail-under=95

test-fast: $(VENV)/test.ok ## the tests without a browser and web servers, without coverage
	$(PYTEST) -n auto --dist worksteal -m "not browser and not servers"

audit: $(VENV)/site.ok ## Nu HTML checker and Lighthouse on the sample site (needs Java and Node)
	sh tools/chromium.sh
	$(PY) build.py
	sh tools/audit.sh

check: $(VENV)/test.ok ## formatting, lint and types
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy

format: $(VENV)/test.ok ## format the code
	$(VENV)/bin/ruff format .
	$(VENV)/bin/ruff check --fix .

reference: $(VENV)/site.ok ## write docs/tra-cuu.md (commands, fields, settings, rules) from the program itself
	$(PY) -m tools.reference

golden: $(VENV)/test.ok ## rewrite the expected outputs of the golden tests; review the diff like code
	LOA_GOLDEN=write $(PYTEST) tests/golden tests/unit/test_reading.py

screenshots: $(VENV)/test.ok ## pictures of each kind of page, 360 to 1280 px, light and dark, into build/screenshots
	$(PY) build.py
	$(PY) -m tools.screenshots

guide-pictures: $(VENV)/test.ok ## the pictures of the editors' guide, of the sample portal, into docs/hinh
	$(PY) -m tools.guide_pictures

bench: $(VENV)/site.ok ## Loa beside Hugo, Eleventy and Pelican (SIZES="1000 10000" PEERS="loa hugo" ROUNDS=1 choose)
	$(PY) -m bench.run $(if $(SIZES),--sizes $(SIZES)) $(if $(PEERS),--peers $(PEERS)) $(if $(ROUNDS),--rounds $(ROUNDS))

bench-quick: $(VENV)/site.ok ## has Loa become slower than bench/results/quick.json says? (SAVE=1 renews it)
	$(PY) -m bench.quick $(if $(SAVE),--save)

bench-search: $(VENV)/test.ok ## what the search costs, office and readers, on 10,000 articles (SIZE, ROUNDS choose)
	$(PY) -m bench.search $(if $(SIZE),--size $(SIZE)) $(if $(ROUNDS),--rounds $(ROUNDS))

bench-views: $(VENV)/test.ok ## how long counting a million lines of a server's log takes
	$(PY) -m bench.views

bench-preview: $(VENV)/test.ok ## from saving a file to the reloaded page on 10,000 articles (SIZE chooses)
	$(PY) -m bench.preview $(if $(SIZE),--size $(SIZE))

nightly: $(VENV)/test.ok ## random sequences of edits by the thousand, for hours (SEQUENCES chooses)
	LOA_SEQUENCES=$(or $(SEQUENCES),20000) $(PYTEST) -n auto --dist worksteal tests/property/test_incremental.py \
		tests/property/test_addresses_for_ever.py

reliability: $(VENV)/test.ok ## write docs/reliability.md: each promise, and what the tests show of it just now
	$(PY) -m tools.reliability

bench-parts: $(VENV)/test.ok ## how long each part of a build takes
	$(PYTEST) bench/test_parts.py --benchmark-only --benchmark-disable-gc --benchmark-max-time=0.5 \
		--benchmark-group-by=group --benchmark-sort=name --benchmark-columns=min,median,iqr,rounds

SUPPLY := build/supply
LOCKS := requirements.txt requirements-dev.txt bench/requirements.txt tools/search/requirements.txt tools/supply/requirements.txt tools/mutation/requirements.txt tools/fuzz/requirements.txt
NPM_LOCKS := tools/search tools/audit

$(SUPPLY)/ok: tools/supply/requirements.txt tools/venv.sh
	sh tools/venv.sh $(SUPPLY) tools/supply/requirements.txt
	@touch $@

sbom: $(SUPPLY)/ok ## write docs/sbom.cdx.json: what Loa is made of, as CycloneDX 1.6
	$(SUPPLY)/bin/python -m tools.sbom

supply-chain: $(SUPPLY)/ok ## are faults known in what the locks name? (needs the Internet and npm)
	sh tools/supply.sh $(SUPPLY)/bin/pip-audit "$(LOCKS)" "$(NPM_LOCKS)"

dist: ## the files of a release, of what is committed, into build/dist; the same commit gives the same bytes
	sh tools/dist.sh build/dist
	@cat build/dist/SHA256SUMS

# What is lent to one run lies beside .venv, so that nothing else sees it.
build/%/packages.ok: tools/%/requirements.txt $(VENV)/test.ok
	rm -rf build/$*/packages
	$(VENV)/bin/pip install --quiet --disable-pip-version-check --require-hashes \
		--target build/$*/packages -r tools/$*/requirements.txt
	@touch $@

mutation: build/mutation/packages.ok ## would the tests notice? changes the code in thousands of places (half an hour; AREAS="citations" chooses)
	$(PY) -m tools.mutants $(AREAS)

fuzz: build/fuzz/packages.ok ## look for input that breaks reading, addresses, sanitising or citations (SECONDS=60 for each)
	$(PY) -m tools.fuzzing $(if $(SECONDS),--seconds $(SECONDS))

lock: ## renew the hash-locked requirements (needs uv)
	uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
		pyproject.toml -o requirements.txt
	uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
		--extra dev pyproject.toml -o requirements-dev.txt
	uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
		bench/requirements.in -o bench/requirements.txt
	uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
		tools/search/requirements.in -o tools/search/requirements.txt
	uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
		tools/supply/requirements.in -o tools/supply/requirements.txt
	uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
		-c requirements-dev.txt tools/mutation/requirements.in -o tools/mutation/requirements.txt
	uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
		tools/fuzz/requirements.in -o tools/fuzz/requirements.txt
	$(MAKE) sbom

clean: ## remove what can be made again (not public/ and its ledger)
	rm -rf .cache build .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage*
