"""Columns are recognised by their headings in both languages; what is doubtful is told."""

import pytest

from importers.fields import CLIENT_FIELDS, FIELDS_OF, LICENCE_FIELDS, PRODUCT_FIELDS
from importers.headings import ImportField, column_letters, folded_heading, known_headings, recognise
from models.errors import RuleBroken

NAME = ImportField("name", "Name", ("Company", "Наименование"), required=True, fallback="code")
CODE = ImportField("code", "Code", ("Артикул", "№"))
PHONES = ImportField("phones", "Phones", ("Phone", "Телефон"), "phones", several=True)
FIELDS = (NAME, CODE, PHONES)


@pytest.mark.parametrize(
    "heading",
    [
        "companyName",
        "Company name",
        "COMPANY_NAME",
        " company-name: ",
        "Company  Name*",
        "«Company name»",
        "сompаny nаmе",
    ],
)
def test_spelling_of_a_heading_makes_no_difference(heading: str) -> None:
    assert folded_heading(heading) == folded_heading("company name")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Сокращённое", "сокращенное"), ("№ лицензии", "Номер лицензии"), ("License", "licence"), ("E-mail", "email")],
)
def test_words_with_two_spellings_are_one(one: str, other: str) -> None:
    assert folded_heading(one) == folded_heading(other)


def test_columns_are_found_in_any_order() -> None:
    mapping = recognise(["Телефон", "x", "артикул", "НАИМЕНОВАНИЕ"], FIELDS)
    assert mapping.columns == {"phones": (0,), "code": (2,), "name": (3,)}
    assert mapping.unused == (1,)
    assert mapping.missing == ()
    assert mapping.notes() == ["Columns not used: x."]


def test_the_surer_name_wins_and_the_other_column_is_told() -> None:
    mapping = recognise(["Наименование", "Company"], FIELDS)
    assert mapping.column("name") == 1
    assert [(doubt.field.id, doubt.chosen, doubt.others) for doubt in mapping.doubts] == [("name", 1, (0,))]
    assert mapping.unused == (0,)
    assert "Наименование" in mapping.notes()[0]


def test_of_columns_with_one_heading_the_first_is_taken_and_the_others_told() -> None:
    mapping = recognise(["Name", "Name"], FIELDS)
    assert mapping.column("name") == 0
    assert mapping.doubts[0].others == (1,)


def test_a_field_of_several_takes_all_its_columns() -> None:
    mapping = recognise(["Name", "Phone 1", "Телефон2", "phone"], FIELDS)
    assert mapping.columns["phones"] == (1, 2, 3)
    assert mapping.doubts == ()


def test_a_number_after_a_single_field_is_not_overlooked() -> None:
    assert recognise(["Name 2"], FIELDS).columns == {}


def test_a_remark_in_brackets_gives_way_to_the_plain_heading() -> None:
    mapping = recognise(["Наименование (сокр.)", "Наименование"], FIELDS)
    assert mapping.column("name") == 1
    assert recognise(["Наименование (сокр.)"], FIELDS).column("name") == 0


def test_a_required_field_is_missed_unless_another_stands_in() -> None:
    assert recognise(["Артикул"], FIELDS).missing == ()
    mapping = recognise(["Phone", ""], FIELDS)
    assert mapping.missing == (NAME,)
    with pytest.raises(RuleBroken) as refusal:
        mapping.check()
    assert refusal.value.field == "name"
    assert "--map name=" in refusal.value.remedy and "Phone" in refusal.value.remedy


@pytest.mark.parametrize("column", ["foo bar", "FOO_BAR", "2", "B"])
def test_the_operator_names_a_column_by_heading_number_or_letter(column: str) -> None:
    mapping = recognise(["Name", "foo bar"], FIELDS, {"code": column})
    assert mapping.columns == {"name": (0,), "code": (1,)}


def test_a_stated_column_is_no_longer_guessed_for_another_field() -> None:
    mapping = recognise(["Name"], FIELDS, {"code": "Name"})
    assert mapping.columns == {"code": (0,)}


