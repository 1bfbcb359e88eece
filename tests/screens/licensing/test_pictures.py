"""What keys and licences look like: the instances of a shipment, a block with bad numbers, what ends."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot
from textual.widgets import TextArea

from models.actor import Actor
from models.keys.tables import ProtectionKey
from models.kinds import RecordRef
from models.language import use_language
from models.licensing.blocks import numbers_of
from models.licensing.entering import add_licences
from models.licensing.picking import pick_key
from screens.document_keys import DocumentKeysScreen
from screens.number_block import NumberBlock
from screens.renewals import RenewalsBody
from tests.models.licensing.shipping import instances, shipment_of
from tests.screens.licensing.test_document_keys import invoice_of
from tests.screens.small_company import Program, stop_blinking, until
from tests.screens.test_pictures import asks
from tui.app import TurboFly
from tui.settings import Settings

Wares = tuple[int, int]
Steps = Callable[[Pilot[None], TurboFly, int], Awaitable[None]]


async def keys_of_a_shipment(pilot: Pilot[None], app: TurboFly, shipment: int) -> None:
    app.open_record(RecordRef("document", shipment))
    await until(pilot, lambda: getattr(app.screen, "look", None) is not None)
    await pilot.press("l")
    await until(pilot, lambda: isinstance(app.screen, DocumentKeysScreen) and app.screen.look is not None)
    await until(pilot, lambda: bool(app.screen.query_one("InstanceTable").cursor_id))  # type: ignore[attr-defined]


async def a_block(pilot: Pilot[None], app: TurboFly, shipment: int) -> None:
    await keys_of_a_shipment(pilot, app, shipment)
    await pilot.press("l")
    await until(pilot, lambda: isinstance(app.screen, NumberBlock))
    app.screen.query_one(TextArea).insert("GS-000011\nАА-000012\nGS-100\nGS-000011\nGS-000001")


async def what_ends(pilot: Pilot[None], app: TurboFly, _shipment: int) -> None:
    await pilot.press("left_square_bracket", "left_square_bracket")
    await until(pilot, lambda: bool(app.screen.query(RenewalsBody)))
    await until(pilot, lambda: bool(app.screen.query_one(RenewalsBody).lines.lines))
    await pilot.press("down", "down", "down", "space")


PICTURES: dict[str, Steps] = {"instances": keys_of_a_shipment, "block": a_block, "renewals": what_ends}


def at_rest(app: TurboFly) -> bool:
    """Whether all that was asked for is there."""
    channels = ("rows", "top", "count", "look", "figures", "calendar", "check", "card", "counts")
    return not any(asks(app, channel) for channel in channels)


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", PICTURES)
def test_picture(
    name: str,
    size: tuple[int, int],
    language: str,
    program: Program,
    anna: Actor,
    wares: Wares,
    snap_compare: Callable[..., bool],
) -> None:
    shipment = shipment_of(anna, invoice_of(anna, wares, 5))
    first, second = instances(shipment)
    pick_key(anna, [first.id, second.id], ProtectionKey.get(ProtectionKey.number == "0B77-4711").id)
    add_licences(anna, first.id, numbers_of("GS-000001..GS-000002"))
    use_language(language)
    app = program("keys", settings=Settings(theme="dark"))

    async def before(pilot: Pilot[None]) -> None:
        await pilot.pause()
        await until(pilot, lambda: at_rest(app))
        await PICTURES[name](pilot, app, shipment)
        await until(pilot, lambda: at_rest(app))
        await pilot.pause()
        stop_blinking(app)
        await until(pilot, lambda: at_rest(app))

    assert snap_compare(app, terminal_size=size, run_before=before)
