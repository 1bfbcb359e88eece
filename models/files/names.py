"""Names of files that come from outside: made safe to be saved under, on whatever system, in whatever folder."""

from __future__ import annotations

import mimetypes
import re

from models.text import clean, is_visible

LONGEST = 120
"""Characters; file systems take 255 bytes, which Cyrillic letters use up twice as fast."""
_LONGEST_BYTES = 240
_LONGEST_SUFFIX = 16
NAMELESS = "file"
_SEPARATORS = re.compile(r"[/\\\u2044\u2215\u29f8\uff0f\uff3c]")
_NOT_IN_NAMES = re.compile(r'[<>:"|?*\x00-\x1f\x7f-\x9f]')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)


def safe_name(name: str) -> str:
    """The last part of a path as a plain, visible name of moderate length; ``file`` where nothing is left of it.

    No folder, control, invisible or direction-changing character, none of Windows' reserved signs and names, no
    leading dot or hyphen: it can hide no file, name no device, and is no option of a command.
    """
    last = next((part for part in reversed(_SEPARATORS.split(name)) if part.strip(". \0")), "")
    visible = "".join(
        one for one in _NOT_IN_NAMES.sub("_", last.replace("\0", "")) if is_visible(one) or one == "\u00a0"
    )
    plain = re.sub(r"\s+", " ", clean(visible)).strip(" .")
    plain = re.sub(r"^[-~]+", "_", plain)
    if _DEVICES.fullmatch(plain):
        plain = "_" + plain
    return _shortened(plain) or NAMELESS


def _shortened(name: str) -> str:
    stem, dot, suffix = name.rpartition(".")
    if not stem or len(suffix) > _LONGEST_SUFFIX:
        stem, dot, suffix = name, "", ""
    end = dot + suffix
    stem = stem[: LONGEST - len(end)]
    while len((stem + end).encode()) > _LONGEST_BYTES:
        stem = stem[:-1]
    return stem.rstrip(" .") + end


# Python's own table, not the one of this machine: the same name has the same type everywhere.
_TYPES = mimetypes.MimeTypes()
_OFFICE = "application/vnd.openxmlformats-officedocument"
for _type, _suffix in (
    (f"{_OFFICE}.wordprocessingml.document", ".docx"),
    (f"{_OFFICE}.spreadsheetml.sheet", ".xlsx"),
    (f"{_OFFICE}.presentationml.presentation", ".pptx"),
    ("application/vnd.oasis.opendocument.text", ".odt"),
    ("application/vnd.oasis.opendocument.spreadsheet", ".ods"),
    ("application/pkcs7-signature", ".sig"),
    ("message/rfc822", ".eml"),
):
    _TYPES.add_type(_type, _suffix)


def content_type_of(name: str) -> str:
    """What a file is by the end of its name, which is a guess; empty where there is none."""
    return _TYPES.guess_type(name, strict=False)[0] or ""
