"""What those who write a table file and those who read it agree on: how text is kept from being a formula.

A spreadsheet runs a cell that begins with ``= + - @``, a tab or a carriage return as a formula. Such text
is written with an apostrophe before it, and read without. Text that already begins with apostrophes before
such a sign gets one more, and so do the words that mean "empty" in dumps of databases and the errors of
spreadsheets, so reading gives back exactly what was written. Numbers, dates and money are no text and stay as they are.
"""

import re

# How dumps of databases and 1C write that there is no value; matched as a whole cell, in this spelling.
NULL_WORDS = frozenset({"NULL", "null", "\\N", "<NULL>", "<null>", "(null)", "(NULL)", "<не указан>", "<пусто>"})

# How spreadsheets show a cell whose formula failed, in English and in Russian.
SPREADSHEET_ERRORS = frozenset(
    {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!"}
    | {"#ПУСТО!", "#ДЕЛ/0!", "#ЗНАЧ!", "#ССЫЛКА!", "#ИМЯ?", "#ЧИСЛО!", "#Н/Д"}
)

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_RESERVED = NULL_WORDS | SPREADSHEET_ERRORS
_RISKY = re.compile(r"'*[=+\-@\t\r]")
_ESCAPED = re.compile(r"'+[=+\-@\t\r]")


def escaped(text: str) -> str:
    """The text of a cell as it is written."""
    if _RISKY.match(text) or text.lstrip("'") in _RESERVED:
        return "'" + text
    return text


def unescaped(text: str) -> str:
    """The text of a cell as it was meant; a word for "no value" becomes the empty text."""
    if text in NULL_WORDS:
        return ""
    if _ESCAPED.match(text) or (text.startswith("'") and text.lstrip("'") in _RESERVED):
        return text[1:]
    return text
