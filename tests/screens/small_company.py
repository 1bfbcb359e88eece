"""A small company by name, and the program over it."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from collections.abc import Callable
from typing import Any

from textual.events import Key
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.widgets import Input

from models.actor import Actor
from models.catalogue.actions import add_product, vendor_named
from models.clients.actions import add_client, add_person
from models.company.actions import add_operator, found_company, founder
from models.company.identity import actor_for, system_login
from models.database import DatabaseURL
from models.keys.actions import add_key
from models.licensing.actions import add_licence
from screens.kit.gateway import Gateway
from screens.kit.record_table import RecordTable
from tui.app import TurboFly
from tui.assembly import services
from tui.settings import Settings

PATIENCE_SECONDS = 20.0
CLIENTS = (
    ("ООО «Ромашка»", "client"),
    ("ЗАО «Вектор плюс»", "client"),
    ("Northwind Traders", "client"),
    ("ИП Кузнецова Анна Петровна", "candidate"),
    ("АО «Гидромаш-Казань»", "candidate"),
)
KEYS = (
    ("0A1F-4433", "HASP HL Pro", 1, "issued"),
    ("0A1F-4434", "HASP HL Pro", 2, "issued"),
    ("0B77-0001", "Guardant Sign", None, "in_stock"),
    ("0C11-9000", "Guardant Sign", 3, "lent"),
)
TODAY = dt.date(2026, 11, 23)
LICENCES = (
    ("GS-100001", 1, 1, 1, TODAY + dt.timedelta(days=8), None),
    ("GS-100002", 1, 1, 1, TODAY + dt.timedelta(days=8), None),
    ("GS-100003", 2, 1, 2, None, TODAY + dt.timedelta(days=3)),
    ("NC-7F3A-01", 3, 2, 4, TODAY + dt.timedelta(days=20), None),
    ("NC-7F3A-02", 3, 2, 4, TODAY - dt.timedelta(days=5), None),
)


def found() -> None:
    """Write the company into the open, empty database."""
    director = {"login": "anna", "name": "Anna", "system_login": system_login()}
    found_company(founder("anna", "Anna", "test"), {"name": "Our company"}, director)
    anna = actor_for("anna", "test")
    add_operator(anna, {"login": "boris", "name": "Boris", "roles": ("sales",)})
    products = [
        _product(anna, "GRD-01", "Гранд-Смета", "Гранд"),
        _product(anna, "NC-PRO", "nanoCAD Механика", "Нанософт"),
    ]
    clients = [add_client(anna, {"name": name, "status": status}) for name, status in CLIENTS]
    add_person(anna, {"name": "Фокин Сергей", "client": clients[0], "position": "начальник отдела САПР"})
    keys = [_key(anna, clients, *key) for key in KEYS]
    for number, client, product, key, expires, maintenance in LICENCES:
        add_licence(
            anna,
            {
                "number": number,
                "client": clients[client - 1],
                "product": products[product - 1],
                "key": keys[key - 1],
                "issued": dt.date(2026, 1, 10),
                "expires": expires,
                "maintenance_until": maintenance,
            },
        )


def _product(by: Actor, code: str, name: str, vendor: str) -> int:
    return add_product(by, {"code": code, "name": name, "vendor": vendor_named(by, vendor), "kind": "licence"})


def _key(by: Actor, clients: list[int], number: str, model: str, owner: int | None, state: str) -> int:
    values: dict[str, Any] = {"number": number, "model": model, "state": state}
    if owner is not None:
        values["owner"] = clients[owner - 1]
    if state == "lent":
        values["return_due"] = dt.date(2026, 11, 1)
    return add_key(by, values)


class Program:
    """Makes programs over the company and closes them."""

    def __init__(self, url: DatabaseURL, actor: Actor) -> None:
        self._url = url
        self._actor = actor
        self._gateways: list[Gateway] = []
        self.unheard: list[Exception] = []

    def __call__(self, section: str, *, actor: Actor | None = None, settings: Settings | None = None) -> TurboFly:
        """The program, to be run by ``run_test``."""
        from tui.assembly import connection

        gateway = Gateway(connection, self.unheard.append)
        self._gateways.append(gateway)
        return TurboFly(
            services(actor or self._actor, gateway, settings or Settings(), (), section, str(self._url.path))
        )

    def close(self) -> None:
        """Let the threads end."""
        for gateway in self._gateways:
            gateway.close()


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    """Let the program go on until the condition holds."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end, "it did not come to that"
        await pilot.pause()
        if not condition():
            await asyncio.sleep(0.005)


def shown_rows(app: TurboFly) -> list[str]:
    """The rows of the list that is shown, as text."""
    tables = [table for table in app.screen.query(RecordTable) if table.display and table.parent is not None]
    table = next(table for table in tables if table.region.height)
    lines = [table.render_line(y).text.strip(" ▌●") for y in range(1, table.size.height)]
    return [line for line in lines if line]


def shown_text(app: TurboFly) -> str:
    """All that stands on the screen."""
    width, height = app.size
    screen = app.screen
    lines = [strip.text for strip in screen._compositor.render_strips()] if width and height else []
    return "\n".join(lines)


async def press_at_once(pilot: Pilot[None], *keys: str) -> None:
    """Press keys as they come over a slow line: the next does not wait until the one before was answered."""
    for key in keys:
        pilot.app.post_message(Key(_character_to_key(key), key) if len(key) == 1 else Key(key, None))
    await pilot.pause()
    while isinstance(pilot.app, TurboFly) and pilot.app.keys_wait:
        await pilot.pause()
    # The last one is on its way by now.
    await pilot.pause()


async def type_text(pilot: Pilot[None], text: str) -> None:
    """Type characters as they are."""
    await press_at_once(pilot, *text)


def stop_blinking(app: TurboFly) -> None:
    """Pictures are taken of cursors that stand still."""
    for entry in app.screen.query(Input):
        entry.cursor_blink = False
