"""Rules over the whole source tree, files nobody uses included."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
# Put together here so that this file does not break its own rule.
HOSTS = ["pypi" + ".org", "python" + "hosted.org", "registry.npm" + "js.org", "deb." + "debian.org"]


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name]


def texts() -> list[tuple[Path, str]]:
    found = []
    for path in tracked():
        try:
            found.append((path, path.read_text()))
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            continue
    return found


def test_no_file_names_a_package_registry() -> None:
    assert [f"{path}: {host}" for path, text in texts() for host in HOSTS if host in text] == []


def test_no_file_names_a_path_of_one_machine() -> None:
    own = re.compile(r"/(?:work|root|home)/[a-z]+/")
    assert [str(path) for path, text in texts() if path.suffix != ".lock" and own.search(text)] == []


def test_every_link_between_pages_leads_somewhere() -> None:
    link = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
    assert [
        f"{path.relative_to(ROOT)}: {target}"
        for path, text in texts()
        if path.suffix == ".md" and "src" not in path.parts
        for target in link.findall(text)
        if not (path.parent / target).exists()
    ] == []


def test_no_source_file_is_too_long_for_one_head() -> None:
    long = {
        str(path.relative_to(ROOT)): text.count("\n")
        for path, text in texts()
        if path.suffix == ".py" and "src" in path.parts
    }
    assert {name: lines for name, lines in long.items() if lines > 430} == {}


def test_every_switched_off_check_says_why() -> None:
    bare = re.compile(r"#\s*noqa(?!: [A-Z0-9, ]+(?: [—-] \S))|#\s*type: ignore(?!\[)|#\s*pyright: ignore(?!\[)")
    assert [
        f"{path}: {match.group()}"
        for path, text in texts()
        if path.suffix == ".py" and path != Path(__file__)
        for match in bare.finditer(text)
    ] == []
