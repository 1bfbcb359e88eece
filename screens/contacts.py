"""Logging a contact with a client, and setting a reminder, from whatever is on the screen: each on one short form."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from models.cards.making import contact_at
from models.language import _

if TYPE_CHECKING:
    from textual.app import App

    from models.kinds import RecordRef


def log_interaction(
    app: App[Any], client_id: int | None, person_id: int | None = None, about: RecordRef | None = None
) -> None:
    """Open the form of a new interaction with a client; ``about`` is the record that it is logged from."""
    preset = {"client": client_id, "person": person_id}
    if about is not None:
        preset |= {"about_kind": about.kind, "about_id": about.id}  # type: ignore[dict-item]
    _open(app, "interaction", {name: value for name, value in preset.items() if value is not None})


def log_interaction_at(app: App[Any], ref: RecordRef | None) -> None:
    """The same from a record of any kind: whom it is with is what the record says."""
    _open(app, "interaction", contact_at(ref))


def set_reminder_at(app: App[Any], ref: RecordRef | None) -> None:
    """Open the form of a new reminder about a record, or about nothing."""
    _open(app, "reminder", {} if ref is None else {"about_kind": ref.kind, "about_id": ref.id})


def _open(app: App[Any], kind: str, preset: Mapping[str, Any]) -> None:
    """When it is saved, the operator is again where he was."""
    from screens.card import CardScreen

    app.push_screen(CardScreen.new(kind, preset, then=partial(_saved, app)))


def _saved(app: App[Any], _record_id: int, label: str) -> None:
    app.notify(_("Saved: {name}").format(name=label), timeout=4)
