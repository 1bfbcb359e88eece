"""Stored files on their way out: nothing is written over, nothing can be run, nothing leaves the chosen folder."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from exporters.saved_file import downloads, save_file
from models.errors import RuleBroken


def test_a_file_is_saved_for_its_operator_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        path = save_file(tmp_path, "../../run.sh", b"#!/bin/sh")
    finally:
        os.umask(before)
    assert path == tmp_path / "run.sh"
    assert path.read_bytes() == b"#!/bin/sh"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_namesakes_stand_side_by_side(tmp_path: Path) -> None:
    names = [save_file(tmp_path, "акт.pdf", data).name for data in (b"1", b"2", b"3")]
    assert names == ["акт.pdf", "акт (2).pdf", "акт (3).pdf"]
    assert (tmp_path / "акт.pdf").read_bytes() == b"1"


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "precious"
    (tmp_path / "a.txt").symlink_to(target)
    assert save_file(tmp_path, "a.txt", b"x").name == "a (2).txt"
    assert not target.exists()


def test_the_operator_may_choose_another_name_but_none_that_is_taken(tmp_path: Path) -> None:
    chosen = tmp_path / "mine.pdf"
    assert save_file(chosen, "a.pdf", b"x") == chosen
    with pytest.raises(RuleBroken, match="already"):
        save_file(chosen, "a.pdf", b"y")
    assert chosen.read_bytes() == b"x"


@pytest.mark.parametrize("target", ["no/such/folder", "a\0b"])
def test_where_nothing_can_be_written_is_said(tmp_path: Path, target: str) -> None:
    with pytest.raises(RuleBroken):
        save_file(tmp_path / target, "a.pdf", b"x")


def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("exporters.saved_file.os.fdopen", full)
    with pytest.raises(RuleBroken, match="No space left"):
        save_file(tmp_path, "a.pdf", b"x")
    assert list(tmp_path.iterdir()) == []


def test_the_folder_for_downloads_is_one_that_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert downloads() == tmp_path
    (tmp_path / "Downloads").mkdir()
    assert downloads() == tmp_path / "Downloads"
