"""The windows round a form: what will change, two versions of a record, a draft that was left behind."""

from __future__ import annotations

import pytest
from textual.screen import Screen

from screens.kit.comparison import Side
from screens.kit.conflict import ConflictView
from screens.kit.difference import Difference, FieldDifference, difference_text
from screens.kit.draft_question import DraftQuestion
from screens.kit.drafts import Draft
from screens.kit.form_entries import Entry
from screens.kit.glyphs import ASCII, UNICODE
from tests.screens.kit.test_dialogs import HOSTILE, Asking, answer_of, drawn

CHANGED = [FieldDifference("Source", "", "expo"), FieldDifference("Status", "client", "candidate")]
SIDES = [Side("note", "Note", "a", "b", "a"), Side("source", "Source", "a", "mine", "theirs")]
DRAFT = Draft("client", 5, "client: ООО «Ромашка»", 1, {}, {}, {"name": Entry("x")})


def test_a_line_says_what_a_field_was_and_what_it_becomes() -> None:
    assert difference_text(CHANGED, UNICODE).plain.splitlines() == ["Source: expo", "Status: client → candidate"]
    assert "client > candidate" in difference_text(CHANGED, ASCII).plain


def test_a_field_that_is_emptied_says_so() -> None:
    assert difference_text([FieldDifference("Source", "expo", "")], UNICODE).plain == "Source: expo → (empty)"


def test_long_values_stand_below_each_other() -> None:
    text = difference_text([FieldDifference("Note", "one\ntwo", "three")], UNICODE).plain
    assert text.splitlines() == ["Note: one", "    two", "  → three"]


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (["enter"], True),
        (["ctrl+s"], True),
        (["escape"], False),
        (["shift+tab", "enter"], False),
    ],
)
async def test_enter_saves_what_was_shown_and_esc_goes_back(keys: list[str], answer: bool) -> None:
    assert await answer_of(Difference("Save these changes?", CHANGED), *keys) is answer


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (["m", "enter"], {"source": "mine", "note": "mine"}),
        (["t", "enter"], {"source": "theirs", "note": "mine"}),
        (["T", "ctrl+s"], {"source": "theirs", "note": "mine"}),
        (["right", "up", "left", "enter"], {"source": "mine", "note": "mine"}),
        (["escape"], None),
    ],
)
async def test_each_field_that_both_changed_is_decided_by_a_key(keys: list[str], answer: dict[str, str] | None) -> None:
    assert await answer_of(ConflictView("boris", SIDES), *keys) == answer


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (["enter"], "continue"),
        (["c"], "continue"),
        (["l"], "later"),
        (["escape"], "later"),
        (["right", "enter"], "later"),
        (["t"], "throw away"),
        (["right", "right", "enter"], "throw away"),
    ],
)
async def test_a_draft_is_gone_on_with_left_for_later_or_thrown_away(keys: list[str], answer: str) -> None:
    assert await answer_of(DraftQuestion(DRAFT), *keys) == answer


@pytest.mark.parametrize(
    "dialog",
    [
        Difference(HOSTILE, [FieldDifference("[b]x", "[/x] [red]", "[/x] [red]")]),
        ConflictView(HOSTILE, [Side("a", "[b]x", "[/x] [red]", "[/x] [red] 2", "[/x] [red] 3")]),
        DraftQuestion(Draft("client", 5, HOSTILE, 1, {}, {}, {})),
    ],
    ids=lambda dialog: type(dialog).__name__,
)
async def test_hostile_text_is_shown_as_it_is(dialog: Screen[object]) -> None:
    app = Asking(dialog)
    async with app.run_test(size=(80, 24)) as pilot:
        assert "[/x] [red]" in await drawn(pilot)
