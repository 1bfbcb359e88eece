"""Keys, licences, instances, renewals and pools over a poisoned company: nothing of it is obeyed, nothing fails."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from models.database import raw_connection
from tests.terminal.grammar import Size
from tests.terminal.poison import Poison
from tests.terminal.test_poisoned_screens import HOSTILE_PASTE, Poisoned, walking
from tests.terminal.walk import NARROW, Step, each_way

pytestmark = pytest.mark.terminal

PASTED = f"\x1b[200~{HOSTILE_PASTE}\x1b[201~"
KEYS_OF_AN_INVOICE = (
    Step("4 ] ] ]", sees="Invoices", list_of="document"),
    Step("/", sees="words, field:value"),
    Step(typed="state:issued date:2018-03", sees="Invoices 1 "),
    Step("enter", sees="s sort"),
    Step("home enter", sees="without VAT"),
    Step("l", sees="  Keys and licences: ", column="product.name"),
    Step("l", sees="─ Licences: "),
    Step(typed=PASTED, sees=" bad, room"),
    Step("f3"),
    Step("f6"),
    Step("enter"),
    Step("ctrl+s", sees="nothing is taken yet"),
    Step("escape", gone="nothing is taken yet"),
    Step("escape", sees="Nothing was taken yet."),
    Step("y", gone="─ Licences: "),
    Step("enter", sees="  Item instance  "),
    Step("]"),
    Step("]"),
    Step("escape", gone="  Item instance  ", sees="  Keys and licences: "),
    Step("escape", gone="  Keys and licences: ", sees="without VAT"),
)
KEY_OF_A_SHIPMENT = (
    Step("escape", gone="without VAT", sees="state:issued"),
    Step("escape", gone="state:issued"),
    Step("]", sees="Shipments", list_of="document"),
    Step("/", sees="words, field:value"),
    Step(typed="state:draft date:2018-03", sees="Shipments 1 "),
    Step("enter", sees="s sort"),
    Step("home enter", sees="Made from it"),
    Step("l", sees="  Keys and licences: ", column="protection_key.number"),
    Step("k", sees="─ Which key?", column="protection_key.model"),
    Step("enter", sees="Pick this key?", either="Somebody else's key"),
    Step("escape", gone="╭"),
    Step("escape", gone="  Keys and licences: ", sees="Made from it"),
    Step("escape", gone="Made from it"),
)
CARDS_OF_KEYS = (
    Step("enter", sees="s sort", list_of="protection_key"),
    Step("home enter", sees="  Protection key  ", column="protection_key.number"),
    Step("X", sees=" · in stock", column="protection_key.number"),
    Step("enter", sees="─ Exchange the key ─"),
    Step("escape", gone="─ Exchange the key ─"),
    Step("T", sees="─ To another client"),
    Step(typed="~", column="client.name"),
    Step(typed="zzzz", sees="+ make a new one"),
    Step("escape", gone="+ make a new one"),
    Step("escape", gone="─ To another client"),
    Step("M", sees="What became of key"),
    Step("enter", sees="ctrl+s goes on"),
    Step(typed=PASTED),
    Step("escape", gone="ctrl+s goes on"),
    Step("]"),
    Step("]"),
    Step("escape", gone="  Protection key  "),
    Step("escape", gone="state:issued"),
)
CARDS_OF_LICENCES = (
    Step("]", list_of="licence"),
    Step("home enter", sees="  Licence  ", column="licence.number"),
    Step("L", sees="─ What becomes of licence", column="licence.number"),
    Step(typed="Renew", gone="Suspend"),
    Step("enter", sees="─ Renew ─", gone="─ What becomes of licence"),
    Step(typed=PASTED),
    Step("ctrl+s", sees="whole number is expected"),
    Step("escape", gone="─ Renew ─", sees="  Licence  "),
    Step("]"),
    Step("escape", gone="  Licence  "),
)
RENEWALS_AND_POOLS = (
    Step("] ]", sees="licences and maintenance", column="client.name"),
    Step("t t", sees="90 days"),
    Step("down space a", sees="●"),
    Step("v", sees="ends on a day"),
    Step("y"),
    Step("n", sees="Which of our companies?", either="A quote for which?"),
    Step("escape", gone="╭"),
    Step("]", sees="Available", column="product.name"),
    Step("n", sees="─ Codes: "),
    Step(typed=PASTED, sees=" number"),
    Step("escape", sees="Nothing was taken yet."),
    Step("y", gone="─ Codes: "),
    Step("tab", column="vendor_code.code"),
    Step("delete", sees="─ Void the code"),
    Step("escape", gone="─ Void the code"),
)


@each_way(Poison.TEXTS, NARROW)
def test_what_is_done_with_keys_and_licences(poisoned: Poisoned, how: Poison, size: Size, tmp_path: Path) -> None:
    path, places = poisoned(how)
    own = Path(shutil.copy(path, tmp_path / "own.db"))
    all_are_issued(own)
    with walking(lambda _how: (own, places), how, size, tmp_path) as walk:
        if how is Poison.TEXTS:
            walk.go([*KEYS_OF_AN_INVOICE, *KEY_OF_A_SHIPMENT, *issued_keys(own)])
            walk.go([*CARDS_OF_KEYS, *CARDS_OF_LICENCES, *RENEWALS_AND_POOLS])


def all_are_issued(path: Path) -> None:
    """Whichever licence the cursor comes to: it can be renewed."""
    connection = raw_connection(path)
    connection.execute("update licence set state = 'issued'")
    connection.close()


def issued_keys(path: Path) -> list[Step]:
    """The way to the list of keys that are issued, which is there when it says how many they are."""
    connection = raw_connection(path)
    (count,) = connection.execute("select count(*) from protection_key where state = 'issued'").fetchone()
    connection.close()
    return [
        Step("5", list_of="protection_key"),
        Step("/", sees="words, field:value"),
        Step(typed="state:issued", sees=f"Keys {count:,} "),
    ]
