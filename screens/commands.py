"""What the find-anything box can do by name: go to a section, make a record, and every key of the screen below it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from models.cards.definitions import CARDS
from models.company.permissions import IMPORT_TABLES
from models.kinds import KINDS
from models.language import N_, _
from screens.shell import shell_of

if TYPE_CHECKING:
    from textual.app import App

    from models.writing import Actor

_NOT_BY_NAME = frozenset({"app.find", "app.section", "app.back", "list.import"})
IMPORTABLE = {
    "clients": N_("clients"),
    "products": N_("products"),
    "keys": N_("protection keys"),
    "licences": N_("licences"),
}
"""The tables that can be imported, with what they hold (msgids)."""


@dataclass(frozen=True, slots=True)
class Command:
    """Something to do: its name in the operator's language, its keys, and how it is done."""

    title: str
    run: Callable[[], Any]
    keys: str = ""


def commands_of(app: App[Any]) -> tuple[Command, ...]:
    """The commands that work now, over the screen that lies below a box that has just opened."""
    below = app.screen_stack[-2] if len(app.screen_stack) > 1 else app.screen
    actor = shell_of(below).actor
    return (*_sections(app), *_new_records(app, actor), *_imports(app, actor), *_keys(app))


def _sections(app: App[Any]) -> Iterator[Command]:
    for section in shell_of(app.screen).frame_facts().sections:
        title = _("Go to {section}").format(section=_(section.title))
        yield Command(title, partial(app.run_action, f"section({section.digit})"), str(section.digit))


def _new_records(app: App[Any], actor: Actor) -> Iterator[Command]:
    for kind, card in CARDS.items():
        if card.add is not None and actor.may(card.permission):
            yield Command(_("New: {kind}").format(kind=_(KINDS[kind].title)), partial(_new, app, kind))


def _new(app: App[Any], kind: str) -> None:
    from screens.card import CardScreen

    app.push_screen(CardScreen.new(kind, {}))


def _imports(app: App[Any], actor: Actor) -> Iterator[Command]:
    if actor.may(IMPORT_TABLES):
        for kind, title in IMPORTABLE.items():
            yield Command(_("Import a table: {kind}").format(kind=_(title)), partial(_import, app, kind))


def _import(app: App[Any], kind: str) -> None:
    from screens.import_table import ask_for_table

    ask_for_table(app, kind)


def _keys(app: App[Any]) -> Iterator[Command]:
    """Every key that the screen below shows in its help."""
    below = app.screen_stack[-2] if len(app.screen_stack) > 1 else app.screen
    seen: set[str] = set()
    for node, binding, enabled, _tooltip in below.active_bindings.values():
        name = (binding.id or "").partition("-")[0]
        if not binding.id or not binding.description or not enabled or name in _NOT_BY_NAME or binding.id in seen:
            continue
        seen.add(binding.id)
        title = _(binding.description)
        run = partial(app.run_action, binding.action, node)
        yield Command(title[:1].upper() + title[1:], run, app.get_key_display(binding))
