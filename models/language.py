"""The language that the operator reads: English in the code, other languages from gettext catalogues.

``_`` translates now; ``N_`` only marks a string that stands in a table of data and is
translated where it is shown. Where one English word is several words elsewhere (a key and a licence are not
*issued* by the same Russian word), ``pgettext`` and ``NP_`` do the same with a context.
The catalogues are compiled by the build step.
"""

import gettext as _gettext
import locale
import os
from pathlib import Path

LOCALE_DIRECTORY = Path(__file__).parent / "locale"
LANGUAGES = ("en", "ru")
_SEPARATORS = {"en": (",", "."), "ru": (" ", ",")}
_translations: _gettext.NullTranslations = _gettext.NullTranslations()
_current = "en"


def use_language(code: str) -> None:
    """Switch this process to a language of ``LANGUAGES``; an unknown code means English."""
    global _translations, _current
    _current = code if code in LANGUAGES else "en"
    _translations = (
        _gettext.NullTranslations()
        if _current == "en"
        else _gettext.translation("turbofly", LOCALE_DIRECTORY, [_current], fallback=True)
    )


def current_language() -> str:
    """The code of the language in use, one of ``LANGUAGES``."""
    return _current


def language_of_environment() -> str:
    """The language that the locale variables ask for, in the order that POSIX gives them."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            return "ru" if locale.normalize(value).lower().startswith("ru") else "en"
    return "en"


class MessageInContext(str):
    """A marked message that knows its context, so that ``_`` alone translates it; else it is its English text."""

    __slots__ = ("context",)
    context: str


def _(message: str) -> str:
    """The message in the operator's language."""
    if isinstance(message, MessageInContext):
        return _translations.pgettext(message.context, message)
    return _translations.gettext(message) if message else ""


def ngettext(singular: str, plural: str, number: int) -> str:
    """The form of the message that goes with the number, in the operator's language."""
    return _translations.ngettext(singular, plural, number)


def pgettext(context: str, message: str) -> str:
    """The message where one English word has several translations, told apart by a context."""
    return _translations.pgettext(context, message)


def N_(message: str) -> str:
    """Mark a string of a data table for the catalogue; it is translated where it is shown."""
    return message


def NP_(context: str, message: str) -> MessageInContext:
    """Mark a string of a data table as ``N_`` does, where its English has several translations."""
    marked = MessageInContext(message)
    marked.context = context
    return marked


def with_separators(number: str) -> str:
    """A number that Python wrote, with the separators of thousands and of the fraction that the operator reads."""
    thousands, point = _SEPARATORS[_current]
    return number.translate({ord(","): thousands, ord("."): point})


def NN_(singular: str, plural: str) -> tuple[str, str]:
    """Mark the forms of a message that a library translates by its own ``ngettext``."""
    return singular, plural
