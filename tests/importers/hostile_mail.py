"""Messages that attack their reader, each of the size asked for. Each is kept, and marked where it is broken."""

from __future__ import annotations

import base64
import random
from collections.abc import Callable, Mapping

HEAD = b"From: Eve <eve@evil.example>\nTo: anna@dealer.example\nDate: Thu, 1 Oct 2026 10:00:00 +0300\n"
_SPEAKS_TO_THE_TERMINAL = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202egnp.exe\u2066[/x]\u200b"


def nested_parts(depth: int) -> bytes:
    """Parts in parts in parts."""
    opening = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (number, number) for number in range(depth)
    )
    closing = b"".join(b"--b%d--\n" % number for number in reversed(range(depth)))
    return HEAD + b"Subject: nested\nMIME-Version: 1.0\n" + opening + b"\ndeep inside\n" + closing


def encoded_subject(size: int) -> bytes:
    """Bytes of encoded words, the notation that takes mail-parser a minute for 1.6 MB."""
    words = b" =?utf-8?q?=D0=9F=D1=80=D0=B8=D0=B2=D0=B5=D1=82?=\n" * (size // 50)
    return HEAD + b"Subject:" + words + b"\nbody\n"


def many_headers(number: int) -> bytes:
    """Header fields without end, among them those that are read."""
    odd = b"".join(b"X-%d: x\nTo: t%d@example.org\n" % (one, one) for one in range(number // 2))
    return HEAD + b"Subject: many\n" + odd + b"\nbody\n"


def long_base64(size: int) -> bytes:
    """An attachment of so many bytes of base64."""
    data = base64.encodebytes(random.Random(7).randbytes(size * 3 // 4))
    return (
        HEAD + b"Subject: large\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
        b"--b\nContent-Type: text/plain\n\nsee the file\n"
        b'--b\nContent-Type: application/octet-stream; name="disk.img"\nContent-Transfer-Encoding: base64\n'
        b'Content-Disposition: attachment; filename="disk.img"\n\n' + data + b"--b--\n"
    )


def long_text(size: int) -> bytes:
    """Plain text without end."""
    return HEAD + b"Subject: long\n\n" + b"word after word, line after line\n" * (size // 33)


def climbing_name(_size: int) -> bytes:
    """A part whose name leads out of the folder that it is saved in."""
    return (
        HEAD + b"Subject: climbing\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
        b'Content-Disposition: attachment; filename="../../../etc/passwd"\nContent-Type: text/x-shell\n\nroot\n--b--\n'
    )


def speaking_headers(_size: int) -> bytes:
    """Escape sequences, markup and direction marks in every header."""
    evil = _SPEAKS_TO_THE_TERMINAL.encode()
    encoded = b"=?utf-8?b?" + base64.b64encode(evil) + b"?="
    fields = [
        b"From: " + evil + b" <eve" + evil + b"@evil.example>", b"To: " + encoded + b" <t@example.org>",
        b"Subject: " + encoded + b" " + evil, b"Message-ID: <" + evil + b"@x>", b"In-Reply-To: <" + evil + b">",
        b"List-Id: " + evil, b"User-Agent: " + evil, b"Date: " + evil, b"Content-Type: text/plain; charset=" + evil,
    ]  # fmt: skip
    return b"\n".join(fields) + b"\n\n" + evil + b"\n"


def unknown_charset(_size: int) -> bytes:
    """A character set that nobody knows."""
    head = b"Subject: =?x-klingon?q?=E4=E5?=\nContent-Type: text/plain; charset=x-klingon\n"
    return HEAD + head + b"Content-Transfer-Encoding: 8bit\n\n" + "Добрый день, коллеги, это письмо".encode("cp1251")


def lying_charset(_size: int) -> bytes:
    """KOI8-R that says it is UTF-8."""
    text = "Добрый день! Высылаем счёт на оплату лицензий, просим подтвердить получение.".encode("koi8-r")
    return HEAD + b"Subject: lie\nContent-Type: text/plain; charset=utf-8\n\n" + text


def nul_bytes(size: int) -> bytes:
    """NUL bytes in headers and text."""
    return HEAD + b"Subject: nu\0ll\n\n" + b"be\0fore\n" + bytes(size) + b"\nafter\n"


def no_headers(_size: int) -> bytes:
    """A text, and nothing before it."""
    return b"Just a text.\nWithout any header.\n"


def empty(_size: int) -> bytes:
    """Nothing."""
    return b""


def deep_html(depth: int) -> bytes:
    """HTML elements in each other."""
    return HEAD + b"Subject: html\nContent-Type: text/html\n\n" + b"<div>" * depth + b"deep" + b"</div>" * depth


HOSTILE: Mapping[str, tuple[Callable[[int], bytes], int, int]] = {
    "nested": (nested_parts, 300, 10_000),
    "encoded": (encoded_subject, 40_000, 1_600_000),
    "headers": (many_headers, 5_000, 1_000_000),
    "base64": (long_base64, 3 << 20, 100 << 20),
    "text": (long_text, 3 << 20, 100 << 20),
    "climbing": (climbing_name, 0, 0),
    "speaking": (speaking_headers, 0, 0),
    "unknown": (unknown_charset, 0, 0),
    "lying": (lying_charset, 0, 0),
    "nul": (nul_bytes, 1_000, 1_000_000),
    "bare": (no_headers, 0, 0),
    "empty": (empty, 0, 0),
    "html": (deep_html, 2_000, 200_000),
}
"""By name: what makes it, its size in the quick tests, its full size."""
