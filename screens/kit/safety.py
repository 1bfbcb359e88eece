"""The last gate before the terminal: whatever text a widget drew, nothing in it can speak to the terminal.

Text is cleaned when it comes in and again when a widget shows it (``models.text``); this filter holds for
all the rest, Textual's own widgets included, because every line on the screen passes it. ECMA-48 control
functions (C0, C1, ESC), bidirectional controls and other format characters do not pass, nor do links.
"""

import re
from functools import lru_cache
from unicodedata import category

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from screens.kit.glyphs import TO_ASCII

_SIGN = "\ufffd"
# Invisible characters that Unicode calls letters or marks, so that str.isprintable() lets them pass.
_INVISIBLE_LETTER = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)


@lru_cache(maxsize=4096)
def harmless(text: str) -> str:
    """The text as it may be written to a terminal, exactly as many cells wide as before.

    What takes no cell is left out, since a visible sign would push the rest of the line aside; what takes
    one becomes U+FFFD. No-break spaces and the like become plain ones.
    """
    if text.isprintable() and not _INVISIBLE_LETTER.search(text):
        return text
    return "".join(map(_harmless_character, text))


def _harmless_character(character: str) -> str:
    if character.isprintable() and not _INVISIBLE_LETTER.match(character):
        return character
    return (" " if category(character) == "Zs" else _SIGN) * cell_len(character)


@lru_cache(maxsize=4096)
def without_links(style: Style) -> Style:
    """The style without its hyperlink and without actions of the ``@click`` kind."""
    if style.link is None and not any(name.startswith("@") for name in style.meta):
        return style
    meta = {name: value for name, value in style.meta.items() if not name.startswith("@")}
    return style.clear_meta_and_links() + (Style.from_meta(meta) if meta else Style())


class SafeLines(LineFilter):
    """Makes every line harmless; with ``ascii``, also free of frame and mark characters beyond ASCII."""

    def __init__(self, *, ascii: bool = False) -> None:
        super().__init__()
        self.ascii = ascii

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same cells with harmless text and no links."""
        return [self._safe(segment) for segment in segments]

    def _safe(self, segment: Segment) -> Segment:
        text, style, _ = segment
        safe_text = text if text.isascii() and text.isprintable() else harmless(text)
        if self.ascii and not safe_text.isascii():
            safe_text = safe_text.translate(TO_ASCII).replace(_SIGN, "?")
        safe_style = None if style is None else without_links(style)
        return Segment(safe_text, safe_style)
