"""What mail programs wrap around a message, told by its content: the ``From `` line of an mbox, quoted lines, notes.

The original of a message is kept with all of it. What is read, and what two copies of one message are compared by, is
the message inside. Pure functions of bytes; what is too large to be parsed is reduced here, in linear time.
"""

from __future__ import annotations

import hashlib
import os
import re
from itertools import islice
from typing import NamedTuple

_DAY = rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_MONTH = rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_DATE = _DAY + rb",? +" + _MONTH + rb" +[0-9]{1,2},? +[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: +[A-Z+-][\w:+-]*)* +[0-9]{4}"
FROM_LINE = re.compile(rb"From (?:[^\r\n]{0,1000}? )?" + _DATE + rb"[^\r\n]{0,100}\r?\n")
_LOOSE_FROM_LINE = re.compile(rb"From [^\r\n]{0,1000}\r?\n")
_FIELD_BEGINS = re.compile(rb"[!-9;-~]{1,200}:|>From ")
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_BARE_FROM = re.compile(rb"^From ", re.MULTILINE)
_CONTENT_LENGTH = re.compile(rb"^Content-Length:[ \t]*([0-9]{1,12})[ \t]*\r?$", re.MULTILINE | re.IGNORECASE)
# Possessive: a million fields would else be a million places to come back to.
HEAD = re.compile(rb"(?:(?:[!-9;-~]{1,200}:|[ \t]|>?From )[^\n]*+(?:\n|\Z))*+")
# What mail programs write into their own copy: such copies are the same message all the same.
_NOTES = re.compile(
    rb"^(?:X-)?(?:Status|Keywords|UID|UIDL|Mozilla-[\w-]*|Gmail-Labels|GM-[\w-]*|IMAP|IMAPbase|Evolution[\w-]*"
    rb"|Content-Length|Lines):[^\n]*\n(?:[ \t][^\n]*\n)*",
    re.MULTILINE | re.IGNORECASE,
)
_WANTED = re.compile(
    rb"^(?:From|To|Cc|Reply-To|Subject|Date|Message-ID|In-Reply-To|References|MIME-Version|Content-Type"
    rb"|Content-Transfer-Encoding|Content-Disposition|Content-ID|List-Id|User-Agent|X-Mailer|Organization)"
    rb"[ \t]*:[^\n]*+(?:\n[ \t][^\n]*+)*+(?:\n|\Z)",
    re.MULTILINE | re.IGNORECASE,
)
RECEIVED = re.compile(
    rb"^Received[ \t]*:[^\n;]*(?:\n[ \t][^\n;]*)*;([^\n]*(?:\n[ \t][^\n]*)?)", re.MULTILINE | re.IGNORECASE
)
LARGE = 2 << 20
"""From how many bytes on a message is reduced before it is parsed."""
_LONGEST_FIELD = 16 << 10
_MOST_FIELDS = 200
_LONGEST_HEAD = 128 << 10
_BASE64_RUN = re.compile(rb"(?:[A-Za-z0-9+/]{40,1000}={0,2}\r?\n){1000,}+(?:[A-Za-z0-9+/]{1,1000}={0,2}\r?\n)?")
_KEPT_OF_RUN = 8 << 10


def after_from_line(raw: bytes) -> int:
    """Where the message begins in its original: behind an mbox's ``From `` line, if there is one."""
    if not raw.startswith(b"From "):
        return 0
    found = _LOOSE_FROM_LINE.match(raw)
    return found.end() if found and (FROM_LINE.match(raw) or _FIELD_BEGINS.match(raw, found.end())) else 0


def is_separator(raw: bytes, at: int) -> bool:
    """Whether a message of an mbox begins here: its ``From `` line, with a date, and then a header field."""
    found = FROM_LINE.match(raw, at)
    return bool(found and _FIELD_BEGINS.match(raw, found.end()))


def unwrapped(raw: bytes) -> bytes:
    """The message inside its original: without the ``From `` line, its quoted lines as they were written.

    mboxo and mboxrd quote ``From `` at the beginning of a line, mboxcl too; mboxcl2 does not, which its unquoted
    ``From `` lines tell.
    """
    start = after_from_line(raw)
    if not start:
        return raw
    inside = raw[start:]
    if b">From " not in inside:
        return inside
    head = HEAD.match(inside)
    body = head.end() if head else 0
    if _CONTENT_LENGTH.search(inside, 0, body) and _BARE_FROM.search(inside, body):
        return inside
    return inside[:body] + _QUOTED_FROM.sub(rb"\1", inside[body:])


def content_length(raw: bytes, start: int, end: int) -> int | None:
    """The number of bytes that a head says its body has."""
    found = _CONTENT_LENGTH.search(raw, start, end)
    return int(found[1]) if found else None


def core_hash(raw: bytes) -> str:
    """What two copies of one message have in common: the hash of the message without what its programs added."""
    inside = unwrapped(raw).replace(b"\r\n", b"\n")
    head = HEAD.match(inside)
    body = head.end() if head else 0
    noted = _NOTES.sub(b"", inside[:body])
    return hashlib.sha256(noted + inside[body:].rstrip(b"\n")).hexdigest()


def wanted_fields(head: bytes) -> tuple[list[bytes], bool]:
    """The header fields that are shown or needed, and whether any had to be cut or left out."""
    fields, cut = [], len(head) > _LONGEST_HEAD
    for found in islice(_WANTED.finditer(head), _MOST_FIELDS):
        one = found[0]
        if len(one) > _LONGEST_FIELD:
            one, cut = one[:_LONGEST_FIELD].rpartition(b"\n")[0] or one[:_LONGEST_FIELD], True
        fields.append(one if one.endswith(b"\n") else one + b"\n")
    return fields, cut or len(fields) == _MOST_FIELDS


class Reduced(NamedTuple):
    """A message small enough to be parsed; ``cuts``: how much base64 was left out, by the mark in its place."""

    data: bytes
    defects: list[str]
    cuts: dict[str, int]


def reduced(raw: bytes) -> Reduced:
    """A large message with its head shortened, long attachments replaced by marks, and what is still too much cut."""
    if len(raw) <= LARGE:
        return Reduced(raw, [], {})
    start = after_from_line(raw)
    found = HEAD.match(raw, start)
    body = found.end() if found else start
    head, defects = raw[start:body], []
    if len(head) > _LONGEST_HEAD:
        head = b"".join(wanted_fields(head)[0])
        defects.append(f"headers-cut {body - start}")
    pieces, cuts, at = [raw[:start], head], {}, body
    for run in _BASE64_RUN.finditer(raw, body) if re.search(b"base64", raw, re.IGNORECASE) else ():
        kept = raw.rfind(b"\n", run.start(), run.start() + _KEPT_OF_RUN) + 1 or run.start()
        mark = f"TurboFly{os.urandom(12).hex()}"
        cuts[mark] = run.end() - kept - raw.count(b"\n", kept, run.end()) - raw.count(b"\r", kept, run.end())
        pieces += [raw[at:kept], mark.encode(), b"\n"]
        at = run.end()
    rest = memoryview(raw)[at:]
    room = max(LARGE - sum(map(len, pieces)), 0)
    if len(rest) > room:
        defects.append(f"text-cut {len(rest)}")
    pieces.append(bytes(rest[:room]))
    return Reduced(b"".join(pieces)[: 2 * LARGE], defects, cuts)
