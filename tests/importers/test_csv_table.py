"""Text tables are read whatever parts their columns; what is broken in them is told row by row."""

import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.csv_table import read_csv
from importers.fields import CLIENT_FIELDS
from importers.headings import known_headings
from importers.table import CellFault, ReadingOptions, SourceTable, tidied
from models.errors import RuleBroken

Reader = Callable[..., SourceTable]
CLIENTS = ReadingOptions(known=known_headings(CLIENT_FIELDS))


def cells_of(table: SourceTable) -> list[list[object]]:
    return [list(row.cells) for row in table.rows]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_by_content(a_csv: Reader, delimiter: str) -> None:
    lines = (["name", "price", "note"], ["HASP HL", "1 250", "a-b"], ["Sentinel", "3", ""])
    table = a_csv("\n".join(delimiter.join(line) for line in lines))
    assert table.headings == ("name", "price", "note")
    assert cells_of(table) == [["HASP HL", "1 250", "a-b"], ["Sentinel", "3", ""]]


def test_commas_in_russian_amounts_do_not_part_the_columns(a_csv: Reader) -> None:
    table = a_csv("Наименование;Цена\nКлюч;1250,50\nКабель;10,00\n")
    assert cells_of(table) == [["Ключ", "1250,50"], ["Кабель", "10,00"]]


def test_a_single_column_stays_one_though_its_texts_have_commas(a_csv: Reader) -> None:
    table = a_csv("Наименование\nООО «Вектор», Москва\nАО «Луч», Тверь\n", CLIENTS)
    assert table.headings == ("Наименование",)
    assert cells_of(table) == [["ООО «Вектор», Москва"], ["АО «Луч», Тверь"]]


def test_the_first_line_may_state_the_delimiter(a_csv: Reader) -> None:
    table = a_csv("sep=|\na,b|c\n1,2|3\n")
    assert (table.headings, table.heading_row) == (("a,b", "c"), 2)
    assert [(row.number, list(row.cells)) for row in table.rows] == [(3, ["1,2", "3"])]


def test_what_the_operator_states_is_taken(a_csv: Reader) -> None:
    table = a_csv("x\na;b,c\n1;2,3\n".encode("cp1251"), ReadingOptions(encoding="cp1251", delimiter=",", heading_row=2))
    assert table.headings == ("a;b", "c")
    assert cells_of(table) == [["1;2", "3"]]


def test_quoted_cells_keep_line_breaks_delimiters_and_quotes(a_csv: Reader) -> None:
    table = a_csv('name,note\r\n"ООО ""Луч"", Тверь","two\r\nlines"\r\nnext,\r\n')
    assert [(row.number, list(row.cells)) for row in table.rows] == [
        (2, ['ООО "Луч", Тверь', "two\r\nlines"]),
        (3, ["next", ""]),
    ]


def test_title_lines_above_the_headings_are_passed_over(a_csv: Reader) -> None:
    table = a_csv("Прайс-лист\nна 01.10.2026\n\nАртикул;Наименование;Цена\nA1;Ключ;5\n")
    assert (table.headings, table.heading_row) == (("Артикул", "Наименование", "Цена"), 4)
    assert [row.number for row in table.rows] == [5]


def test_known_headings_are_found_below_wide_titles(a_csv: Reader) -> None:
    table = a_csv("Отчёт;за;год;2026\n;;;\nИНН;КПП;Наименование;Телефон\n7707083893;;А;1\n", CLIENTS)
    assert table.headings == ("ИНН", "КПП", "Наименование", "Телефон")
    assert [row.number for row in table.rows] == [4]


def test_a_row_with_too_many_cells_is_told_and_the_next_is_read(a_csv: Reader) -> None:
    table = a_csv("a,b\n1,2,3\n4,5\n6,7,,\n")
    broken, good, trailing = table.rows
    assert broken.number == 2
    assert "3" in broken.fault and "2" in broken.fault
    assert broken.cells == ["1", "2", "3"]
    assert (good.cells, good.fault) == (["4", "5"], "")
    assert (trailing.cells, trailing.fault) == (["6", "7"], "")


def test_a_comma_before_a_space_belongs_to_the_text_where_the_row_is_too_long_by_it(a_csv: Reader) -> None:
    table = a_csv("name,street,city\nA,24, place Kléber,Lyon\nB,x, y, z,Bonn\nC, x,Rome\nD,x, y,z,Oslo\n")
    joined, twice, as_it_is, broken = table.rows
    assert joined.cells == ["A", "24, place Kléber", "Lyon"]
    assert twice.cells == ["B", "x, y, z", "Bonn"]
    assert as_it_is.cells == ["C", " x", "Rome"]
    assert broken.fault


def test_missing_cells_at_the_end_of_a_row_are_empty(a_csv: Reader) -> None:
    assert cells_of(a_csv("a;b;c\n1\n2;3\n")) == [["1", "", ""], ["2", "3", ""]]


