"""A message as lines to read: its headers, its text with quotations folded, its attachments and links. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from models.clock import local
from models.language import N_, _, ngettext
from models.mail.queries import Correspondent, ReadMessage, ReadPart
from models.mail.quoting import quoted_parts
from models.mail.reading import Filing
from models.mail.vocabulary import FILED_BY, PART_KINDS
from models.text import shown
from screens.kit.cells import cell_text
from screens.kit.text_lines import Line, lines_of

_FIELDS = {"from": N_("From"), "to": N_("To"), "cc": N_("Copy to"), "reply-to": N_("Reply to")}
_TOLD_OTHERWISE = frozenset({"In-Reply-To"})
_MOST_PEOPLE = 40
_LONGEST_FIELD = 2_000
_LONGEST_NAME = 14
FIRST_CHARACTERS = 40_000
"""So much of a text is shown before the rest of it is looked at."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What is known of the message, and how it is to be shown."""

    message: ReadMessage
    filing: Filing | None = None
    place: int = 0
    """Which of its thread the message is, from 1 on; of how many it is in ``of``."""
    of: int = 0
    source: tuple[str, ...] = ()
    """Of a message that could not be read: the first lines of its source."""
    unfolded: bool = False


def message_lines(one: Shown, most: int | None = None) -> list[Line]:
    """The whole as it is read from top to bottom; ``most``: so many characters of the text at most."""
    return [*_head(one), Line("", "rule"), *_body(one, most), *_tail(one.message)]


def _head(one: Shown) -> Iterator[Line]:
    fields = list(_fields(one))
    width = max(cell_len(label) for label, _text, _look in fields) + 2
    for label, text, look in fields:
        filled = label + " " * (width - cell_len(label))
        yield Line(filled + shown(text[:_LONGEST_FIELD]), look, len(filled))
    for defect in one.message.defects:
        yield Line(f"! {shown(defect)}", "warning")


def _fields(one: Shown) -> Iterator[tuple[str, str, str]]:
    """Label, text and look of each line of the head."""
    message = one.message
    for role, title in _FIELDS.items():
        people = [person for person in message.people if person.role == role]
        if people:
            yield _(title), _names(people), "field"
    yield _("Date"), moment_text(message), "field"
    yield _("Subject"), message.subject or _("(no subject)"), "title"
    yield from _belonging(one)
    if one.of > 1:
        yield _("Thread"), _("message {place} of {number}").format(place=one.place, number=one.of), "field"
    for name, value in message.headers:
        if name in _TOLD_OTHERWISE:
            continue
        yield shown(name)[:_LONGEST_NAME], value, "muted"
    for number, part in enumerate(message.parts, 1):
        yield (_("Attached") if number == 1 else ""), f"{number}. {part_text(part)}", "field"


def _belonging(one: Shown) -> Iterator[tuple[str, str, str]]:
    message = one.message
    if message.client_id is not None:
        names = " · ".join(filter(None, (message.client_name, message.person_name)))
        how = _(FILED_BY.get(message.filed_by, "")) if message.filed_by else ""
        yield _("Client"), f"{names}  ({how})" if how else names, "link"
    elif one.filing is not None and one.filing.guess is not None:
        guess = one.filing.guess
        yield (
            _("Client"),
            _("not filed; perhaps {client}: {why}").format(client=guess.client_name, why=guess.why),
            "link",
        )
    else:
        yield _("Client"), _("not filed"), "link"


def _names(people: Sequence[Correspondent]) -> str:
    text = ", ".join(map(str, people[:_MOST_PEOPLE]))
    more = len(people) - _MOST_PEOPLE
    if more <= 0:
        return text
    return text + ngettext(" and {number} more", " and {number} more", more).format(number=more)


def moment_text(message: ReadMessage) -> str:
    """When a message was written, in the operator's time zone."""
    return local(message.moment).strftime("%Y-%m-%d %H:%M %z") if message.moment else _("without a date")


def part_text(part: ReadPart) -> str:
    """An attachment: its name, its size, its type, what it is where it is no plain attachment."""
    name = part.shown_name or part.name
    saved = f" → {part.name}" if part.shown_name and part.shown_name != part.name else ""
    kind = "" if part.kind == "attachment" else ", " + _(PART_KINDS.get(part.kind, part.kind))
    return f"{name}{saved}  ({size_text(part.size)}, {part.content_type}{kind})"


def size_text(size: int) -> str:
    """A number of bytes, short."""
    if size < 1024:
        return ngettext("{number} byte", "{number} bytes", size).format(number=size)
    number, unit = (size / 1024, _("KB")) if size < 1024 * 1024 else (size / 1024 / 1024, _("MB"))
    return f"{cell_text(round(number), 'integer', {})} {unit}"


def _body(one: Shown, most: int | None) -> Iterator[Line]:
    if one.source:
        yield Line(_("It could not be read. This is its source; O shows all of it."), "muted")
        yield from (line for text in one.source for line in lines_of(text))
        return
    lines = lines_of(one.message.text if most is None else one.message.text[:most])
    parts = quoted_parts([line.text for line in lines])
    if one.unfolded:
        for start, end in parts:
            lines[start:end] = [Line(line.text, "quoted") for line in lines[start:end]]
        yield from lines
        return
    place = 0
    for start, end in parts:
        yield from lines[place:start]
        number = end - start
        text = ngettext("… {number} quoted line, z shows it", "… {number} quoted lines, z shows them", number)
        yield Line(text.format(number=number), "folded")
        place = end
    yield from lines[place:]


def _tail(message: ReadMessage) -> Iterator[Line]:
    if message.links:
        yield Line("", "rule")
        yield Line(_("Links (nothing of them was fetched):"), "muted")
    for number, link in enumerate(message.links, 1):
        label = f"[{number}] "
        yield Line(label + shown(link), "link", len(label))
