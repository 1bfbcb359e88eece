"""Reading one message: what runs in the child processes, the only ones that use mail-parser.

Everything in an answer is cleaned, and no longer than it is ever shown.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple

from mailparser import core, utils
from mailparser.core import MailParser
from zstandard import ZstdCompressor

from importers import mail_text
from importers.mail_addresses import remembered
from importers.mail_headers import decoded_headers, undecodable_words
from importers.mail_job import LENGTH
from importers.mail_message import QuickMessage, message_of
from importers.mail_parts_list import content_at, parts_of
from importers.mail_wrapping import FROM_LINE, HEAD, RECEIVED, unwrapped, wanted_fields
from models.language import current_language, use_language
from models.mail.domains import folded_address
from models.mail.stemming import index_text
from models.mail.subjects import is_reply, topic
from models.text import clean

_EARLIEST, _LATEST_AHEAD = dt.datetime(1980, 1, 1), dt.timedelta(days=2)
_MOST_PEOPLE = 500
_MOST_REFERENCES = 60
_INDEXED = 200_000
_PREVIEW = 160
# What mail-parser says of a message that an operator loses nothing by.
_HARMLESS = {"DateHeaderDefect", "ReceivedHeaderDefect", "CharsetDecodeDefect"}
_FURTHER = ("List-Id", "Organization", "User-Agent", "X-Mailer", "In-Reply-To")
_ROLES = (("from", "from_"), ("reply-to", "reply_to"), ("to", "to"), ("cc", "cc"))
_compressor = ZstdCompressor(level=3)


def answer(job: bytes) -> bytes:
    """Read a message; the worker of the nursery."""
    (length,) = LENGTH.unpack_from(job)
    told = json.loads(job[LENGTH.size : LENGTH.size + length])
    if told["language"] != current_language():
        use_language(told["language"])
    read = read_message(job[LENGTH.size + length :], told["defects"], told["cuts"], plainly=told["plainly"])
    text = _compressor.compress(read.pop("text").encode("utf-8", "replace"))
    head = json.dumps(read).encode()
    return LENGTH.pack(len(head)) + head + text


def part(job: bytes) -> bytes:
    """A part of a message: ``+`` and its bytes, or nothing where it is not there; the worker of ``mail_parts``."""
    (position,) = LENGTH.unpack_from(job)
    try:
        return b"+" + content_at(_parsed(_inside(job[LENGTH.size :]), _whole_body).parser, position)
    except (IndexError, ValueError, RecursionError):
        return b""


def read_message(raw: bytes, defects: list[str], cuts: dict[str, int], *, plainly: bool = False) -> dict[str, Any]:
    """All that is kept of a message beside its original. Exceptions of the parser lead to a plainer reading."""
    if not plainly:
        try:
            return _read(raw, list(defects), cuts, _whole_body)
        except MemoryError:
            raise
        except Exception as error:
            defects = [*defects, f"structure {type(error).__name__}"]
    return _read(raw, defects, cuts, _plain_body)


@dataclass(slots=True)
class _Body:
    """What the body of a message holds."""

    text: str = ""
    links: list[str] = field(default_factory=list)
    parts: list[dict[str, Any]] = field(default_factory=list)


_ReadBody = Callable[[MailParser, bytes, dict[str, int], list[str]], _Body]


def _read(raw: bytes, defects: list[str], cuts: dict[str, int], read_body: _ReadBody) -> dict[str, Any]:
    inside = _inside(raw)
    taken = _parsed(inside, read_body)
    parser, head = taken.parser, taken.head
    if taken.cut and not any(line.startswith("headers-cut") for line in defects):
        defects.append(f"headers-cut {len(head)}")
    _look_at_bytes(inside, head, defects)
    body = read_body(parser, taken.body, cuts, defects)
    defects += undecodable_words(b"".join(taken.fields))
    if read_body is _whole_body:
        defects += [f"structure {name}" for name in sorted(parser.defects_categories - _HARMLESS)]
    return _as_kept(parser, body, _moment(parser, raw, head, defects), defects)


def _inside(raw: bytes) -> bytes:
    inside = unwrapped(raw).removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    return inside if b"\n" in inside else inside.replace(b"\r", b"\n")


class _Parser(MailParser):  # type: ignore[misc]  # mail-parser has no type information
    """mail-parser without its summary of a message, which nobody reads here and takes a quarter of its time."""

    def _make_mail(self, complete: bool = True) -> dict[str, Any]:
        return {}


class _Parsed(NamedTuple):
    """A message as mail-parser has it, and the bytes of it: its head, the fields that are wanted of it, its body."""

    parser: MailParser
    head: bytes
    fields: list[bytes]
    body: bytes
    cut: bool
    """Whether the head was too long to be parsed as a whole."""


def _parsed(inside: bytes, read_body: _ReadBody) -> _Parsed:
    found = HEAD.match(inside)
    end = found.end() if found else 0
    head, body = inside[:end], inside[end:]
    fields, cut = wanted_fields(head)
    message = message_of(fields, body if read_body is _whole_body else b"\n")
    decoded_headers(message, body[:4000])
    return _Parsed(_Parser(message), head, fields, body, cut)


def _look_at_bytes(inside: bytes, head: bytes, defects: list[str]) -> None:
    if not inside.strip():
        defects.append("empty")
    elif not head.strip():
        defects.append("no-headers")
    if b"\0" in inside:
        defects.append("nul")


def _whole_body(parser: MailParser, _rest: bytes, cuts: dict[str, int], defects: list[str]) -> _Body:
    parts = parts_of(parser, cuts, defects)
    text, links = mail_text.text_of(parser, defects)
    return _Body(text, links, parts)


def _plain_body(_parser: MailParser, rest: bytes, _cuts: dict[str, int], defects: list[str]) -> _Body:
    return _Body(mail_text.as_it_stands(rest, defects))


def _as_kept(parser: MailParser, body: _Body, moment: dt.datetime | None, defects: list[str]) -> dict[str, Any]:
    subject = clean(str(parser.subject or ""))[:1000].strip()
    people = _people(parser)
    names = [part["shown_name"] for part in body.parts]
    words = [subject, body.text[:_INDEXED], *names, *(text for one in people for text in one[1:])]
    about = topic(subject)
    return {
        "message_id": _identifier(_header(parser.message, "Message-ID")),
        "references": _references(parser.message),
        "moment": moment.isoformat() if moment else None,
        "subject": subject,
        "reply": is_reply(subject),
        "topic": about,
        "people": people,
        "headers": _further(parser.message),
        "text": body.text,
        "links": body.links,
        "parts": body.parts,
        "preview": _preview(body.text),
        "words": f"{index_text(words)} {about}".strip(),
        "defects": list(dict.fromkeys(defects))[:50],
        "state": "unreadable" if not body.text and "empty" in defects else "broken" if defects else "whole",
    }


def _people(parser: MailParser) -> list[tuple[str, str, str]]:
    """Everybody in the headers: role, name, folded address."""
    found = []
    for role, attribute in _ROLES:
        for name, address in (getattr(parser, attribute) or ())[:_MOST_PEOPLE]:
            one = (role, clean(name)[:200].strip(), folded_address(clean(address))[:320])
            if one[1] or one[2]:
                found.append(one)
    return found[:_MOST_PEOPLE]


def _header(message: Message, name: str) -> str:
    return str(message.get(name) or "")


def _identifier(text: str) -> str:
    """A Message-ID without its brackets."""
    first = text.strip().partition(">")[0].rpartition("<")[2].strip()
    return clean("".join(first.split()))[:300]


def _references(message: Message) -> list[str]:
    """The Message-IDs that a message names as earlier ones, the nearest last."""
    texts = (_header(message, "References"), _header(message, "In-Reply-To"))
    named = [_identifier("<" + one) for text in texts for one in text.split("<")[1:]]
    unique = list(dict.fromkeys(reversed([one for one in named if one])))[::-1]
    return unique[-_MOST_REFERENCES:]


def _further(message: Message) -> list[tuple[str, str]]:
    found = [(name, clean(_header(message, name))[:500]) for name in _FURTHER]
    return [(name, value) for name, value in found if value]


def _preview(text: str) -> str:
    """The beginning of what the sender wrote himself."""
    own, length = [], 0
    for line in text[:8000].split("\n"):
        words = " ".join(line.split())
        if words and words[0] not in ">|":
            own.append(words)
            length += len(words)
            if length >= _PREVIEW:
                break
    return (" ".join(own) or " ".join(text[:8000].split()))[:_PREVIEW].strip()


def _moment(parser: MailParser, raw: bytes, head: bytes, defects: list[str]) -> dt.datetime | None:
    """When the message was sent, in UTC; where its date is missing or cannot be, when it arrived."""
    date = parser.date
    latest = dt.datetime.now(dt.UTC).replace(tzinfo=None) + _LATEST_AHEAD
    if isinstance(date, dt.datetime) and _EARLIEST <= date.replace(tzinfo=None) <= latest:
        return date.replace(tzinfo=None)
    stated = clean(_header(parser.message, "Date"))[:100]
    if (again := _read_date(stated)) and _EARLIEST <= again <= latest:
        return again
    defects.append(f"odd-date {stated}" if stated else "no-date")
    return next((one for one in map(_read_date, _arrivals(raw, head)) if one and _EARLIEST <= one <= latest), None)


def _read_date(text: str) -> dt.datetime | None:
    try:
        found = parsedate_to_datetime(text)
        return found.astimezone(dt.UTC).replace(tzinfo=None) if found.tzinfo else found
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _arrivals(raw: bytes, head: bytes) -> list[str]:
    """The dates of the ``Received`` headers, the newest first, then that of the mbox's ``From `` line."""
    found = [" ".join(one[1].decode("ascii", "replace").split()) for one in RECEIVED.finditer(head[: 64 << 10])][:10]
    if line := FROM_LINE.match(raw):
        found.append(" ".join(line[0].decode("ascii", "replace").split()[-5:]))
    return found


core.get_addresses = remembered(core.get_addresses)
utils.Message = QuickMessage
logging.getLogger("mailparser").setLevel(logging.CRITICAL)
