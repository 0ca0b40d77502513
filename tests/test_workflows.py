"""What runs by itself: the workflows for GitHub and GitLab, the units for systemd, and every shell script."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import REPOSITORY, SiteTest

DEPLOY = REPOSITORY / "deploy"
GITHUB, GITLAB = DEPLOY / "github/pages.yml", DEPLOY / "gitlab/.gitlab-ci.yml"
UNITS = sorted((DEPLOY / "systemd").glob("loa-*"))
SCRIPTS = sorted([*(DEPLOY / "git").iterdir(), *(REPOSITORY / "tools").glob("*.sh")])
# The Python of the workflow. DUE is what it answers to --due; nothing: what Loa answers.
PYTHON = f"""#!/bin/sh
case "$*" in *--due*) [ -z "$DUE" ] || exit "$DUE" ;; esac
exec "{sys.executable}" "$@"
"""


def parsed(file: Path) -> dict[Any, Any]:
    return yaml.safe_load(file.read_text(encoding="utf-8"))


# --- the steps, as they stand in the files ----------------------------------------------


def github_steps(event: str, force: str) -> list[tuple[str, dict[str, str]]]:
    """The shell lines of the build and what each is told in its environment."""
    steps = [step for step in parsed(GITHUB)["jobs"]["build"]["steps"] if "run" in step]
    assert [step["name"] for step in steps] == ["install", "due", "check", "build"]
    told = [{name: str(value) for name, value in step.get("env", {}).items()} for step in steps[1:]]
    known = {"${{ github.event_name }}": event, "${{ inputs.force && 'yes' || '' }}": force}
    assert {value for values in told for value in values.values()} == set(known)
    answered = [{name: known[value] for name, value in values.items()} for values in told]
    return [(step["run"], values) for step, values in zip(steps[1:], answered, strict=True)]


def flat(lines: list[Any]) -> list[str]:
    """GitLab joins lists in lists, as anchors make them."""
    return [text for line in lines for text in (flat(line) if isinstance(line, list) else [line])]


def run(command: str, folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "DUE": ""} | environment
    return subprocess.run(
        ["sh", "-e", "-c", command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def github(folder: Path, event: str = "push", commit: str = "a1", due: str = "", force: str = "") -> tuple[int, bool]:
    """The exit code of the job and whether it goes on to publish."""
    output = folder / "github-output"
    output.write_text("", encoding="utf-8")
    for lines, told in github_steps(event, force):
        if "due=no" in output.read_text("utf-8"):
            return 0, False
        done = run(lines, folder, {"GITHUB_OUTPUT": str(output), "GITHUB_SHA": commit, "DUE": due, **told})
        if done.returncode:
            return done.returncode, False
    return 0, True


def gitlab(folder: Path, event: str = "push", commit: str = "a1", due: str = "", force: str = "") -> tuple[int, bool]:
    """Likewise; there what is in public/ is published after each job that does well."""
    script = "\n".join(flat(parsed(GITLAB)["pages"]["script"]))
    done = run(script, folder, {"CI_PIPELINE_SOURCE": event, "CI_COMMIT_SHA": commit, "DUE": due, "LOA_FORCE": force})
    return done.returncode, done.returncode == 0 and "Đã đăng" in done.stdout


Job = Callable[..., tuple[int, bool]]


@pytest.fixture(params=[github, gitlab], ids=["github", "gitlab"])
def job(request: pytest.FixtureRequest) -> Job:
    return request.param


@pytest.fixture
def portal(site: SiteTest) -> SiteTest:
    """A repository as the workflow finds it: with Loa, its Python, and some content."""
    site.write(".venv/bin/python", PYTHON).page("gioi-thieu").article("2026/05/le-hoi")
    (site.root / ".venv/bin/python").chmod(0o755)
    (site.root / "build.py").symlink_to(REPOSITORY / "build.py")
    return site


def test_a_push_builds_what_a_build_by_hand_makes(job: Job, portal: SiteTest) -> None:
    assert job(portal.root) == (0, True)

    first = portal.public
    assert "tin/2026/05/le-hoi.html" in first
    run(f"{sys.executable} build.py --output khac/public", portal.root, {})
    assert first == {
        str(file.relative_to(portal.root / "khac/public")): file.read_bytes()
        for file in sorted((portal.root / "khac/public").rglob("*"))
        if file.is_file()
    }


def test_a_restored_cache_is_used_and_a_missing_one_is_no_harm(job: Job, portal: SiteTest, tmp_path: Path) -> None:
    job(portal.root)
    built = portal.public
    # A check-out knows no times, and a restored cache is a copy.
    for name in (".cache", ".public.loa", "public"):
        shutil.copytree(portal.root / name, tmp_path / "kho" / name)
        shutil.rmtree(portal.root / name)
        shutil.copytree(tmp_path / "kho" / name, portal.root / name)
    (portal.root / "content/tin/2026/05/le-hoi.md").touch()

    assert job(portal.root) == (0, True)
    assert portal.public == built

    for name in (".cache", ".public.loa", "public"):
        shutil.rmtree(portal.root / name)
    assert job(portal.root) == (0, True)
    assert portal.public == built


def test_a_portal_with_far_fewer_pages_is_published_by_hand_where_that_is_said(job: Job, portal: SiteTest) -> None:
    for number in range(12):
        portal.article(f"the-{number}", tags=f"[thẻ {number}]")
    job(portal.root)
    for number in range(12):
        portal.article(f"the-{number}")

    assert job(portal.root) == (1, False)
    assert "the/the-1/index.html" in portal.public
    assert job(portal.root, force="yes") == (0, True)
    assert "the/the-1/index.html" not in portal.public


def test_a_scheduled_run_ends_early_only_when_nothing_is_due(job: Job, portal: SiteTest) -> None:
    # No cache: whatever would be said, it builds.
    assert job(portal.root, "schedule", due="4") == (0, True)

    assert job(portal.root, "schedule", due="4") == (0, False)
    assert job(portal.root, "schedule", due="0") == (0, True)
    # The run of this commit was let go in favour of this one.
    assert job(portal.root, "schedule", "b2", due="4") == (0, True)
    assert job(portal.root, "push", "b2", due="4") == (0, True)


def test_faults_end_the_run_before_anything_is_published(job: Job, portal: SiteTest) -> None:
    job(portal.root)
    before = portal.public

    portal.article("2026/05/loi", date="18/05/2026")

    assert job(portal.root, commit="b2") == (1, False)
    assert portal.public == before
    # It is tried again by the next one.
    assert job(portal.root, "schedule", "b2", due="4") == (1, False)


# --- the files themselves ---------------------------------------------------------------


WORKFLOWS = [GITHUB, *sorted((REPOSITORY / ".github/workflows").glob("*.yml"))]
# What a job may do beyond reading, and why it must.
MORE = {
    ("pages", "deploy"): {"pages": "write", "id-token": "write"},
    ("release", "dist"): {"contents": "read", "id-token": "write", "attestations": "write"},
}


# What takes hours by its nature, in minutes.
LONG = {("nightly", "sequences"): 350, ("nightly", "fuzz"): 120}


def used(file: Path) -> list[str]:
    return re.findall(r"uses: (.+)", file.read_text("utf-8"))


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_actions_are_pinned_and_nobody_may_do_more_than_he_must(file: Path) -> None:
    workflow = parsed(file)
    # YAML 1.1 reads "on" as true.
    events = workflow[True]

    assert used(file)
    assert [
        line for line in used(file) if not re.fullmatch(r"actions/[a-z/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)
    ] == []
    assert workflow["permissions"] == {"contents": "read"}
    # It would run what strangers propose with the rights of those who own the repository.
    assert not {"pull_request_target", "workflow_run", "issue_comment"} & set(events)
    for name, job in workflow["jobs"].items():
        assert job.get("permissions") == MORE.get((workflow["name"], name))
        assert 0 < job["timeout-minutes"] <= LONG.get((workflow["name"], name), 45)
        assert re.fullmatch(r"ubuntu-\d\d\.\d\d", job["runs-on"])
        for step in job["steps"]:
            # What a stranger can choose (a title, a branch) is never pasted into lines of a shell.
            assert "${{" not in step.get("run", "")
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


def test_an_action_has_one_version_in_all_workflows() -> None:
    """Dependabot knows those of .github only, not the one that portals copy."""
    versions = {}
    for line in (line for file in WORKFLOWS for line in used(file)):
        assert versions.setdefault(line.partition("@")[0], line) == line


def test_a_portal_is_published_when_and_only_when_it_should_be() -> None:
    workflow = parsed(GITHUB)

    assert workflow["concurrency"]["cancel-in-progress"] is False
    assert set(workflow[True]) == {"push", "pull_request", "workflow_dispatch", "schedule"}


def test_the_audit_looks_each_week_and_when_a_lock_changes() -> None:
    workflow = parsed(REPOSITORY / ".github/workflows/audit.yml")
    events = workflow[True]
    steps = [step["run"] for step in workflow["jobs"]["audit"]["steps"] if "run" in step]

    assert re.fullmatch(r"\d+ \d+ \* \* \d", events["schedule"][0]["cron"])
    assert events["push"] == events["pull_request"]
    assert "**/requirements*" in events["push"]["paths"]
    assert steps == ["make sbom && git diff --exit-code docs/sbom.cdx.json", "make supply-chain"]


def test_what_is_kept_between_runs_is_the_site_its_ledger_and_its_memory() -> None:
    steps = parsed(GITHUB)["jobs"]["build"]["steps"]
    kept = [step["with"]["path"].split() for step in steps if "cache" in step.get("uses", "")]

    assert kept == [[".cache", ".public.loa", ".venv", "public"]] * 2
    assert parsed(GITLAB)["default"]["cache"]["paths"] == kept[0]
    assert parsed(GITLAB)["proposal"]["cache"]["policy"] == "pull"


def shell_of_workflows() -> dict[str, str]:
    steps = parsed(GITHUB)["jobs"]["build"]["steps"]
    lines = {f"github {step['name']}": step["run"] for step in steps if "run" in step}
    workflow = parsed(GITLAB)
    return lines | {
        "gitlab before": "\n".join(flat(workflow["default"]["before_script"])),
        "gitlab proposal": "\n".join(flat(workflow["proposal"]["script"])),
        "gitlab pages": "\n".join(flat(workflow["pages"]["script"])),
    }


@pytest.mark.servers
@pytest.mark.parametrize("name", shell_of_workflows())
def test_shellcheck_finds_nothing_in_the_lines_of_workflows(name: str) -> None:
    lines = shell_of_workflows()[name]
    done = subprocess.run(["shellcheck", "-s", "sh", "-"], input=lines, capture_output=True, text=True, check=False)

    assert done.stdout + done.stderr == ""
    assert subprocess.run(["sh", "-n"], input=lines, text=True, check=False).returncode == 0


@pytest.mark.servers
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_shellcheck_finds_nothing_in_a_script(script: Path) -> None:
    done = subprocess.run(["shellcheck", "-x", script], capture_output=True, text=True, check=False, cwd=REPOSITORY)

    assert done.stdout + done.stderr == ""


def test_hooks_can_be_executed() -> None:
    assert {file.name for file in SCRIPTS if os.access(file, os.X_OK)} >= {"pre-receive", "post-receive", "publish"}


# --- systemd ----------------------------------------------------------------------------

needs_systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="a system without systemd")


@needs_systemd
@pytest.mark.parametrize("way", ["by folder", "by git"])
def test_systemd_understands_the_units(way: str, tmp_path: Path) -> None:
    for program in (".venv/bin/python", "deploy/git/publish"):
        (tmp_path / "opt/loa" / program).parent.mkdir(parents=True)
        (tmp_path / "opt/loa" / program).symlink_to(sys.executable)
    files = {unit.name: unit for unit in UNITS}
    if way == "by git":
        files |= {f"loa-{name}.service.d/git.conf": DEPLOY / f"systemd/git-{name}.conf" for name in ("build", "views")}
    for name, file in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(
            file.read_text("utf-8").replace("/opt/loa", f"{tmp_path}/opt/loa"), encoding="utf-8"
        )

    units = [str(tmp_path / unit.name) for unit in UNITS]
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)

    # Other units of the machine are none of ours.
    assert [line for line in done.stderr.splitlines() if "loa-" in line or "git.conf" in line] == []
    assert done.returncode == 0


@needs_systemd
@pytest.mark.parametrize("name", ["loa-build.service", "loa-views.service"])
def test_systemd_thinks_the_services_safe(name: str) -> None:
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=15", f"{DEPLOY}/systemd/{name}"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout


def test_the_service_knows_what_the_exit_codes_mean() -> None:
    text = (DEPLOY / "systemd/loa-build.service").read_text("utf-8")
    command = re.search(r"^ExecStart=/bin/sh -c '(.+)'$", text, re.MULTILINE)[1]
    program = "/opt/loa/.venv/bin/python /opt/loa/build.py"
    assert program in command

    # Asks; then builds. What the last of the two says is what systemd hears.
    stand_in = """sh -c 'case "$*" in *--due*) exit $ASKED ;; *) exit $BUILT ;; esac' loa"""
    for asked, built, heard in ((4, 0, 4), (2, 0, 2), (0, 0, 0), (0, 3, 3), (0, 1, 1)):
        lines = command.replace(f'p="{program} --output /srv/loa/public"', f'p() {{ {stand_in} "$@"; }}')
        lines = lines.replace("$p", "p").replace("exec p", "p")
        assert run(lines, REPOSITORY, {"ASKED": str(asked), "BUILT": str(built)}).returncode == heard
    assert "SuccessExitStatus=3 4\n" in text


def program(file: Path, does: str) -> None:
    """Make a program of that name that ``does`` what the shell lines say."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
    file.chmod(0o755)


