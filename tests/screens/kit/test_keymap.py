"""Keys: Cyrillic twins, the operator's own key map, and keys that two bindings want."""

import pytest
from textual.binding import Binding

from screens.kit.glyphs import ASCII, UNICODE
from screens.kit.keymap import clashes, declared, key_label, key_name, twin_of, unknown_ids
from screens.kit.record_table import RecordTable


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("о", "j"),
        ("н", "y"),
        ("Н", "Y"),
        ("ctrl+л", "ctrl+k"),
        ("alt+ф", "alt+a"),
        ("х", "left_square_bracket"),
        ("ъ", "right_square_bracket"),
        ("full_stop", "slash"),
        ("comma", "question_mark"),
        ("Ж", "colon"),
        ("Ю", "greater_than_sign"),
        ("Б", "less_than_sign"),
        ("numero_sign", "number_sign"),
    ],
)
def test_a_key_of_the_cyrillic_layout_has_the_latin_twin_of_its_place(typed: str, meant: str) -> None:
    assert twin_of(typed) == meant


@pytest.mark.parametrize("key", ["j", "5", "enter", "escape", "f1", "ctrl+k", "slash", "up"])
def test_latin_keys_digits_and_named_keys_have_no_twin(key: str) -> None:
    assert twin_of(key) is None


@pytest.mark.parametrize(("written", "name"), [("/", "slash"), ("ctrl+/", "ctrl+slash"), ("+", "plus"), ("J", "J")])
def test_keys_may_be_written_as_characters(written: str, name: str) -> None:
    assert key_name(written) == name


@pytest.mark.parametrize(("key", "label"), [("slash", "/"), ("ctrl+k", "ctrl+k"), ("escape", "esc"), ("down", "↓")])
def test_keys_are_shown_as_people_write_them(key: str, label: str) -> None:
    assert key_label(key, UNICODE) == label


def test_arrows_are_shown_in_ascii_where_that_is_wanted() -> None:
    assert key_label("alt+left", ASCII) == "alt+<"


def bind(key: str, name: str) -> Binding:
    return Binding(key, "act", "does it", id=name)


def test_two_bindings_of_one_node_that_want_one_key_clash() -> None:
    [clash] = clashes([[bind("x", "list.export"), bind("x", "list.exchange")]], {})
    assert (clash.key, clash.wins, clash.shadowed) == ("x", "list.export", "list.exchange")


def test_an_inner_node_that_takes_a_letter_from_an_outer_one_clashes() -> None:
    [clash] = clashes([[bind("u", "list.undo")], [], [bind("u", "app.undo")]], {})
    assert (clash.wins, clash.shadowed) == ("list.undo", "app.undo")


def test_step_keys_belong_to_the_innermost() -> None:
    assert clashes([[bind("escape", "filter.leave")], [bind("escape", "app.back")]], {}) == []


def test_bindings_of_textual_may_be_taken_over() -> None:
    assert clashes([[Binding("ctrl+k", "cut", "cut")], [bind("ctrl+k", "app.find")]], {}) == []


def test_the_same_binding_on_two_levels_is_no_clash() -> None:
    assert clashes([[bind("r", "list.repeat")], [bind("r", "list.repeat")]], {}) == []


def test_an_override_makes_a_clash_and_another_removes_it() -> None:
    chain = [[bind("j", "list.down")], [bind("n", "list.new")]]
    assert [clash.key for clash in clashes(chain, {"list.down": "n,down"})] == ["n"]
    assert clashes(chain, {"list.down": "n,down", "list.new": "N"}) == []


def test_an_override_may_name_a_key_by_its_character() -> None:
    chain = [[bind("slash", "list.filter")], [bind("f", "app.files")]]
    assert [clash.key for clash in clashes(chain, {"app.files": "/"})] == ["slash"]


def test_an_override_of_nothing_is_reported_with_the_nearest_name() -> None:
    [sentence] = unknown_ids({"list.dwon": "n"}, ["list.down", "list.up"])
    assert "list.dwon" in sentence
    assert "list.down" in sentence


def test_the_bindings_of_a_class_are_found_with_one_key_each() -> None:
    keys = {binding.key for binding in declared(RecordTable) if binding.id == "list.down"}
    assert keys == {"down", "j"}
