"""The attachments and other parts of a message: their names, made safe, their types and sizes, and what is in them."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from email.message import Message
from typing import Any

from mailparser.core import MailParser

from models.files.names import safe_name
from models.text import clean

MOST_PARTS = 500
_MARK = re.compile(r"TurboFly[0-9a-f]{24}")
_TNEF = ("application/ms-tnef", "application/vnd.ms-tnef")
_SIGNATURES = ("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature")
_NAMES = {
    "text/calendar": "invitation.ics", "application/ms-tnef": "winmail.dat", "message/delivery-status": "status.txt",
    "application/pgp-signature": "signature.asc", "application/pkcs7-signature": "smime.p7s",
}  # fmt: skip


def parts_of(parser: MailParser, cuts: Mapping[str, int], defects: list[str]) -> list[dict[str, Any]]:
    """What is listed of the parts; ``cuts`` are the bytes left out of large ones, by the mark in their place."""
    found = [_of_attachment(one, cuts) for one in parser.attachments]
    found += [_of_unnamed(part, cuts) for part in _unnamed(parser.message)]
    if len(found) > MOST_PARTS:
        defects.append(f"parts-cut {len(found)}")
    return [{"position": n, **one} for n, one in enumerate(found[:MOST_PARTS])]


def content_at(parser: MailParser, position: int) -> bytes:
    """The bytes of the part that is listed at a position; raises ``IndexError``."""
    attachments = parser.attachments
    if position < len(attachments):
        payload = attachments[position]["payload"]
        return _of_base64(payload) if attachments[position]["binary"] else payload.encode("utf-8", "surrogateescape")
    part = list(_unnamed(parser.message))[position - len(attachments)]
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _of_base64(text: str) -> bytes:
    try:
        return base64.b64decode(text)
    except binascii.Error:
        return base64.b64decode(text.rstrip("= \r\n") + "==")


def _of_attachment(one: Mapping[str, Any], cuts: Mapping[str, int]) -> dict[str, Any]:
    content_type = clean(str(one["mail_content_type"] or ""))[:100]
    shown = clean(str(one["filename"] or ""))[:300]
    disposition = str(one["content-disposition"] or "").strip().lower()
    inline = disposition.startswith("inline") or (bool(one["content-id"]) and not disposition.startswith("attachment"))
    return {
        "kind": _kind(content_type, shown) or ("inline" if inline else "attachment"),
        "name": safe_name(shown),
        "shown_name": shown,
        "content_type": content_type,
        "charset": clean(str(one["charset"] or ""))[:60],
        "size": _size(one["payload"] or "", cuts, encoded=bool(one["binary"])),
    }


def _of_unnamed(part: Message, cuts: Mapping[str, int]) -> dict[str, Any]:
    content_type = part.get_content_type()
    name = _NAMES.get(content_type, "part." + re.sub(r"[^a-z0-9]", "", part.get_content_subtype())[:10])
    payload = part.get_payload()
    encoded = str(part.get("Content-Transfer-Encoding", "")).strip().lower() == "base64"
    return {
        "kind": _kind(content_type, "") or ("inline" if part.get_content_maintype() == "text" else "attachment"),
        "name": safe_name(name),
        "shown_name": name,
        "content_type": clean(content_type)[:100],
        "charset": clean(part.get_content_charset() or "")[:60],
        "size": _size(payload if isinstance(payload, str) else "", cuts, encoded=encoded),
    }


def _kind(content_type: str, name: str) -> str:
    if content_type == "text/calendar" or name.lower().endswith(".ics"):
        return "calendar"
    if content_type in _SIGNATURES:
        return "signature"
    return "tnef" if content_type in _TNEF or name.lower() == "winmail.dat" else ""


def _unnamed(message: Message) -> Iterator[Message]:
    """The parts that are neither text to be read nor, to mail-parser, attachments."""
    for part in message.walk():
        if part.get_content_maintype() == "multipart" or part.get_content_type() in ("text/plain", "text/html"):
            continue
        if part.get_filename() or part.get("Content-ID") or part.get_content_disposition() == "attachment":
            continue
        if part.get_content_subtype() != "rtf":
            yield part


def _size(payload: str, cuts: Mapping[str, int], *, encoded: bool) -> int:
    """About how many bytes a part has, without decoding it."""
    characters = len(payload) - payload.count("\n") - payload.count("\r")
    for mark in _MARK.findall(payload) if cuts else ():
        characters += cuts.get(mark, 0) * 76 // 78 - len(mark)
    if not encoded:
        return characters + payload.count("\n")
    return max(characters * 3 // 4 - payload[-6:].count("="), 0)
