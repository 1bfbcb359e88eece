"""The message catalogues beside the code: ``check`` names what is not translated, ``update`` adds what is new.

Run it as ``python -m tests.architecture.catalogue check|update``. Catalogues are kept without line
numbers and without changing dates, sorted, so that a change of code changes only the messages it means.
"""

import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from tests.architecture.project import PACKAGES, ROOT

LOCALES = ROOT / "models" / "locale"
LANGUAGES = ("ru",)
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "NP_": ((1, "c"), 2), "NN_": (1, 2)}
METHODS = [("**.py", "python")]


def messages_of_code(folders: Iterable[Path]) -> Catalog:
    """All messages that the Python files of the folders mark for translation."""
    template = Catalog(project="TurboFly", charset="utf-8")
    for folder in folders:
        found = extract_from_dir(
            folder, METHODS, keywords=KEYWORDS, comment_tags=["Translators:"], strip_comment_tags=True
        )
        for _file, _line, message, comments, context in found:
            template.add(message, auto_comments=comments, context=context)
    return template


def problems(template: Catalog, catalogue: Catalog) -> Iterator[str]:
    """What keeps the catalogue from being complete, one line for each message at fault."""
    for wanted in template:
        if not wanted.id:
            continue
        message = catalogue.get(_key(wanted), wanted.context)
        if message is None:
            yield f"missing: {_name(wanted)}"
        elif message.fuzzy:
            yield f"fuzzy: {_name(wanted)}"
        elif not all(_forms(message.string)) or len(_forms(message.string)) != _count_of_forms(message, catalogue):
            yield f"not translated: {_name(wanted)}"
        elif message.pluralizable != wanted.pluralizable:
            yield f"plural in one place only: {_name(wanted)}"
        else:
            yield from _wrong_placeholders(wanted, message)
    for message in catalogue:
        if message.id and template.get(_key(message), message.context) is None:
            yield f"no longer in the code: {_name(message)}"
    for message in catalogue.obsolete.values():
        yield f"left over: {_name(message)}"


def updated(template: Catalog, catalogue: Catalog) -> Catalog:
    """The catalogue with the messages of the template: new ones empty, old translations kept, the rest gone."""
    created, revised = catalogue.creation_date, catalogue.revision_date
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.creation_date, catalogue.revision_date = created, revised
    return catalogue


def catalogue_file(language: str) -> Path:
    """Where the catalogue of a language lies."""
    return LOCALES / language / "LC_MESSAGES" / "turbofly.po"


def read_catalogue(language: str) -> Catalog:
    """The catalogue of a language as it stands; an empty one where there is none yet."""
    path = catalogue_file(language)
    if not path.exists():
        return new_catalogue(language)
    with path.open("rb") as text:
        return read_po(text, locale=language)


def new_catalogue(language: str) -> Catalog:
    """An empty catalogue; its header names nobody and a fixed day."""
    begun = datetime(2026, 11, 23, tzinfo=UTC)
    return Catalog(
        locale=language,
        header_comment="# The messages of TurboFly; `make catalogue` brings this file up to the code.",
        project="TurboFly",
        version="1",
        copyright_holder="The TurboFly authors",
        msgid_bugs_address="the project's issues",
        last_translator="The TurboFly authors",
        language_team=language,
        creation_date=begun,
        revision_date=begun,
        charset="utf-8",
        fuzzy=False,
    )


def write_catalogue(language: str, catalogue: Catalog) -> None:
    """Write the catalogue in its stable form."""
    path = catalogue_file(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as text:
        write_po(text, catalogue, width=110, no_location=True, sort_output=True, ignore_obsolete=True)


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _name(message: Message) -> str:
    return repr(_key(message)) + (f" ({message.context})" if message.context else "")


def _forms(text: str | Iterable[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def _count_of_forms(message: Message, catalogue: Catalog) -> int:
    return catalogue.num_plurals if message.pluralizable else 1


def _wrong_placeholders(wanted: Message, message: Message) -> Iterator[str]:
    expected = _placeholders(_forms(wanted.id)[-1])
    for form in _forms(message.string):
        if (found := _placeholders(form)) != expected:
            yield f"placeholders {found} instead of {expected}: {_name(wanted)}"


def _placeholders(text: str) -> list[str]:
    """The names in braces, sorted; a text with a lone brace is no format and has none."""
    try:
        return sorted(name for _text, name, _spec, _conversion in Formatter().parse(text) if name is not None)
    except ValueError:
        return []


def main(task: str) -> int:
    """Do the task for every language; returns the exit status."""
    template = messages_of_code(ROOT / package for package in PACKAGES)
    found = []
    for language in LANGUAGES:
        catalogue = read_catalogue(language)
        if task == "update":
            write_catalogue(language, updated(template, catalogue))
        else:
            found += [f"{language}: {problem}" for problem in problems(template, catalogue)]
    print("\n".join(found) if found else f"{len(template)} messages, all well")
    return 1 if found else 0


if __name__ == "__main__":
    if sys.argv[1:] not in (["check"], ["update"]):
        sys.exit("usage: python -m tests.architecture.catalogue check|update")
    sys.exit(main(sys.argv[1]))
