"""The title line of a list: the open one is always seen, whatever room there is."""

from __future__ import annotations

import pytest

from screens.kit.list_head import HeadFacts, HeadTab, head_pieces

NAMES = ("Timeline", "People", "Interactions", "Mail", "Licences", "Keys", "Instances", "Reminders", "History")
TABS = tuple(HeadTab(name.lower(), name, 10) for name in NAMES)


def line(current: str, width: int, note: str = "") -> str:
    """The line as text."""
    return "".join(piece.text for piece in head_pieces(HeadFacts(TABS, current, note=note), width))


def test_with_room_every_list_is_there_with_its_count() -> None:
    assert line("mail", 200) == "".join(f" {name} 10  " for name in NAMES)


def test_counts_of_others_go_first() -> None:
    assert line("keys", 100).split() == " ".join([*NAMES[:6], "10", *NAMES[6:]]).split()


@pytest.mark.parametrize("current", [name.lower() for name in NAMES])
@pytest.mark.parametrize("width", [34, 44, 61, 79])
def test_the_open_list_and_the_filter_are_seen_in_little_room(current: str, width: int) -> None:
    text = line(current, width, "/kind:key")
    assert len(text) <= width
    assert f"{current.title()} 10" in text
    assert "/kind:key" in text
    assert "…" in text
