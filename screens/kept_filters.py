"""Filters kept under a name: picking one, keeping the one that is on, forgetting one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.errors import RuleBroken
from models.language import _
from models.text import clean
from screens.kit.dialogs import AskText, PickOne

if TYPE_CHECKING:
    from screens.list_pane import ListPane

_FORGET = "\0forget"


def pick_filter(pane: ListPane) -> None:
    """Let the operator choose one of the filters that he kept for this list."""
    kept = pane.memory.filters(pane.view.name)
    if not kept:
        pane.app.notify(_("No filter is kept for this list yet: type one, then press F2."), timeout=5)
        return
    choices = [(name, f"{name}   {text}") for name, text in kept.items()]
    if pane.filter_text in kept.values():
        choices.append((_FORGET, _("Forget the filter that is on")))

    def picked(name: str | None) -> None:
        if name == _FORGET:
            _forget(pane, pane.filter_text)
        elif name is not None:
            pane.call_later(pane.set_filter, kept[name])

    pane.app.push_screen(PickOne[str](_("Kept filters"), choices), picked)


def _forget(pane: ListPane, text: str) -> None:
    for name, kept in pane.memory.filters(pane.view.name).items():
        if kept == text:
            _tell(pane, pane.memory.keep_filter(pane.view.name, name, ""), _("Forgotten: {name}").format(name=name))


def keep_filter(pane: ListPane) -> None:
    """Keep the filter that is on under a name."""
    text = pane.filter_text.strip()
    if not text:
        pane.app.notify(_("There is no filter to keep: press / and type one."), timeout=5)
        return

    def named(name: str | None) -> None:
        if name is not None:
            fault = pane.memory.keep_filter(pane.view.name, clean(name), text)
            _tell(pane, fault, _("Kept as “{name}”; f picks it again.").format(name=clean(name)))

    pane.app.push_screen(AskText(_("Keep this filter"), text, check=_check_name), named)


def _check_name(name: str) -> None:
    if not clean(name):
        raise RuleBroken("name", _("It needs a name."))


def _tell(pane: ListPane, fault: str, done: str) -> None:
    if fault:
        pane.app.notify(_("The choice cannot be kept: {reason}").format(reason=fault), severity="warning")
    else:
        pane.app.notify(done, timeout=4)
