"""The encoding of a text file is told by what is in it."""

from pathlib import Path

import pytest

from importers.encodings import SAMPLE_BYTES, encoding_of, examine
from models.errors import RuleBroken

RUSSIAN = "ИНН;Наименование;Адрес\n7707083893;ООО «Ромашка»;г. Москва, ул. Ленина, д. 5\n"
CAPITALS = "ООО РОМАШКА;МОСКВА\nЗАО ВЕКТОР;ТВЕРЬ\n"
GERMAN = "Name;Straße\nMüller;Königsallee 1\nJosé Núñez;Rue de l'Église\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "cp1251", "koi8-r", "cp866"])
def test_russian_text_is_told_by_its_letters(encoding: str) -> None:
    text = RUSSIAN if encoding not in ("koi8-r", "cp866") else RUSSIAN.replace("«", '"').replace("»", '"')
    assert encoding_of(text.encode(encoding)) == encoding


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866"])
def test_capitals_alone_are_enough(encoding: str) -> None:
    assert encoding_of(CAPITALS.encode(encoding)) == encoding


def test_accented_latin_letters_are_no_russian() -> None:
    assert encoding_of(GERMAN.encode("cp1252")) == "cp1252"


@pytest.mark.parametrize(("encoding", "name"), [("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("ascii", "utf-8")])
def test_marks_and_plain_ascii_decide_at_once(encoding: str, name: str) -> None:
    assert encoding_of("name,phone\n".encode(encoding)) == name


def test_a_character_cut_by_the_end_of_the_sample_is_no_damage() -> None:
    assert encoding_of("Ж".encode()[:1], complete=False) == "utf-8"
    assert encoding_of(("а" * 10).encode()[:-1], complete=False) == "utf-8"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251"])
def test_letters_that_appear_only_deep_in_the_file_decide_too(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "late.csv"
    path.write_bytes(b"number;name\n" * (SAMPLE_BYTES // 10) + ("1;" + RUSSIAN).encode(encoding))
    assert examine(path).encoding == encoding


def test_a_stated_encoding_must_exist(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a")
    assert examine(path, "windows-1251").encoding == "cp1251"
    for name in ("klingon", "hex"):
        with pytest.raises(RuleBroken) as refusal:
            examine(path, name)
        assert refusal.value.field == "encoding"


def test_what_a_reader_must_be_ready_for_is_found(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"a,b\n1,2\n")
    assert not (examine(path).needs_care or examine(path).has_nul)
    path.write_bytes(b"a,b\n\0,'+7\n")
    assert examine(path).needs_care and examine(path).has_nul
