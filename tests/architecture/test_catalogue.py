"""The check of the catalogues finds each way in which one can be incomplete, and the update loses no translation."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from tests.architecture import catalogue
from tests.architecture.project import PACKAGES, ROOT

CODE = '''
"""A module."""
from models.language import N_, _, ngettext, pgettext
TITLE = N_("Number")
print(_("Owner: {name}").format(name="x"), pgettext("verb", "Open"))
print(ngettext("{count} key", "{count} keys", 3).format(count=3))
'''


@pytest.fixture
def template(tmp_path: Path) -> Catalog:
    (tmp_path / "cards.py").write_text(CODE, encoding="utf-8")
    return catalogue.messages_of_code([tmp_path])


@pytest.fixture
def complete() -> Catalog:
    russian = Catalog(locale="ru")
    russian.add("Number", "Номер")
    russian.add("Owner: {name}", "Владелец: {name}")
    russian.add("Open", "Открыть", context="verb")
    russian.add(("{count} key", "{count} keys"), ("{count} ключ", "{count} ключа", "{count} ключей"))
    return russian


def test_a_complete_catalogue_has_no_problems(template: Catalog, complete: Catalog) -> None:
    assert list(catalogue.problems(template, complete)) == []


def test_a_message_that_is_missing_is_named(template: Catalog, complete: Catalog) -> None:
    complete.delete("Number")
    complete.delete("Open", context="verb")
    assert set(catalogue.problems(template, complete)) == {"missing: 'Number'", "missing: 'Open' (verb)"}


def test_a_message_without_translation_is_named(template: Catalog, complete: Catalog) -> None:
    complete["Number"].string = ""
    assert list(catalogue.problems(template, complete)) == ["not translated: 'Number'"]


def test_a_plural_form_that_is_missing_is_named(template: Catalog, complete: Catalog) -> None:
    complete["{count} key"].string = ("{count} ключ", "{count} ключа", "")
    assert list(catalogue.problems(template, complete)) == ["not translated: '{count} key'"]
    complete["{count} key"].string = ("{count} ключ", "{count} ключей")
    assert list(catalogue.problems(template, complete)) == ["not translated: '{count} key'"]


def test_a_fuzzy_message_is_named(template: Catalog, complete: Catalog) -> None:
    complete["Number"].flags.add("fuzzy")
    assert list(catalogue.problems(template, complete)) == ["fuzzy: 'Number'"]


@pytest.mark.parametrize("wrong", ["Владелец: {имя}", "Владелец", "Владелец: {name} {name}", "Владелец: {name"])
def test_a_placeholder_that_differs_is_named(template: Catalog, complete: Catalog, wrong: str) -> None:
    complete["Owner: {name}"].string = wrong
    assert len(list(catalogue.problems(template, complete))) == 1


def test_a_message_that_the_code_has_no_more_is_named(template: Catalog, complete: Catalog) -> None:
    complete.add("Fax", "Факс")
    assert list(catalogue.problems(template, complete)) == ["no longer in the code: 'Fax'"]


def test_the_update_adds_what_is_new_and_keeps_what_is_translated(template: Catalog, complete: Catalog) -> None:
    complete.delete("Number")
    complete.add("Fax", "Факс")
    updated = catalogue.updated(template, complete)
    assert list(catalogue.problems(template, updated)) == ["not translated: 'Number'"]
    assert updated["Owner: {name}"].string == "Владелец: {name}"


def test_writing_a_catalogue_twice_changes_nothing(
    template: Catalog, complete: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "LOCALES", tmp_path)
    catalogue.write_catalogue("ru", catalogue.updated(template, complete))
    first = catalogue.catalogue_file("ru").read_bytes()
    catalogue.write_catalogue("ru", catalogue.updated(template, catalogue.read_catalogue("ru")))
    assert catalogue.catalogue_file("ru").read_bytes() == first
    assert b".py" not in first


def test_the_messages_of_the_program_are_found() -> None:
    found = catalogue.messages_of_code(ROOT / package for package in PACKAGES)
    assert found.get("No {kind} “{name}”.") is not None


def test_a_message_marked_with_its_context_is_found_under_it(tmp_path: Path) -> None:
    (tmp_path / "vocabulary.py").write_text('STATES = {"issued": NP_("key", "issued")}', encoding="utf-8")
    found = catalogue.messages_of_code([tmp_path])
    assert found.get("issued", context="key") is not None
    assert found.get("issued") is None
