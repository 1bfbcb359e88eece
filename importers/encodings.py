"""In which encoding a text file is, told by its content.

Byte order marks decide first, then UTF-8 if all of it is valid. The rest is a single-byte encoding: the
one under which the file's high bytes make the most likely Russian, or else accented Latin, words.
"""

import codecs
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from math import log2
from pathlib import Path

from models.errors import RuleBroken
from models.interchange import NULL_WORDS, SPREADSHEET_ERRORS
from models.language import _

SAMPLE_BYTES = 65536
_CHUNK = 1 << 20
# A "line" beyond this is no line of a table, and would be held in memory as a whole.
_LONGEST_LINE_CHUNKS = 16

_BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SINGLE_BYTE = ("cp1251", "koi8-r", "cp866", "cp1252")
# Letters of Russian text in thousandths (Russian National Corpus), as bits above or below an even spread.
_PER_THOUSAND = {
    **{"о": 110, "е": 85, "а": 80, "и": 74, "н": 67, "т": 63, "с": 55, "р": 47, "в": 45, "л": 44, "к": 35, "м": 32},
    **{"д": 30, "п": 28, "у": 26, "я": 20, "ы": 19, "ь": 17, "г": 17, "з": 17, "б": 16, "ч": 14, "й": 12, "х": 10},
    **{"ж": 9, "ш": 7, "ю": 6, "ц": 5, "щ": 4, "э": 3, "ф": 3, "ъ": 0.4, "ё": 0.4},
}
_BITS = {letter: log2(share * 33 / 1000) for letter, share in _PER_THOUSAND.items()}
_UNLIKELY = -4.0
_LIKELY = 1.0
# Signs that single-byte texts use beside letters.
_USUAL_SIGNS = frozenset("№«»“”„—–…’‘°\u00a0§€®©™•")
_CARE = re.compile("'[=+\\-@\\t\\r]|" + "|".join(map(re.escape, sorted(NULL_WORDS | SPREADSHEET_ERRORS))))
_CARE_MARKS = ("'", "NULL", "null", "\\N", "<", "#")


@dataclass(frozen=True, slots=True)
class TextFile:
    """A text file that was looked through once: its encoding, and what a reader must be ready for in it."""

    path: Path
    encoding: str
    size: int
    has_nul: bool = False
    has_replaced: bool = False
    needs_care: bool = False

    def sample(self) -> tuple[str, bool]:
        """The text of the first 64 KiB, and whether that is all."""
        with self.path.open("rb") as file:
            data = file.read(SAMPLE_BYTES)
        text = codecs.getincrementaldecoder(self.encoding)("replace").decode(data)
        return text.replace("\0", ""), len(data) >= self.size


def examine(path: Path, encoding: str | None = None) -> TextFile:
    """Look through the whole file once: find its encoding, or check the one that is stated.

    Raises ``RuleBroken`` for a file that is no text or cannot be read.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            sample = file.read(SAMPLE_BYTES)
        if encoding is not None:
            return _looked_through(path, _known_encoding(encoding), size)
        return _looked_through(path, encoding_of(sample, complete=len(sample) >= size), size)
    except OSError as error:
        raise RuleBroken(
            "file", _("{file} cannot be read: {reason}.").format(file=path.name, reason=error.strerror)
        ) from error


def _known_encoding(name: str) -> str:
    try:
        "a".encode(name)
        return codecs.lookup(name).name
    except LookupError as error:
        raise RuleBroken(
            "encoding",
            _("There is no encoding “{name}”.").format(name=name),
            _("Use utf-8, windows-1251, koi8-r or cp866."),
        ) from error


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _looked_through(path: Path, encoding: str, size: int) -> TextFile:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    ascii_so_far, has_nul, has_replaced, needs_care, unbroken = True, False, False, False, 0
    for chunk in _chunks(path):
        try:
            text = decoder.decode(chunk)
        except UnicodeDecodeError as error:
            if encoding == "utf-8" and ascii_so_far:
                # Only now do the first letters appear that are not ASCII: they decide.
                decided = encoding_of(chunk[max(0, error.start - 1000) : error.start + SAMPLE_BYTES], complete=False)
                if decided != encoding:
                    return _looked_through(path, decided, size)
            decoder, has_replaced = codecs.getincrementaldecoder(encoding)("replace"), True
            text = decoder.decode(chunk)
        ascii_so_far = ascii_so_far and text.isascii()
        has_nul = has_nul or "\0" in text
        needs_care = needs_care or (any(mark in text for mark in _CARE_MARKS) and bool(_CARE.search(text)))
        unbroken = 0 if "\n" in text or "\r" in text else unbroken + 1
        if unbroken > _LONGEST_LINE_CHUNKS:
            raise RuleBroken("file", _("{file} has a line of more than 16 MB; it is no table.").format(file=path.name))
    return TextFile(path, encoding, size, has_nul, has_replaced, needs_care)


def encoding_of(sample: bytes, *, complete: bool = True) -> str:
    """The encoding of a text by its beginning, as a codec name; ``complete`` when that is all of it."""
    for mark, name in _BYTE_ORDER_MARKS:
        if sample.startswith(mark):
            return name
    if b"\0" in sample and (wide := _wide_encoding_of(sample)):
        return wide
    try:
        codecs.getincrementaldecoder("utf-8")("strict").decode(sample, complete)
        return "utf-8"
    except UnicodeDecodeError:
        damaged = sample.decode("utf-8", "replace")
        broken = damaged.count("\ufffd")
        whole = sum(not character.isascii() for character in damaged) - broken
        return "utf-8" if whole > 10 * broken else single_byte_encoding_of(sample)


def _wide_encoding_of(sample: bytes) -> str | None:
    """UTF-16 without a mark: the byte order under which nearly all characters are usual ones."""
    even = sample[: len(sample) // 2 * 2]
    for encoding in ("utf-16-le", "utf-16-be"):
        text = even.decode(encoding, "replace")
        usual = sum(
            c in "\r\n\t" or "\x20" <= c <= "\x7e" or "\xa0" <= c <= "\u04ff" or c in _USUAL_SIGNS for c in text
        )
        if text and usual >= 0.9 * len(text):
            return encoding
    return None


def single_byte_encoding_of(sample: bytes) -> str:
    """The single-byte encoding under which the text is the most likely; windows-1251 when nothing tells."""
    return max(_SINGLE_BYTE, key=lambda encoding: _likelihood(sample.decode(encoding, "replace")))


def _likelihood(text: str) -> float:
    """The mean of what speaks for each character outside ASCII, by itself and by its neighbour."""
    points = [
        _points(before, character, after) for before, character, after in _in_context(text) if ord(character) > 127
    ]
    return sum(points) / len(points) if points else 0.0


def _in_context(text: str) -> Iterator[tuple[str, str, str]]:
    return zip(" " + text, text, text[1:] + " ", strict=False)


def _points(before: str, character: str, after: str) -> float:
    lower = character.lower()
    ascii_neighbour = (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha())
    if lower in _BITS:
        broken_case = character.isupper() and before.islower()
        return _UNLIKELY if ascii_neighbour or broken_case else _BITS[lower]
    if character in _USUAL_SIGNS:
        return 0.0
    if unicodedata.category(character)[0] == "L" and "LATIN" in unicodedata.name(character, ""):
        return _LIKELY if ascii_neighbour else _UNLIKELY / 2
    return _UNLIKELY
