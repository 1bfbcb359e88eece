"""What the client's own views look like: likely duplicates, the comparison before a merge, campaigns.

``pytest --snapshot-update`` takes the pictures anew; look at them before committing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable
from decimal import Decimal

import pytest
from textual.pilot import Pilot

from models.campaigns.actions import add_campaign
from models.clients.actions import add_client
from models.kinds import RecordRef
from models.language import use_language
from screens.duplicates_line import DuplicatesLine
from screens.kit.record_picker import RecordPicker
from screens.merging import MergeView
from tests.screens.small_company import Program, shown_text, stop_blinking, type_text, until
from tests.screens.test_card_editing import here
from tests.screens.test_pictures import asks
from tui.app import TurboFly
from tui.settings import Settings

Steps = Callable[[Pilot[None], TurboFly], Awaitable[None]]


async def duplicates(pilot: Pilot[None], app: TurboFly) -> None:
    """The form of a new client whose name three others have or resemble."""
    add_client(app.actor, {"name": "Ромашка", "inn": "7707083893"})
    add_client(app.actor, {"name": "АО «Ромашка плюс»"})
    await pilot.press("n")
    await until(pilot, lambda: here(app) == "name")
    await type_text(pilot, "Ромашка")
    await until(pilot, lambda: len(app.screen.query_one(DuplicatesLine).likely) == 3)


async def picking(pilot: Pilot[None], app: TurboFly) -> None:
    """With which other client this one is to be merged."""
    add_client(app.actor, {"name": "Ромашка", "inn": "7707083893", "website": "romashka.ru"})
    app.open_record(RecordRef("client", 1))
    await until(pilot, lambda: "GS-100001" in shown_text(app) or "Фокин" in shown_text(app))
    await pilot.press("m")
    await until(pilot, lambda: isinstance(app.screen, RecordPicker) and "#6" in shown_text(app))


async def merging(pilot: Pilot[None], app: TurboFly) -> None:
    """Both clients, field by field."""
    await picking(pilot, app)
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(app.screen, MergeView))


async def campaigns(pilot: Pilot[None], app: TurboFly) -> None:
    """The list of campaigns."""
    autumn = {"start": dt.date(2026, 9, 1), "end": dt.date(2026, 11, 30), "state": "running"}
    add_campaign(app.actor, {"name": "Осенние скидки", "discount": Decimal("12.5"), **autumn})
    add_campaign(app.actor, {"name": "Переход на версию 2027", "kind": "vendor", "vendor": 1, "planned_budget": 60_000})
    await pilot.press("right_square_bracket", "right_square_bracket")
    await until(pilot, lambda: "Осенние скидки" in shown_text(app))


PICTURES: dict[str, tuple[str, Steps]] = {
    "duplicates": ("clients", duplicates),
    "merge-with": ("clients", picking),
    "merge": ("clients", merging),
    "campaigns": ("company", campaigns),
}


def at_rest(app: TurboFly) -> bool:
    """Whether all that the screen asked for is there."""
    channels = ("open", "rows", "top", "count", "counts", "card", "duplicates", "candidates", "merge")
    return not any(asks(app, channel) for channel in channels)


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", PICTURES)
def test_picture(
    name: str, size: tuple[int, int], language: str, program: Program, snap_compare: Callable[..., bool]
) -> None:
    section, steps = PICTURES[name]
    use_language(language)
    app = program(section, settings=Settings(theme="dark"))

    async def before(pilot: Pilot[None]) -> None:
        await until(pilot, lambda: "Ромашка" in shown_text(app) or "Гранд-Смета" in shown_text(app))
        await steps(pilot, app)
        await until(pilot, lambda: at_rest(app))
        await pilot.pause()
        stop_blinking(app)
        await until(pilot, lambda: at_rest(app))

    assert snap_compare(app, terminal_size=size, run_before=before)
