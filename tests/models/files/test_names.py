"""What a file from outside may be called, and what an operator may type for a path."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import RuleBroken
from models.files.names import LONGEST, NAMELESS, content_type_of, safe_name
from models.files.paths import common_beginning, completions, typed_path
from models.text import is_visible

NAMES = {
    "Договор № 7.pdf": "Договор № 7.pdf",
    "../../../etc/passwd": "passwd",
    "..\\..\\boot.ini": "boot.ini",
    "C:\\Users\\a\\x.doc": "x.doc",
    "a/b/": "b",
    "..": NAMELESS,
    "/": NAMELESS,
    "": NAMELESS,
    ".bashrc": "bashrc",
    "-rf": "_rf",
    "~root": "_root",
    "con.txt": "_con.txt",
    "COM7": "_COM7",
    "nul": "_nul",
    "a\0b.txt": "ab.txt",
    "a\nb\x1b[2J.txt": "a_b_[2J.txt",
    "invoice\u202efdp.exe": "invoicefdp.exe",
    'a<b>:"|?*.txt': "a_b_______.txt".replace("_______", "______"),
    "trailing. . ": "trailing",
    "a\u2044b": "b",
    "cafe\u0301.txt": "café.txt",
    "  spaced   out.txt ": "spaced out.txt",
}


@pytest.mark.parametrize(("name", "safe"), NAMES.items())
def test_a_name_from_outside_becomes_a_plain_one(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text(max_size=400))
def test_a_safe_name_stays_in_its_folder_and_is_safe_already(name: str) -> None:
    safe = safe_name(name)
    assert safe == Path(safe).name
    assert is_visible(safe)
    assert 0 < len(safe) <= LONGEST
    assert len(safe.encode()) <= 240
    assert not safe.startswith((".", "-", "~"))
    assert safe_name(safe) == safe


def test_a_long_name_keeps_its_ending() -> None:
    assert safe_name("ы" * 500 + ".docx").endswith("ы.docx")


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.PDF", "application/pdf"), ("a.tar.gz", "application/x-tar"), ("scan.docx", "…"), ("a", ""), ("a.xyzzy", "")],
)
def test_the_type_is_guessed_by_the_name_alone(name: str, kind: str) -> None:
    found = content_type_of(name)
    assert found.endswith("wordprocessingml.document") if kind == "…" else found == kind


PATHS = {
    "/a/b.pdf": "/a/b.pdf",
    "  '/a/b c.pdf' ": "/a/b c.pdf",
    '"/a/b.pdf"': "/a/b.pdf",
    "/a/b\\ c\\(1\\).pdf": "/a/b c(1).pdf",
    "file:///a/b%20%D1%8F.pdf": "/a/b я.pdf",
    "file://localhost/a/b.pdf": "/a/b.pdf",
    "FILE:/a/b.pdf": "/a/b.pdf",
}


@pytest.mark.parametrize(("text", "path"), PATHS.items())
def test_a_pasted_path_is_taken_as_it_was_meant(text: str, path: str) -> None:
    assert typed_path(text) == Path(path)


def test_home_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/anna")
    assert typed_path("~/x.pdf") == Path("/home/anna/x.pdf")


@pytest.mark.parametrize("text", ["a\0b", "~nobody-of-this-name/x"])
def test_what_is_no_path_is_refused(text: str) -> None:
    with pytest.raises(RuleBroken):
        typed_path(text)


def test_a_path_is_completed_from_what_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("Договор 1.pdf", "Договор 2.pdf", "scan.png", ".hidden"):
        (tmp_path / name).touch()
    (tmp_path / "scans").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path))
    assert completions(f"{tmp_path}/sc") == [f"{tmp_path}/scan.png", f"{tmp_path}/scans/"]
    assert completions("~/дог") == ["~/Договор 1.pdf", "~/Договор 2.pdf"]
    assert common_beginning(completions("~/дог")) == "~/Договор "
    assert completions("~/.h") == ["~/.hidden"]
    assert completions("~/") == ["~/scan.png", "~/scans/", "~/Договор 1.pdf", "~/Договор 2.pdf"]
    assert completions("~/scans/") == completions("~/nowhere/x") == completions("a\0b/c") == []
    assert common_beginning([]) == ""
    monkeypatch.chdir(tmp_path)
    assert completions("scan.") == ["scan.png"]