def test_an_empty_column_leaves_the_field_out() -> None:
    assert recognise(["Name", "Phone"], FIELDS, {"phones": ""}).columns == {"name": (0,)}


def test_an_unknown_field_or_column_is_refused_with_the_nearest() -> None:
    with pytest.raises(RuleBroken, match="phones") as refusal:
        recognise(["Name"], FIELDS, {"phons": "Name"})
    assert refusal.value.field == "map"
    with pytest.raises(RuleBroken, match="Company name"):
        recognise(["Company name", "x"], FIELDS, {"name": "Compny name"})
    with pytest.raises(RuleBroken, match="There are: a, b"):
        recognise(["a", "b"], FIELDS, {"name": "3"})


def test_columns_are_lettered_as_in_a_spreadsheet() -> None:
    assert [column_letters(number) for number in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


@pytest.mark.parametrize("table", FIELDS_OF)
def test_no_heading_names_two_fields_of_a_table(table: str) -> None:
    owners: dict[str, set[str]] = {}
    for field in FIELDS_OF[table]:
        for name in (field.id, field.title, *field.names):
            owners.setdefault(folded_heading(name), set()).add(field.id)
    assert {name: fields for name, fields in owners.items() if len(fields) > 1} == {}


@pytest.mark.parametrize("table", FIELDS_OF)
def test_titles_and_ids_are_recognised_as_their_fields(table: str) -> None:
    fields = FIELDS_OF[table]
    assert recognise([field.title for field in fields], fields).missing == ()
    for field in fields:
        assert recognise([field.id], fields).column(field.id) == 0
        assert recognise([field.title], fields).column(field.id) == 0


@pytest.mark.parametrize("table", FIELDS_OF)
def test_fields_are_told_apart_and_fall_back_on_each_other(table: str) -> None:
    ids = [field.id for field in FIELDS_OF[table]]
    assert len(set(ids)) == len(ids)
    assert {field.fallback for field in FIELDS_OF[table]} - {""} <= set(ids)


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        (
            "Код|Наименование|Полное наименование|ИНН|КПП|Вид контрагента|Юридический адрес|Телефон|Расчётный счёт|БИК",
            "external_code name legal_name inn kpp kind legal_address phones bank_account bik",
        ),
        (
            "Контрагент|E-mail|Контактное лицо|Должность|Ответственный",
            "name emails contact_name contact_position responsible",
        ),
    ],
)
def test_headings_of_1c_are_known_for_clients(headings: str, fields: str) -> None:
    assert list(recognise(headings.split("|"), CLIENT_FIELDS).columns) == _in_table_order(fields, CLIENT_FIELDS)


def test_headings_of_1c_are_known_for_products() -> None:
    headings = ["Артикул", "Номенклатура", "Ед. изм.", "Цена, руб.", "Валюта", "Ставка НДС", "Производитель"]
    found = recognise(headings, PRODUCT_FIELDS).columns
    assert list(found) == _in_table_order("code name unit price currency vat vendor", PRODUCT_FIELDS)


def test_headings_of_a_dealers_own_table_are_known_for_licences() -> None:
    headings = ["№ лицензии", "Серийный № ключа", "Контрагент", "Номенклатура", "Дата выдачи", "Действует до", "Кол-во"]
    mapping = recognise(headings, LICENCE_FIELDS)
    assert mapping.heading("expires") == "Действует до"
    assert set(mapping.columns) == {"number", "client", "product", "issued", "expires", "seats"}
    assert mapping.unused == (1,)


def _in_table_order(fields: str, table: tuple[ImportField, ...]) -> list[str]:
    wanted = fields.split(" ")
    return [field.id for field in table if field.id in wanted]


def test_known_headings_are_counted_once_each() -> None:
    count = known_headings(FIELDS)
    assert count(["Name", "Company", "Телефон", "Прочее", ""]) == 2
    assert count(["7707083893", "x" * 5000]) == 0
