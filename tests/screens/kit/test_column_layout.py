"""Columns on a wide and on a narrow screen."""

from hypothesis import given
from hypothesis import strategies as st

from models.listing import Column, ColumnKind
from screens.kit.column_layout import GAP, place_columns

NUMBER = Column("number", "Number", width=10)
OWNER = Column("owner", "Owner", width=20, priority=2)
STATE = Column("state", "State", kind="state", width=8, priority=3)
UNTIL = Column("until", "Until", kind="date", width=10, priority=3)
NOTE = Column("note", "Note", width=30, hidden=True)
ALL = (NUMBER, OWNER, STATE, UNTIL, NOTE)


def shown(width: int, chosen: list[str] | None = None) -> list[str]:
    return [placed.column.id for placed in place_columns(ALL, width, chosen)]


def test_all_columns_that_are_not_hidden_stand_side_by_side() -> None:
    assert shown(54) == ["number", "owner", "state", "until"]


def test_the_least_important_goes_first_and_of_equals_the_rightmost() -> None:
    assert shown(53) == ["number", "owner", "state"]
    assert shown(41) == ["number", "owner"]
    assert shown(31) == ["number"]


def test_the_first_column_is_narrowed_rather_than_left_out() -> None:
    placed = place_columns(ALL, 6)
    assert [(each.column.id, each.width) for each in placed] == [("number", 6)]


def test_the_operator_picks_and_orders_columns_hidden_ones_too() -> None:
    assert shown(80, ["note", "number"]) == ["note", "number"]
    assert shown(80, ["number", "no such column"]) == ["number"]


def test_cells_are_taken_from_where_the_listing_has_them() -> None:
    assert [placed.index for placed in place_columns(ALL, 80, ["note", "number"])] == [4, 0]


def test_room_that_is_left_goes_to_text_up_to_twice_the_wished_width() -> None:
    widths = {placed.column.id: placed.width for placed in place_columns(ALL, 200)}
    assert widths == {"number": 20, "owner": 40, "state": 8, "until": 10}


KINDS: list[ColumnKind] = ["text", "money", "date"]
columns = st.lists(
    st.builds(
        Column,
        st.uuids().map(str),
        st.just("Title"),
        st.sampled_from(KINDS),
        st.integers(1, 60),
        st.integers(1, 5),
        st.just("none"),
        st.booleans(),
    ),
    max_size=12,
)


@given(columns, st.integers(0, 250))
def test_columns_never_overlap_and_never_leave_the_screen(columns: list[Column], width: int) -> None:
    end = -GAP
    for placed in place_columns(columns, width):
        assert placed.x == end + GAP
        end = placed.x + placed.width
    assert end <= width
