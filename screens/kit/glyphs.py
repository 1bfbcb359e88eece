"""The few characters that are drawings rather than text: marks, arrows, frames, and what ASCII has for them.

Widgets ask ``glyphs(self.app)``; what other widgets draw by themselves (borders, scroll bars) is
translated on its way to the terminal by the line filter of ``screens.kit.safety``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from textual.app import App


class Glyphs(NamedTuple):
    """Marks, each one cell wide in every terminal."""

    cursor: str = "▌"
    marked: str = "●"
    sort_up: str = "▲"
    sort_down: str = "▼"
    ellipsis: str = "…"
    arrow: str = "→"
    arrow_left: str = "←"
    arrow_up: str = "↑"
    arrow_down: str = "↓"
    rule: str = "─"
    dot: str = "·"
    checked: str = "x"
    bar: str = "█"
    shades: str = "·░▒▓█"
    """From nothing to much."""


UNICODE = Glyphs()
ASCII = Glyphs(
    cursor=">",
    marked="*",
    sort_up="^",
    sort_down="v",
    ellipsis="~",
    arrow=">",
    arrow_left="<",
    arrow_up="^",
    arrow_down="v",
    rule="-",
    dot=".",
    bar="#",
    shades=".-+x#",
)


def glyphs(app: App[Any]) -> Glyphs:
    """The drawing characters of this application; Unicode where the application does not say."""
    chosen = getattr(app, "glyphs", None)
    return chosen if isinstance(chosen, Glyphs) else UNICODE


_DRAWN = (
    ("─━┄┅┈┉╌╍╴╶╸╺╼╾▁▔▂🬂🬭", "-"),
    ("═", "="),
    ("│┃┆┇┊┋╎╏║╵╷╹╻╽╿▏▎▍▌▐▕", "|"),
    ("░▒", ":"),
    ("←‹", "<"),
    ("→›▶▸►", ">"),
    ("↑▲△▴", "^"),
    ("↓▼▽▾", "v"),
    ("●•■◆★", "*"),
    ("○□◇☐☆", "o"),
    ("✓✔☑☒✗✘", "x"),
    ("·…⋯", "."),
    ("╱", "/"),
    ("╲", "\\"),
)
_BOX_DRAWING = range(0x2500, 0x2580)
_BLOCKS = range(0x2580, 0x25A0)
_CONTROL_PICTURES = range(0x2400, 0x2440)

TO_ASCII: dict[int, str] = (
    dict.fromkeys(_BOX_DRAWING, "+")
    | dict.fromkeys(_BLOCKS, "#")
    | dict.fromkeys(_CONTROL_PICTURES, "?")
    | {ord(character): plain for characters, plain in _DRAWN for character in characters}
)
"""A table for ``str.translate``: every drawing character to one ASCII character of the same width."""
