"""Headers that are not written as the standard wants: raw letters outside ASCII, unknown character sets."""

from __future__ import annotations

import codecs
import re
from email.message import Message

from importers.encodings import encoding_of, single_byte_encoding_of
from models.text import clean

_ENCODED_WORD = re.compile(rb"=\?([^?\s*]{1,80})(?:\*[^?\s]*)?\?[bBqQ]\?")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_SURROGATE = re.compile("[\udc80-\udcff]")


def decoded_headers(message: Message, body: bytes) -> None:
    """Put letters in the place of raw bytes: UTF-8 where they are, else what the message's text is in."""
    if not any(_SURROGATE.search(str(value)) for _name, value in message.raw_items()):
        return
    raw = [(name, str(value).encode("utf-8", "surrogateescape")) for name, value in message.raw_items()]
    stated = str(message.get_content_charset("") or "") or _charset_of_body(body)
    whole = b"\n".join(value for _name, value in raw)
    encoding = encoding_of(whole)
    if encoding != "utf-8":
        encoding = (
            stated
            if is_known(stated) and stated not in ("us-ascii", "utf-8")
            else single_byte_encoding_of(whole + b"\n" + body)
        )
    for name in dict.fromkeys(name.lower() for name, _value in raw):
        del message[name]
    for name, value in raw:
        message[name] = value.decode(encoding, "replace").replace("\r", "")


def _charset_of_body(body: bytes) -> str:
    found = _CHARSET.search(body)
    return found[1].decode("ascii").lower() if found else ""


def is_known(charset: str) -> bool:
    """Whether Python can decode a character set to text."""
    try:
        return codecs.lookup(charset)._is_text_encoding
    except (LookupError, ValueError):
        return False


def undecodable_words(fields: bytes) -> list[str]:
    """The defects of encoded words in character sets that nobody knows."""
    if b"=?" not in fields:
        return []
    named = {found[1].decode("ascii", "replace") for found in _ENCODED_WORD.finditer(fields[: 64 << 10])}
    return [f"charset {clean(name)}" for name in sorted(named) if not is_known(name)]
