"""vCard text made regular before vobject reads it: cards told apart, lines joined, old encodings undone.

Phones, mail programs and address books of thirty years write vCard each in its own way: 2.1 folds
quoted-printable text by ``=``, has bare parameters and literal commas; pictures fill the file; parameters
stand unquoted where they hold colons. What TurboFly does not read is left out here.
"""

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

KEPT = frozenset(
    {"N", "FN", "NICKNAME", "ORG", "TITLE", "ROLE", "TEL", "EMAIL", "ADR", "BDAY", "NOTE", "URL", "UID", "VERSION"}
    | {"X-ABLABEL", "CATEGORIES"}
)
# Values whose parts are told apart by semicolons, so those are not to be escaped.
_STRUCTURED = frozenset({"N", "ADR", "ORG"})
_BEGIN = re.compile(r"BEGIN\s*:\s*VCARD\s*", re.IGNORECASE)
_END = re.compile(r"END\s*:\s*VCARD\s*", re.IGNORECASE)
_PROPERTY = re.compile(
    r"(?P<group>[A-Za-z0-9_-]+\.)?(?P<name>[A-Za-z0-9_-]+)\s*(?P<parameters>(?:;(?:\"[^\"]*\"|[^\":])*)?):(?P<value>.*)",
    re.DOTALL,
)
_QUOTED_PRINTABLE = re.compile(r";(?:ENCODING=)?\"?QUOTED-PRINTABLE\"?(?=;|$)", re.IGNORECASE)
_PLAIN_ENCODING = re.compile(r";ENCODING=\"?[78]-?BIT\"?(?=;|$)", re.IGNORECASE)
_CHARSET = re.compile(r";CHARSET=\"?([A-Za-z0-9_:.-]+)\"?(?=;|$)", re.IGNORECASE)
# RFC 6868 writes quotes and line breaks in parameters by "^", yet some write them without the quotes around.
_BARE_LABEL = re.compile(r";LABEL=(?!\").*", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class CardText:
    """One card as it stands in the file: from which line (counted from 1), and its lines between BEGIN and END."""

    line: int
    lines: tuple[str, ...]
    complete: bool = True


def cards_in(text: str) -> Iterator[CardText]:
    """The cards of a file; what stands outside them is passed over.

    A card within another is its AGENT's (vCard 2.1) and is left out with it; any other BEGIN means that the
    card before has lost its END.
    """
    begun, depth, lines = 0, 0, list[str]()
    for number, line in enumerate(StringIO(text.lstrip("\ufeff"), newline=None), 1):
        bare = line.rstrip("\n")
        if _BEGIN.fullmatch(bare.strip()):
            agent = bool(lines) and lines[-1].upper().startswith("AGENT")
            if depth and not agent:
                yield CardText(begun, tuple(lines), complete=False)
            depth = depth + 1 if agent else 1
            if depth == 1:
                begun, lines = number, []
        elif depth and _END.fullmatch(bare.strip()):
            depth -= 1
            if depth == 0:
                yield CardText(begun, tuple(lines))
        elif depth == 1:
            lines.append(bare)
    if depth:
        yield CardText(begun, tuple(lines), complete=False)


def regular(card: CardText) -> str:
    """The card as vobject reads it best: one line per property, plain text, of what TurboFly keeps."""
    lines = ["BEGIN:VCARD"]
    for line in _joined(card.lines):
        found = _PROPERTY.fullmatch(line)
        if found and found["name"].upper() in KEPT:
            lines.append(_regular_property(found))
    return "\r\n".join([*lines, "END:VCARD", ""])


def _joined(lines: tuple[str, ...]) -> Iterator[str]:
    """Logical lines: folded ones by their leading blank, quoted-printable ones by the ``=`` at their end."""
    parts: list[str] = []
    quoted_printable = False
    for line in lines:
        if parts and quoted_printable and parts[-1].endswith("="):
            parts[-1] = parts[-1][:-1]
            parts.append(line)
        elif parts and line[:1] in (" ", "\t"):
            parts.append(line[1:])
        else:
            yield "".join(parts)
            parts = [line]
            quoted_printable = "QUOTED-PRINTABLE" in line.partition(":")[0].upper()
    yield "".join(parts)


def _regular_property(found: re.Match[str]) -> str:
    name, parameters, value = found["name"].upper(), found["parameters"], found["value"]
    if name == "ADR" and _BARE_LABEL.search(parameters):
        parameters, value = _BARE_LABEL.sub("", parameters), _address_after_label(value)
    charset = _CHARSET.search(parameters)
    if _QUOTED_PRINTABLE.search(parameters):
        value = _decoded(value, charset[1] if charset else "utf-8")
    parameters = _PLAIN_ENCODING.sub("", _CHARSET.sub("", _QUOTED_PRINTABLE.sub("", parameters)))
    return f"{found['group'] or ''}{name}{parameters}:{_escaped(value, structured=name in _STRUCTURED)}"


def _address_after_label(value: str) -> str:
    """An address has seven parts; what a label has spilled stands before the last colon of the first."""
    parts = value.rsplit(";", 6)
    return ";".join([parts[0].rpartition(":")[2], *parts[1:]])


def _decoded(value: str, charset: str) -> str:
    raw = quopri.decodestring(value.encode("utf-8", "replace"))
    for encoding in (charset, "utf-8", "cp1251"):
        try:
            return raw.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
    return raw.decode("utf-8", "replace")


def _escaped(value: str, *, structured: bool) -> str:
    """Commas are literal in 2.1 and no separators in what is read here; line breaks become ``\\n``."""
    value = re.sub(r"\r\n|\r|\n", r"\\n", value)
    value = re.sub(r"(?<!\\),", r"\\,", value)
    return value if structured else re.sub(r"(?<!\\);", r"\\;", value)
