"""Keys: what the operator's own key map may say, which keys clash, and the Cyrillic twins of all of them.

A binding's ``id`` is its name in the configuration file (``list.down``). Textual lets the inner of two
bindings of one key shadow the outer silently; ``clashes`` finds those.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from models.language import _
from screens.kit.glyphs import Glyphs

if TYPE_CHECKING:
    from textual.binding import ActiveBinding, Binding
    from textual.dom import DOMNode

# The ЙЦУКЕН layout of a PC keyboard, key by key beside the Latin one (xkeyboard-config: ru(winkeys) and us).
_LATIN = """`qwertyuiop[]asdfghjkl;'zxcvbnm,./~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>?@#$^&"""
_CYRILLIC = """ёйцукенгшщзхъфывапролджэячсмитьбю.ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,"№;:?"""

_KEY_NAMES = {
    "`": "grave_accent", "[": "left_square_bracket", "]": "right_square_bracket", ";": "semicolon",
    "'": "apostrophe", ",": "comma", ".": "full_stop", "/": "slash", "~": "tilde", "{": "left_curly_bracket",
    "}": "right_curly_bracket", ":": "colon", '"': "quotation_mark", "<": "less_than_sign",
    ">": "greater_than_sign", "?": "question_mark", "@": "at", "#": "number_sign", "$": "dollar_sign",
    "^": "circumflex_accent", "&": "ampersand", "№": "numero_sign", "*": "asterisk", "+": "plus",
    "-": "minus", "_": "underscore", "=": "equals_sign", "!": "exclamation_mark", "%": "percent_sign",
    "(": "left_parenthesis", ")": "right_parenthesis", "|": "vertical_line", "\\": "backslash", " ": "space",
}  # fmt: skip
"""Textual's names of the keys that are no letters or digits."""

_TWINS = {
    _KEY_NAMES.get(cyrillic, cyrillic): _KEY_NAMES.get(latin, latin)
    for latin, cyrillic in zip(_LATIN, _CYRILLIC, strict=True)
}

_STEP_KEYS = frozenset(
    {"escape", "enter", "space", "tab", "shift+tab", "up", "down", "left", "right", "home", "end"}
    | {"pageup", "pagedown", "backspace", "delete"}
)
"""Keys that mean "here": that a widget takes them before the screen does is what the operator expects."""


def key_name(key: str) -> str:
    """A key as Textual names it: ``/`` is ``slash``, ``ctrl+/`` is ``ctrl+slash``; names stay as they are."""
    *modifiers, last = key.rsplit("+", 1) if len(key) > 1 else [key]
    return "+".join([*modifiers, _KEY_NAMES.get(last, last)])


def twin_of(key: str) -> str | None:
    """The key that stands in the same place under a Latin layout; None for a key that has no twin.

    ``о`` is ``j``, ``ctrl+л`` is ``ctrl+k`` (so terminals with the kitty protocol report it), and ``.`` is
    ``/``: those few that both layouts have are read as twins only where the key itself means nothing.
    """
    *modifiers, last = key.split("+")
    latin = _TWINS.get(last)
    return None if latin is None else "+".join([*modifiers, latin])


class Clash(NamedTuple):
    """One key that two bindings want; ``shadowed`` never gets it."""

    key: str
    wins: str
    shadowed: str

    def __str__(self) -> str:
        return _("The key {key} of “{wins}” hides the same key of “{shadowed}”.").format(
            key=self.key, wins=self.wins, shadowed=self.shadowed
        )


def _keys_in_effect(bindings: Iterable[Binding], overrides: Mapping[str, str]) -> Iterator[tuple[str, Binding]]:
    rebound: set[str] = set()
    for binding in bindings:
        override = overrides.get(binding.id or "")
        if override is None:
            yield key_name(binding.key), binding
        elif binding.id and binding.id not in rebound:
            rebound.add(binding.id)
            for key in override.split(","):
                yield key_name(key.strip()), binding


def _comes_first(outer: Binding, inner: Binding, overrides: Mapping[str, str]) -> bool:
    """Whether a screen takes a key before the widget in it, as the program means it."""
    return outer.priority and not {outer.id, inner.id} & overrides.keys()


def clashes(chain: Sequence[Iterable[Binding]], overrides: Mapping[str, str]) -> list[Clash]:
    """The keys that two different bindings of a chain want, inner nodes first, as ``ancestors_with_self`` goes.

    Bindings without an id are Textual's own and may be taken over. Between nodes of the chain, a step key
    (enter, escape, the arrows …) belongs to the innermost.
    """
    found: list[Clash] = []
    taken: dict[str, Binding] = {}
    for bindings in chain:
        here: dict[str, Binding] = {}
        for key, binding in _keys_in_effect(bindings, overrides):
            if binding.id is None:
                continue
            other = here.get(key) or (None if key in _STEP_KEYS else taken.get(key))
            if other is None:
                here[key] = binding
            elif other.id != binding.id and not _comes_first(binding, other, overrides):
                found.append(Clash(key, other.id or "", binding.id))
        taken = here | taken
    return found


@cache
def declared(node: type[DOMNode]) -> tuple[Binding, ...]:
    """The bindings that a class and its bases declare, with one key each, twice where two bases bind one key."""
    from textual.binding import Binding

    classes = [base for base in node.__mro__ if "BINDINGS" in base.__dict__]
    bindings = [binding for base in classes for binding in Binding.make_bindings(base.__dict__["BINDINGS"])]
    seen: dict[tuple[str, str | None], Binding] = {}
    for binding in bindings:
        seen.setdefault((binding.key, binding.id), binding)
    return tuple(seen.values())


def in_declared_order(active: Iterable[ActiveBinding]) -> list[ActiveBinding]:
    """Live bindings as their classes declare them, the nodes in the order given.

    Textual puts a binding that the operator's key map changed behind all others of its node.
    """
    found = list(active)
    nodes = list(dict.fromkeys(node for node, *_rest in found))
    places = {
        (node, binding.id): place for node in nodes for place, binding in enumerate(reversed(declared(type(node))))
    }
    return sorted(found, key=lambda one: (nodes.index(one.node), -places.get((one.node, one.binding.id), 0)))


def unknown_ids(overrides: Mapping[str, str], known: Iterable[str]) -> list[str]:
    """A sentence for every override that names no binding, with the nearest name there is."""
    names = sorted(set(known))
    return [_unknown(name, names) for name in overrides if name not in names]


def _unknown(name: str, names: list[str]) -> str:
    near = difflib.get_close_matches(name, names, n=1)
    text = _("No key binding is called “{name}”.").format(name=name)
    return f"{text} {_('Did you mean “{near}”?').format(near=near[0])}" if near else text


_CHARACTERS = {name: character for character, name in _KEY_NAMES.items() if character != " "}
_SHORT_NAMES = {"escape": "esc", "pagedown": "pgdn", "pageup": "pgup", "delete": "del", "insert": "ins"}


def key_label(key: str, drawn: Glyphs) -> str:
    """How a key is written for people: ``ctrl+k``, ``/``, ``esc``, ``↓``."""
    *modifiers, last = key.split("+")
    arrows = {"up": drawn.arrow_up, "down": drawn.arrow_down, "left": drawn.arrow_left, "right": drawn.arrow}
    label = _CHARACTERS.get(last) or _SHORT_NAMES.get(last) or arrows.get(last) or last
    return "+".join([*modifiers, label])
