"""A written file appears whole or not at all, and a list is taken page by page."""

import os
import stat
from pathlib import Path

import pytest

from exporters.table import ROWS_PER_PAGE, replacing, table_of
from models.errors import RuleBroken
from tests.exporters.conftest import AList


@pytest.mark.parametrize("length", [0, 1, ROWS_PER_PAGE, ROWS_PER_PAGE + 1, 2 * ROWS_PER_PAGE + 5])
def test_a_list_is_taken_whole_and_page_by_page(length: int) -> None:
    told: list[int] = []
    listing = AList(length)
    assert [cells[0] for cells in table_of(listing, progress=told.append).rows] == list(range(length))
    assert all(limit == ROWS_PER_PAGE for _offset, limit in listing.pages)
    assert told == sorted(told)
    assert not length or told[-1] == length


def test_the_old_file_stands_until_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "clients.csv"
    path.write_text("old")
    with replacing(path) as file:
        file.write(b"new")
        assert path.read_text() == "old"
    assert path.read_text() == "new"
    assert [entry.name for entry in tmp_path.iterdir()] == ["clients.csv"]


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "clients.csv"
    path.write_text("old")
    with pytest.raises(KeyError), replacing(path) as file:
        file.write(b"half")
        raise KeyError
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["clients.csv"]


def test_a_new_file_gets_the_rights_of_the_umask_and_an_old_one_keeps_its_own(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        with replacing(tmp_path / "new.csv"):
            pass
        old = tmp_path / "old.csv"
        old.touch()
        old.chmod(0o600)
        with replacing(old):
            pass
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new.csv").stat().st_mode) == 0o640
    assert stat.S_IMODE(old.stat().st_mode) == 0o600


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target.csv", tmp_path / "link.csv"
    target.touch()
    link.symlink_to(target)
    with replacing(link) as file:
        file.write(b"x")
    assert link.is_symlink()
    assert target.read_bytes() == b"x"


def test_a_device_is_written_to_as_it_is() -> None:
    with replacing(Path("/dev/null")) as file:
        file.write(b"x")
    assert Path("/dev/null").is_char_device()


@pytest.mark.parametrize("name", ["absent/clients.csv", "."])
def test_a_place_that_cannot_be_written_to_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(RuleBroken) as refusal, replacing(tmp_path / name):
        pass
    assert refusal.value.field == "file"
