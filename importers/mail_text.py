"""The text of a message as it is read: what its plain parts say, else its HTML; invitations as lines."""

from __future__ import annotations

import re
from email.message import Message

from mailparser.core import MailParser

from importers.encodings import SAMPLE_BYTES, encoding_of, single_byte_encoding_of
from importers.mail_headers import is_known
from models.text import clean

LONGEST_TEXT = 1_000_000
_MOST_LINKS = 200
_LINK = re.compile(r"https?://[^\s<>\"'\]]{1,1990}[^\s<>\"'\].,;:!?)]")
_LATIN_ONE = {"iso-8859-1", "iso8859-1", "latin-1", "latin1", "us-ascii", "ascii", "windows-1252", "cp1252"}
_ACCENTED = re.compile("[\u00c0-\u00ff]{3,}")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_SAMPLE = 1500
_SAME = {"windows-1251": "cp1251", "koi8-u": "koi8-r", "ibm866": "cp866"}
# What programs call by the name of a smaller set that it holds.
_WIDER = {
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949",
    "big5": "cp950", "iso-8859-9": "cp1254",
}  # fmt: skip
_CYRILLIC_SETS = {"koi8-r", "koi8-u", "windows-1251", "cp1251", "cp866", "ibm866"}


def text_of(parser: MailParser, defects: list[str]) -> tuple[str, list[str]]:
    """The text and the links in it."""
    doubtful = "CharsetDecodeDefect" in parser.defects_categories or _odd_charsets(parser.message)
    plain = _decoded(parser.message, "plain", defects) if doubtful else list(parser.text_plain)
    html = _decoded(parser.message, "html", defects) if doubtful else list(parser.text_html)
    text = "\n\n".join(part.strip("\n") for part in plain if part.strip())
    links = list(dict.fromkeys(_LINK.findall(text[:LONGEST_TEXT])))[:_MOST_LINKS] if "://" in text else []
    if not text and html:
        text, links = _of_html(html, defects)
    invitation = _invitations(parser.message, defects)
    return _cleaned("\n\n".join(filter(None, (text, invitation))), defects), [clean(link) for link in links]


def as_it_stands(body: bytes, defects: list[str]) -> str:
    """The beginning of a body that cannot be taken apart."""
    sample = body[: LONGEST_TEXT // 4]
    return _cleaned(sample.decode(encoding_of(sample[:SAMPLE_BYTES], complete=False), "replace"), defects)


def _cleaned(text: str, defects: list[str]) -> str:
    if len(text) > LONGEST_TEXT:
        if not any(line.startswith("text-cut") for line in defects):
            defects.append(f"text-cut {len(text)}")
        text = text[:LONGEST_TEXT]
    return clean(text, multiline=True)


def _of_html(html: list[str], defects: list[str]) -> tuple[str, list[str]]:
    from importers.mail_html import text_of_html

    texts: list[str] = []
    links: list[str] = []
    for one in html:
        try:
            text, found = text_of_html(one)
        except MemoryError:
            raise
        except Exception as error:
            # Whatever the HTML library trips over: its tags are taken out by hand.
            defects.append(f"html {type(error).__name__}")
            text, found = re.sub(r"<[^<>]{0,1000}>", " ", one[:LONGEST_TEXT]), []
        texts.append(text)
        links += found
    return "\n\n".join(filter(None, texts)), list(dict.fromkeys(links))[:_MOST_LINKS]


def _invitations(message: Message, defects: list[str]) -> str:
    texts: list[str] = []
    for part in message.walk():
        if part.get_content_type() == "text/calendar" and len(texts) < 5:
            from importers.mail_calendar import calendar_text

            data = part.get_payload(decode=True)
            try:
                texts.append(calendar_text(data.decode("utf-8", "replace") if isinstance(data, bytes) else ""))
            except MemoryError:
                raise
            except Exception as error:
                defects.append(f"calendar {type(error).__name__}")
    return "\n\n".join(dict.fromkeys(filter(None, texts)))


def _odd_charsets(message: Message) -> bool:
    """Whether a text says that it is in a character set which Russian mail programs say by mistake, or which nobody
    knows."""
    for part in message.walk():
        if part.get_content_maintype() != "text" or part.is_multipart():
            continue
        stated = (part.get_content_charset() or "us-ascii").lower()
        if not is_known(stated):
            return True
        if stated == "utf-8":
            continue
        if str(part.get("Content-Transfer-Encoding", "")).strip().lower() in ("quoted-printable", "base64"):
            return True
        raw = part.get_payload()
        if isinstance(raw, str) and not raw.isascii():
            return True
    return False


def _decoded(message: Message, subtype: str, defects: list[str]) -> list[str]:
    """The texts of a kind, decoded by what their bytes say where their headers say nothing that can be."""
    texts = []
    for part in message.walk():
        if part.is_multipart() or part.get_content_type() != f"text/{subtype}" or _is_attached(part):
            continue
        data = part.get_payload(decode=True)
        if isinstance(data, bytes) and data:
            texts.append(decode(data, (part.get_content_charset() or "").lower(), defects))
    return texts


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def decode(data: bytes, stated: str, defects: list[str]) -> str:
    """Bytes of a text as letters; what its header says is believed as far as it can be."""
    if stated and not is_known(stated):
        defects.append(f"charset {clean(stated)[:60]}")
        stated = ""
    if data.isascii() and not stated.startswith(("utf-7", "iso-2022", "hz", "utf-16")):
        return data.decode("ascii")
    if stated in ("", "us-ascii", "ascii"):
        return data.decode(encoding_of(_sample(data), complete=len(data) <= _SAMPLE), "replace")
    try:
        text = data.decode(_WIDER.get(stated, stated))
    except (UnicodeError, ValueError):
        defects.append(f"lying-charset {stated}")
        return _as_well_as_can_be(data, stated)
    if other := _other(stated, text, data):
        defects.append(f"lying-charset {stated}")
        return data.decode(other, "replace")
    return text


def _sample(data: bytes) -> bytes:
    """A beginning of the text from where its letters are not ASCII."""
    start = next((at for at in range(0, len(data), 200) if not data[at : at + 200].isascii()), 0)
    return data[start : start + _SAMPLE]


def _as_well_as_can_be(data: bytes, stated: str) -> str:
    text = data.decode(_WIDER.get(stated, stated), "replace")
    if stated != "utf-8" and text.count("\ufffd") * 20 < len(text):
        return text
    return data.decode(encoding_of(_sample(data), complete=False), "replace")


def _other(stated: str, text: str, data: bytes) -> str:
    """In which character set a text makes sense that can be decoded as stated, but then says nothing; else empty."""
    if stated in _LATIN_ONE:
        if len(_ACCENTED.findall(text[:4000])) < 3:
            return ""
        found = encoding_of(_sample(data), complete=False)
        return found if found != "cp1252" else ""
    if stated in _CYRILLIC_SETS and len(_CYRILLIC.findall(text[:4000])) > 20:
        found = single_byte_encoding_of(_sample(data))
        return found if found not in (_SAME.get(stated, stated), "cp1252") else ""
    return ""
