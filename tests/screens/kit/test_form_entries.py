"""What stands in a form beside what the record had: reading it back, judging it, going on from a newer version."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from models.clients.fields import CLIENT_FIELDS
from models.fields import Field
from models.requisites import check_inn
from screens.kit.form_entries import Entries, Entry, entry_of, grouped, in_columns, read_entry, value_text

NAME = Field("name", "Name", required=True)
INN = Field("inn", "INN", check=check_inn)
NOTE = Field("note", "Note", "lines")
TAGS = Field("tags", "Tags", "texts")
PRICE = Field("price", "Price", "money")
SEATS = Field("seats", "Seats", "integer", least=1)
DISCOUNT = Field("discount", "Discount, %", "quantity", most=100)
UNTIL = Field("until", "Until", "date")
ACTIVE = Field("active", "Active", "flag")
STATE = Field("state", "State", "choice", choices={"issued": "issued", "lent": "lent"})
OWNER = Field("owner", "Owner", "reference", reference="client")
FIELDS = (NAME, INN, NOTE, TAGS, PRICE, SEATS, DISCOUNT, UNTIL, ACTIVE, STATE, OWNER)
BASE: dict[str, Any] = {
    "name": "ООО «Ромашка»", "inn": "7707083893", "note": "one\ntwo", "tags": ("a", "b, c"),
    "price": Decimal("1250.50"), "seats": 3, "discount": Decimal("12.500"), "until": date(2026, 12, 31), "active": True, "state": "issued", "owner": 7,
}  # fmt: skip


def entries(**typed: str) -> Entries:
    made = Entries(FIELDS, BASE, {"owner": "ЗАО «Вектор»"})
    for name, text in typed.items():
        made.type(name, Entry(text))
    return made


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.kind + " " + field.name)
def test_what_stands_in_a_field_is_read_back_as_the_value(field: Field) -> None:
    assert read_entry(field, entry_of(field, BASE[field.name], "ЗАО «Вектор»")) == BASE[field.name]


def test_a_form_that_nobody_touched_changes_nothing() -> None:
    assert entries().changes() == ({}, [])


def test_only_what_was_changed_is_saved() -> None:
    assert entries(name="ООО «Лютик»", price="1 300,00").changes() == (
        {"name": "ООО «Лютик»", "price": Decimal("1300.00")},
        [],
    )


def test_a_value_typed_in_another_way_is_no_change() -> None:
    assert entries(price="1 250,50", until="31.12.2026", active="да").changes() == ({}, [])


def test_all_broken_fields_are_named_at_once_in_the_order_of_the_form() -> None:
    _changes, broken = entries(name="", inn="12", price="many", seats="0").changes()
    assert [error.field for error in broken] == ["name", "inn", "price", "seats"]


def test_a_required_field_of_a_new_record_is_asked_for_although_nobody_touched_it() -> None:
    new = Entries((NAME, NOTE), {}, {})
    assert [error.field for error in new.changes(new=True)[1]] == ["name"]
    assert new.changes()[1] == []


def test_a_name_that_was_typed_but_not_picked_is_no_reference() -> None:
    _changes, broken = entries(owner="вект").changes()
    assert [error.field for error in broken] == ["owner"]
    assert "вект" in str(broken[0])


def test_an_emptied_reference_points_to_nothing() -> None:
    assert entries(owner="").changes() == ({"owner": None}, [])


def test_an_untouched_field_is_not_judged_even_where_its_value_breaks_a_rule() -> None:
    old = Entries((INN,), {"inn": "123"}, {})
    assert old.broken("inn") is None
    old.type("inn", Entry("1234"))
    assert old.broken("inn") is not None


@time_machine.travel("2026-11-23", tick=False)
def test_a_short_form_of_a_date_is_written_out_when_the_field_is_left() -> None:
    made = entries(until="+3d")
    made.tidy("until")
    assert made["until"].text == "2026-11-26"


def test_what_cannot_be_read_is_left_as_it_was_typed() -> None:
    made = entries(until="soon")
    made.tidy("until")
    assert made["until"].text == "soon"


def test_going_on_from_a_newer_version_keeps_mine_and_takes_theirs() -> None:
    made = entries(name="mine", note="mine too").rebased(
        BASE | {"name": "theirs", "inn": "", "note": "new"}, {}, ["name"]
    )
    assert (made["name"].text, made["note"].text, made["inn"].text) == ("mine", "new", "")
    assert made.changes()[0] == {"name": "mine"}


def test_what_was_typed_before_is_put_back_where_the_field_is_still_there() -> None:
    made = entries()
    made.restore({"name": Entry("draft"), "gone": Entry("x")})
    assert made.touched == {"name": Entry("draft")}


def test_values_are_shown_in_the_words_of_the_operator() -> None:
    shown = [value_text(field, BASE[field.name], "ЗАО «Вектор»") for field in FIELDS]
    assert shown[3:] == ["a\nb, c", "1,250.50", "3", "12.5", "2026-12-31", "yes", "issued", "ЗАО «Вектор»"]


def test_hostile_text_is_shown_harmless() -> None:
    assert "\x1b" not in value_text(NAME, "\x1b[2J") + value_text(OWNER, 1, "\x1b]0;x\x07")


def test_groups_come_in_the_order_in_which_they_first_appear() -> None:
    names = [name for name, _fields in grouped(CLIENT_FIELDS)]
    assert names == list(dict.fromkeys(field.group for field in CLIENT_FIELDS))
    assert sum(len(fields) for _name, fields in grouped(CLIENT_FIELDS)) == len(CLIENT_FIELDS)


def test_two_columns_hold_all_fields_once_and_are_about_as_high() -> None:
    left, right = in_columns(grouped(CLIENT_FIELDS), 2)
    heights = [sum(len(fields) for _name, fields in column) for column in (left, right)]
    assert sum(heights) == len(CLIENT_FIELDS)
    assert abs(heights[0] - heights[1]) <= 6


def test_a_lone_group_is_cut_in_two_columns() -> None:
    columns = in_columns(grouped(FIELDS), 2)
    assert [len(fields) for column in columns for _name, fields in column] == [6, 5]


def test_a_quantity_is_written_without_empty_decimals_and_keeps_within_its_bounds() -> None:
    assert entry_of(DISCOUNT, Decimal("10.000")) == Entry("10")
    assert entry_of(DISCOUNT, Decimal("12.500")) == Entry("12.5")
    assert entries(discount="7,25").changes() == ({"discount": Decimal("7.25")}, [])
    for typed in ("-1", "100.001", "1.2345"):
        changes, broken = entries(discount=typed).changes()
        assert (changes, [error.field for error in broken]) == ({}, ["discount"])