def install(folder: Path, path: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": path, "PYTHON": ""}
    return run(f"sh {REPOSITORY}/tools/venv.sh .venv requirements.txt", folder, environment)


def test_packages_that_cannot_be_fetched_are_told_in_vietnamese_behind_what_pip_says(tmp_path: Path) -> None:
    program(tmp_path / ".venv/bin/pip", "echo 'ERROR: No route to host' >&2; exit 1")

    done = install(tmp_path, os.environ["PATH"])

    assert done.returncode == 1
    assert done.stderr.startswith("ERROR: No route to host\nChưa cài được các gói mà Loa cần")
    assert "xóa thư mục .venv rồi chạy lại" in done.stderr


def test_a_machine_without_a_python_that_loa_can_use_is_told_what_to_install(tmp_path: Path) -> None:
    bare = tmp_path / "bin"
    for name in ("python3", "python3.14", "python3.13", "python3.12", "python3.11"):
        program(bare / name, "exit 1")
    (bare / "sh").symlink_to("/bin/sh")

    done = install(tmp_path, str(bare))

    assert done.returncode == 1
    assert done.stderr.startswith("Loa cần Python 3.11 trở lên, máy này chưa có. Gõ: sudo apt-get install python3,")


def test_a_virtual_environment_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    program(tmp_path / "bin/python3", 'case "$1" in -m) echo "no space" >&2; exit 1 ;; esac; exit 0')

    done = install(tmp_path, f"{tmp_path}/bin:{os.environ['PATH']}")

    assert done.returncode == 1
    assert done.stderr.startswith("no space\nKhông tạo được thư mục .venv (lý do ở trên)")
