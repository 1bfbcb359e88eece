"""Checks the operator's key map against the bindings of the program: unknown names, and keys wanted twice."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from typing import Any

from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from screens.kit.keymap import clashes, declared, unknown_ids


def bound_classes() -> list[type[DOMNode]]:
    """Every screen and widget class of the program; loads all modules of ``screens``."""
    import screens

    for module in pkgutil.walk_packages(screens.__path__, f"{screens.__name__}."):
        importlib.import_module(module.name)
    return [one for one in _subclasses(DOMNode) if one.__module__.split(".")[0] == screens.__name__]


def _subclasses(one: type[DOMNode]) -> Iterable[type[DOMNode]]:
    for subclass in one.__subclasses__():
        yield subclass
        yield from _subclasses(subclass)


def keymap_faults(
    overrides: Mapping[str, str], app_class: type[DOMNode], classes: Iterable[type[DOMNode]]
) -> list[str]:
    """What is wrong with a key map, a sentence for each fault, none twice.

    Each class is looked at alone and below the application; which widgets stand in which screen is seen when
    the screen is shown (``shown_faults``).
    """
    everywhere = declared(app_class)
    chains = [[everywhere], *(_chain(one, everywhere) for one in classes)]
    known = {binding.id for chain in chains for bindings in chain for binding in bindings if binding.id}
    faults = unknown_ids(overrides, known)
    faults += [str(clash) for chain in chains for clash in clashes(chain, overrides)]
    return list(dict.fromkeys(faults))


def _chain(one: type[DOMNode], everywhere: tuple[Binding, ...]) -> list[tuple[Binding, ...]]:
    """What a modal screen binds hides nothing: the keys below it do not work while it is open."""
    return [declared(one)] if issubclass(one, ModalScreen) else [declared(one), everywhere]


def shown_faults(screen: Screen[Any], overrides: Mapping[str, str]) -> list[str]:
    """Keys that two bindings want while one of the widgets of this screen has the focus."""
    faults: list[str] = []
    for widget in screen.walk_children(Widget):
        if widget.can_focus:
            nodes = list(widget.ancestors_with_self)
            modal = next((place for place, node in enumerate(nodes, 1) if node.is_modal), len(nodes))
            chain = [declared(type(node)) for node in nodes[:modal]]
            faults += [str(clash) for clash in clashes(chain, overrides)]
    return list(dict.fromkeys(faults))
