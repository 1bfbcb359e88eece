"""What the program may say to a terminal, as a strict grammar: whatever else is in its bytes came from the data.

Control functions are those of ECMA-48 and xterm that Textual and our driver use: the cursor's place, colours, modes,
the keyboard protocol of kitty, the pointer's shape, the clipboard. Text is what a terminal draws and nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"\x1b\[(?P<private>[<-?]?)(?P<parameters>[0-9;:]*)(?P<between>[ -/]*)(?P<final>[@-~])"
    r"|\x1b\](?P<command>[^\x00-\x1f\x7f-\x9f]*)(?:\x07|\x1b\\)"
    r"|(?P<feed>\r?\n)"
    r"|(?P<text>[^\x00-\x1f\x7f-\x9f]+)"
    r"|(?P<other>[\x00-\x1f\x7f-\x9f])",
)
_STYLES = frozenset(range(5)) | {7, 9, 22, 23, 24, 27, 29, 39, 49} | set(range(30, 38)) | set(range(40, 48))
_BRIGHT = frozenset(range(90, 98)) | frozenset(range(100, 108))
# Set when the program begins and unset when it ends: in between they stay as they are.
_MODES_OF_A_SESSION = frozenset({1000, 1003, 1004, 1006, 1015, 1016, 1049, 2004, 2031, 2048, 7})
_MODES_AT_ANY_TIME = frozenset({25, 2026})
_COMMANDS = re.compile(r"22;[a-z-]*|52;c;[A-Za-z0-9+/=]*")
# Blank or invisible characters that Unicode calls letters, marks or symbols.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0") | frozenset(map(chr, range(0xFE00, 0xFE10)))
_INVISIBLE_RANGE = range(0xE0000, 0xE1000)
_INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that the program must not say: what it is, what stood before and after it."""

    what: str
    near: str

    def __str__(self) -> str:
        return f"{self.what} near {self.near!r}"


@dataclass(frozen=True, slots=True)
class Size:
    """The size of the terminal, in cells."""

    rows: int
    columns: int


def faults(raw: bytes, size: Size) -> list[Fault]:
    """Everything in a whole run of the interface that is not in the grammar."""
    said = raw.decode("utf-8", "replace")
    begun, ended = said.find("\x1b[?1049h"), said.rfind("\x1b[?1049l")
    ended = len(said) if ended < 0 else ended
    found = []
    for token in _TOKEN.finditer(said):
        if what := _fault(token, size, begun - 20 <= token.start() <= begun + 400 or token.start() >= ended - 200):
            found.append(Fault(what, said[max(0, token.start() - 40) : token.end() + 40]))
    return found


# How rich draws a bar again: back to the beginning of the line, which is cleared, and up by one.
_BAR = re.compile(r"\x1b\[\?25[hl]|\r?\x1b\[2K|\x1b\[1A|\r+(?=\n)")


def faults_of_output(raw: bytes) -> list[Fault]:
    """The same for a command that prints and ends: colours and text, a bar that tells how far it is, no more."""
    said = _BAR.sub("", raw.decode("utf-8", "replace"))
    return [Fault(what, said[max(0, at - 40) : at + 60]) for at, what in _of_output(said)]


def _of_output(said: str) -> Iterator[tuple[int, str]]:
    for token in _TOKEN.finditer(said):
        if token["final"] == "m" and not token["private"] and not token["between"]:
            what = _wrong_style(token["parameters"])
        elif token["text"] is not None:
            what = _wrong_text(token["text"])
        else:
            what = "" if token["feed"] else f"control {token[0]!r}"
        if what:
            yield token.start(), what


def _fault(token: re.Match[str], size: Size, at_an_end: bool) -> str:
    if token["text"] is not None:
        return _wrong_text(token["text"])
    if token["feed"]:
        return ""
    if token["command"] is not None:
        return "" if _COMMANDS.fullmatch(token["command"]) else f"command {token[0]!r}"
    if token["final"]:
        return _wrong_sequence(token, size, at_an_end)
    return f"control {token[0]!r}"


def _wrong_sequence(token: re.Match[str], size: Size, at_an_end: bool) -> str:
    wrong = f"sequence {token[0]!r}"
    shape = (token["private"], token["between"], token["final"])
    parameters = token["parameters"]
    if shape == ("", "", "m"):
        return _wrong_style(parameters)
    if shape == ("", "", "H"):
        place = [int(number) for number in parameters.split(";")] if re.fullmatch(r"\d+;\d+", parameters) else [0, 0]
        return "" if 1 <= place[0] <= size.rows and 1 <= place[1] <= size.columns else wrong
    if shape == ("", "", "C"):
        return "" if parameters.isdigit() and int(parameters) < size.columns else wrong
    if shape in (("?", "", "h"), ("?", "", "l")):
        modes = {int(mode) for mode in parameters.split(";") if mode}
        return "" if modes <= (_MODES_AT_ANY_TIME | _MODES_OF_A_SESSION if at_an_end else _MODES_AT_ANY_TIME) else wrong
    if at_an_end and shape in (("?", "$", "p"), (">", "", "u"), ("<", "", "u"), ("", " ", "q")):
        return ""
    return wrong


def _wrong_style(parameters: str) -> str:
    numbers = [int(number) if number else 0 for number in re.split("[;:]", parameters)]
    while numbers:
        number = numbers.pop(0)
        if number in (38, 48):
            kind = numbers.pop(0) if numbers else 0
            colours, numbers = numbers[: {5: 1, 2: 3}.get(kind, 0)], numbers[{5: 1, 2: 3}.get(kind, 0) :]
            if not colours or max(colours) > 255:
                return f"style {parameters}"
        elif number not in _STYLES and number not in _BRIGHT:
            return f"style {parameters}"
    return ""


def _wrong_text(text: str) -> str:
    if text.isascii():
        return ""
    wrong = [character for character in text if character != "\ufffd" and _is_invisible(character)]
    return f"characters {' '.join(f'U+{ord(one):04X}' for one in wrong)}" if wrong else ""


def _is_invisible(character: str) -> bool:
    return (
        unicodedata.category(character) in _INVISIBLE_CATEGORIES
        or character in _INVISIBLE
        or ord(character) in _INVISIBLE_RANGE
    )