def test_blank_rows_are_left_out_but_counted(a_csv: Reader) -> None:
    assert [row.number for row in a_csv("a,b\n\n1,2\n , \n,\n3,4\n").rows] == [3, 6]


def test_a_stray_quotation_mark_costs_its_own_row_only(a_csv: Reader) -> None:
    table = a_csv('a,b\n1,"two\n3,four\n5,six\n')
    broken, *good = table.rows
    assert broken.number == 2 and broken.fault and broken.cells == ['1,"two']
    assert [(row.number, list(row.cells)) for row in good] == [(3, ["3", "four"]), (4, ["5", "six"])]


def test_quotes_that_are_not_doubled_are_refused_not_garbled(a_csv: Reader) -> None:
    table = a_csv('a,b\n"ООО "Луч"",1\nx,2\n')
    broken, good = table.rows
    assert "doubled" in broken.fault
    assert good.cells == ["x", "2"]


def test_a_cell_longer_than_any_is_refused(a_csv: Reader) -> None:
    broken, good = a_csv(f"a,b\n{'x' * 140_000},1\ny,2\n").rows
    assert "131072" in broken.fault
    assert good.cells == ["y", "2"]


def test_many_stray_quotation_marks_do_not_exhaust_the_reader(a_csv: Reader) -> None:
    table = a_csv("a,b\n" + '1,"x\n' * 5001)
    rows = list(table.rows)
    assert len(rows) == 5001
    assert all(row.fault for row in rows)


def test_nul_bytes_are_left_out(a_csv: Reader) -> None:
    table = a_csv(b"a,b\n1\0,2\0\0\n")
    assert cells_of(table) == [["1", "2"]]


@pytest.mark.parametrize("content", ["", "\n\n", " , ,\n", "\ufeff"])
def test_an_empty_file_has_no_columns_and_says_so(a_csv: Reader, content: str) -> None:
    table = a_csv(content)
    assert table.headings == ()
    assert cells_of(table) == []
    assert table.warnings


def test_headings_alone_are_a_table_without_rows(a_csv: Reader) -> None:
    table = a_csv("ИНН;Наименование")
    assert table.headings == ("ИНН", "Наименование")
    assert cells_of(table) == []


def test_escapes_null_words_and_errors_of_spreadsheets_are_read_as_meant(a_csv: Reader) -> None:
    table = a_csv("name,phone,note,sum\nA,'+7 495,NULL,#ССЫЛКА!\nB,''=x,'NULL,'#N/A\n")
    assert cells_of(table) == [["A", "+7 495", "", CellFault("#ССЫЛКА!")], ["B", "'=x", "NULL", "#N/A"]]


def test_a_damaged_character_is_replaced_and_told(a_csv: Reader) -> None:
    table = a_csv("имя,город\n".encode() + b"\xd0\x90\xff\xd0\x91,x\n" + "Анна,Тверь\n".encode() * 20)
    assert next(table.rows).cells == ["А\ufffdБ", "x"]
    assert table.warnings


def test_progress_goes_from_nothing_to_all(a_csv: Reader) -> None:
    table = a_csv("a,b\n" + "1,2\n" * 100_000)
    assert table.progress() == 0.0
    next(table.rows)
    assert 0.0 < table.progress() < 1.0
    assert sum(1 for _ in table.rows) == 99_999
    assert table.progress() == 1.0


def test_a_table_left_early_lets_go_of_its_file(a_csv: Reader) -> None:
    with a_csv("a,b\n1,2\n3,4\n") as table:
        next(table.rows)
    assert list(table.rows) == []


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(RuleBroken, match=r"absent\.csv"):
        read_csv(tmp_path / "absent.csv")


def test_a_line_without_end_is_no_table(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    with path.open("wb") as file:
        file.truncate(20 << 20)
    with pytest.raises(RuleBroken):
        read_csv(path)


WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


@given(
    st.sampled_from([",", ";", "\t", "|"]),
    st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=8),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_any_quoted_text_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, delimiter: str, rows: list[tuple[str, str, str]], encoding: str
) -> None:
    written = StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerow(["Name", "City", "Note"])
    writer.writerows(rows)
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(written.getvalue().encode(encoding))
    filled = [(number, row) for number, row in enumerate(rows, 2) if "".join(row).strip()]
    with read_csv(path, CLIENTS) as table:
        found = [(row.number, tuple(map(str, row.cells))) for row in table.rows]
    assert table.headings == ("Name", "City", "Note")
    assert [number for number, _cells in found] == [number for number, _row in filled]
    assert [cells for _number, cells in found] == [tuple(str(tidied(cell)) for cell in row) for _number, row in filled]


@given(st.binary(max_size=2000))
def test_any_bytes_end_in_rows_or_in_words(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "bytes.csv"
    path.write_bytes(content)
    with read_csv(path) as table:
        numbers = [row.number for row in table.rows]
    assert numbers == sorted(set(numbers))
    assert all(number > table.heading_row for number in numbers)
