"""The files that letters bring: small, but what their names say they are."""

from __future__ import annotations

import datetime as dt
import re
import struct
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from models.language import _
from models.sample.people import latin


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file: its name, its type, its bytes; ``text`` is what whoever reads the letter is told of it."""

    name: str
    content_type: str
    data: bytes
    text: str = ""


Values = Mapping[str, str]


def enclosure(kind: str, values: Values) -> Enclosure:
    """The file of a kind, for what a letter is about."""
    return _KINDS[kind](values)


def _invoice(values: Values) -> Enclosure:
    lines = [f"Schet No {values['invoice']}", latin(values["product"]), f"INN {values['inn']}", latin(values["price"])]
    return Enclosure(f"Счёт № {values['invoice']}.pdf", "application/pdf", _pdf(lines))


def _licences(values: Values) -> Enclosure:
    numbers = "\r\n".join(line.strip() for line in values["licences"].split("\n"))
    text = f"{values['product']}\r\n{values['client']}\r\n\r\n{numbers}\r\n"
    return Enclosure(f"лицензии {values['invoice']}.txt", "text/plain", text.encode())


def _summary(values: Values) -> Enclosure:
    rows = [("Программа", "Количество", "Действует до"), (values["product"], values["count"], values["until"])]
    text = "\r\n".join(";".join(row) for row in rows)
    return Enclosure("Сводка по лицензиям.csv", "text/csv", b"\xef\xbb\xbf" + text.encode())


def _price_list(values: Values) -> Enclosure:
    return Enclosure("Прайс-лист.pdf", "application/pdf", _pdf(["Price list", latin(values["product"])]))


def _manual(values: Values) -> Enclosure:
    return Enclosure("Инструкция.pdf", "application/pdf", _pdf(["Instrukciya", latin(values["product"])]))


def _scan(values: Values) -> Enclosure:
    return Enclosure(f"Письмо {values['inn']}.png", "image/png", _picture(210, 297))


def _screenshot(values: Values) -> Enclosure:
    return Enclosure("Снимок экрана.png", "image/png", _picture(320, 200))


def _invitation(values: Values) -> Enclosure:
    """An invitation for eleven o'clock (Moscow) of the first working day from four days after the letter on."""
    day = dt.date.fromisoformat(values["sent"]) + dt.timedelta(days=4)
    day += dt.timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
    begins = dt.datetime.combine(day, dt.time(8))
    ends = begins + dt.timedelta(hours=1)
    what, place, from_whom = f"Показ {values['product']}", "видеосвязь", values["from"]
    lines = (
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//TurboFly//sample//RU", "METHOD:REQUEST", "BEGIN:VEVENT",
        f"UID:{begins:%Y%m%d}-{values['inn']}", f"DTSTAMP:{day:%Y%m%d}T000000Z", f"DTSTART:{begins:%Y%m%dT%H%M%SZ}",
        f"DTEND:{ends:%Y%m%dT%H%M%SZ}", f"SUMMARY:{_in_calendar(what)}", f"LOCATION:{place}",
        f"ORGANIZER:mailto:{from_whom}", "END:VEVENT", "END:VCALENDAR",
    )  # fmt: skip
    said = (
        (_("Invitation"), what), (_("Begins"), f"{begins:%Y-%m-%d %H:%M} UTC"),
        (_("Ends"), f"{ends:%Y-%m-%d %H:%M} UTC"), (_("Place"), place), (_("Organiser"), from_whom),
    )  # fmt: skip
    text = "\n".join(f"{title}: {value}" for title, value in said)
    return Enclosure("Показ.ics", "text/calendar", ("\r\n".join(lines) + "\r\n").encode(), text)


def _in_calendar(text: str) -> str:
    return re.sub(r"([\\,;])", r"\\\1", text)


_KINDS: dict[str, Callable[[Values], Enclosure]] = {
    "invoice": _invoice, "licences": _licences, "summary": _summary, "price list": _price_list, "manual": _manual,
    "scan": _scan, "screenshot": _screenshot, "invitation": _invitation,
}  # fmt: skip


def _pdf(lines: list[str]) -> bytes:
    """A page with lines in one of the fonts that every reader has, which has no Cyrillic letters."""
    shown = "".join(f"({_escaped(line)}) Tj T* " for line in lines)
    stream = f"BT /F1 14 Tf 18 TL 60 780 Td {shown}ET".encode("ascii", "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R"
        b" /Resources << /Font << /F1 4 0 R >> >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    written, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(written)
    return written + b"xref\n0 6\n0000000000 65535 f \n" + table + end


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


@cache
def _picture(width: int, height: int) -> bytes:
    """A grey PNG with a darker line across."""
    rows = b"".join(b"\0" + (b"\x60" if 20 < row < 28 else b"\xe0") * width for row in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
