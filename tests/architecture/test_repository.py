"""What the repository promises its people: a lock file that fits, targets that are described, no foreign hosts."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterable
from importlib import metadata

from tests.architecture.project import PACKAGES, ROOT, python_files, settings

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
LOCKED = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", LOCK, flags=re.MULTILINE))
MODULES = {
    "apsw": "apsw",
    "click": "click",
    "defusedxml": "defusedxml",
    "holidays": "holidays",
    "icalendar": "icalendar",
    "imap-tools": "imap_tools",
    "inscriptis": "inscriptis",
    "mail-parser": "mailparser",
    "num2words": "num2words",
    "babel": "babel",
    "openpyxl": "openpyxl",
    "peewee": "peewee playhouse",
    "platformdirs": "platformdirs",
    "plotext": "plotext",
    "pystemmer": "Stemmer",
    "python-stdnum": "stdnum",
    "rich": "rich",
    "segno": "segno",
    "textual": "textual",
    "typst": "typst",
    "vobject": "vobject",
    "xlsxwriter": "xlsxwriter",
    "zstandard": "zstandard",
    "psycopg": "psycopg",
    "textual-serve": "textual_serve",
}


def name_of(requirement: str) -> str:
    """The normalised name of the distribution that a requirement asks for."""
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found, requirement
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def declared() -> set[str]:
    """The distributions that the program itself asks for, extras included."""
    project = settings()["project"]
    groups: Iterable[list[str]] = [project["dependencies"], *project["optional-dependencies"].values()]
    return {name_of(requirement) for group in groups for requirement in group}


def test_the_lock_file_names_no_index_and_no_host() -> None:
    assert re.findall(r"://|^-|^\s+--(?!hash=sha256:)|@", LOCK, flags=re.MULTILINE) == [], "make lock"


def test_every_locked_release_has_hashes() -> None:
    blocks = re.split(r"^(?=[a-z0-9])", LOCK, flags=re.MULTILINE)[1:]
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []
    assert len(blocks) == len(LOCKED)


def test_the_lock_file_holds_everything_that_is_asked_for() -> None:
    groups = settings()["dependency-groups"]
    wanted = declared() | {name_of(requirement) for group in groups.values() for requirement in group}
    assert wanted - set(LOCKED) == set(), "make lock"


def test_the_tools_that_build_a_wheel_are_locked_as_well() -> None:
    required = {name_of(requirement) for requirement in settings()["build-system"]["requires"]}
    locked = {name_of(requirement) for requirement in settings()["dependency-groups"]["build"]} | declared()
    assert required <= locked


def test_textual_is_locked_to_the_release_that_is_pinned() -> None:
    assert f"textual=={LOCKED['textual']}" in settings()["project"]["dependencies"]


def licence_of(distribution: metadata.Distribution) -> str:
    """What a distribution says of its licence, in whichever field."""
    described = distribution.metadata
    classifiers = [line for line in described.get_all("Classifier", []) if line.startswith("License ::")]
    return " | ".join(
        [*described.get_all("License-Expression", []), *described.get_all("License", [])[:1], *classifiers]
    )


def is_gpl(licence: str) -> bool:
    """Whether a licence binds programs that use the library; the Lesser GPL does not."""
    return bool(re.search(r"(?<!L)GPL|GNU (Affero )?General Public", licence))


def test_the_gpl_is_told_from_the_lesser_gpl() -> None:
    assert is_gpl("GPL-3.0-only") and is_gpl("License :: OSI Approved :: GNU General Public License v3 (GPLv3)")
    assert not is_gpl("LGPL-3.0-only | License :: OSI Approved :: GNU Lesser General Public License v3 (LGPLv3)")


def test_nothing_that_is_installed_from_the_lock_file_is_under_the_gpl() -> None:
    installed = [found for found in metadata.distributions() if name_of(found.name) in LOCKED]
    assert len(installed) > len(LOCKED) / 2
    assert [found.name for found in installed if is_gpl(licence_of(found))] == []


def test_the_packages_import_only_what_is_declared() -> None:
    assert set(MODULES) == declared(), "MODULES says under which names a dependency is imported"
    known = {*PACKAGES, *sys.stdlib_module_names, *" ".join(MODULES.values()).split()}
    foreign = {
        f"{path}: {name}"
        for path in python_files(*PACKAGES)
        for name in imports_of((ROOT / path).read_text(encoding="utf-8"))
        if name not in known
    }
    assert foreign == set(), "add it to the dependencies in pyproject.toml and make lock"


def imports_of(source: str) -> set[str]:
    """The top-level names of all that a module imports, wherever in it."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


def test_imports_are_absolute() -> None:
    relative = [
        f"{path}:{node.lineno}"
        for path in python_files()
        for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []


def test_every_target_that_the_readme_names_is_in_the_makefile_with_its_description() -> None:
    described = set(re.findall(r"^([a-z-]+):.* ## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "docs/contributing.md")]
    named = {target for text in texts for target in re.findall(r"`make ([a-z-]+)", text)}
    assert named, "the README says how to start"
    assert named <= described


def test_the_change_log_tells_of_this_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert f"## {version}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_links_between_the_documents_lead_somewhere() -> None:
    broken = []
    for document in [ROOT / "README.md", ROOT / "CHANGELOG.md", *ROOT.glob("docs/**/*.md")]:
        for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8")):
            if not (document.parent / target).exists():
                broken.append(f"{document.relative_to(ROOT)}: {target}")
    assert broken == []
