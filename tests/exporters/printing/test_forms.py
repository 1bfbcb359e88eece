"""Every form in both languages: what stands on it, whatever the texts of a document are, and the code for payment."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from exporters.printing.form_data import file_name, form_data
from exporters.printing.typesetting import TEMPLATES, pdf_of
from models.errors import RuleBroken
from models.language import LANGUAGES
from models.licensing.papers import PAPERS
from models.sales.printing import Bank, Party
from models.sales.vocabulary import FORMS, KINDS_OF_DOCUMENT
from tests.exporters.printing.papers import (
    BANK,
    BUYER,
    DAYS,
    LINES,
    SUMS,
    WORDS,
    a_form,
    a_line,
    codes_on,
    edges_of,
    pages_of,
    text_of,
)

KIND_OF = {form: kind.name for kind in KINDS_OF_DOCUMENT.values() for form in kind.forms}
WITHOUT_WORDS = ("upd1", "upd2")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", FORMS)
def test_a_form_says_number_day_sides_lines_and_sums(form: str, language: str) -> None:
    text = text_of(pdf_of(a_form(form, KIND_OF[form]), language))
    expected = ["26-00045", DAYS[language], "ТехноСофт", "Уралпроект", "7721197726", "Нанокад Проект", *SUMS[language]]
    if form not in WITHOUT_WORDS:
        expected.append(WORDS[language])
    assert [one for one in expected if one not in text] == []


def test_the_statuses_of_the_transfer_document_differ() -> None:
    first, second = (text_of(pdf_of(a_form(form, "shipment"), "ru")) for form in ("upd1", "upd2"))
    assert "Статус: 1" in first and "Статус: 2" in second
    assert "Главный бухгалтер" in first and "Главный бухгалтер" not in second
    for text in (first, second):
        for said in ("Продавец:", "(2б)", "Всего к оплате (9)", "[15]", "Договор № Д-17 от 03.02.2026"):
            assert said in text


def test_an_invoice_carries_the_code_of_the_standard() -> None:
    (said,) = codes_on(pdf_of(a_form("invoice"), "ru"))
    assert said == (
        "ST00012|Name=Общество с ограниченной ответственностью «ТехноСофт»|PersonalAcc=40702810107911215279"
        "|BankName=ПАО Сбербанк, г. Москва|BIC=044525225|CorrespAcc=30101810400000000225|Sum=46250250"
        "|Purpose=Оплата по счёту № 26-00045 от 25.11.2026. В том числе НДС 22 090,61"
        "|PayeeINN=7721197726|KPP=770101001"
    )


def test_the_code_is_the_same_whatever_the_language() -> None:
    assert codes_on(pdf_of(a_form("invoice"), "en")) == codes_on(pdf_of(a_form("invoice"), "ru"))


def test_values_of_the_code_hold_no_separator_and_no_more_than_the_standard_allows() -> None:
    bank = Bank("Банк | с чертой " + "х" * 60, BANK.bik, BANK.account, "")
    fields = form_data(a_form("invoice", bank=bank), "ru")["payment"].split("|")
    assert fields[3] == "BankName=" + bank.name.replace("|", " ")[:45]
    assert fields[5] == "CorrespAcc=0"
    assert len(fields) == 10


@pytest.mark.parametrize("more", [{"currency": "USD"}, {"bank": None}, {"state": "draft"}, {"lines": ()}])
def test_what_cannot_be_paid_by_a_code_has_none(more: dict[str, Any]) -> None:
    assert form_data(a_form("invoice", **more), "ru")["payment"] == ""


HOSTILE = '#panic("x") *b* _i_ $1/0$ @ref <label> `raw` = h \\ // # [a] \u202e "quoted" & <tag>'


@pytest.mark.parametrize("form", FORMS)
def test_texts_of_a_document_are_never_markup(form: str) -> None:
    buyer = dataclasses.replace(BUYER, name=HOSTILE, address=HOSTILE, signatory=HOSTILE)
    lines = (a_line(1, HOSTILE, "1", "100", "81.97", "18.03", end_user=HOSTILE, vendor=HOSTILE),)
    paper = a_form(form, KIND_OF[form], buyer=buyer, lines=lines, terms=HOSTILE, note=HOSTILE, operator=HOSTILE)
    text = text_of(pdf_of(paper, "ru"))
    assert '#panic("x") *b* _i_ $1/0$ @ref <label> `raw` = h \\ // # [a]' in text


def test_an_endless_word_stays_in_its_column_and_many_lines_take_more_pages() -> None:
    lines = tuple(a_line(n, "Ж" * 300, "1", "100", "81.97", "18.03") for n in range(1, 31))
    pdf = pdf_of(a_form("invoice", lines=lines), "ru")
    assert pages_of(pdf) > 2
    assert text_of(pdf).count("Товары (работы, услуги)") > 2, "the head of the table stands on every page of it"
    left, right = edges_of("Ж", pdf)
    assert 42 < left < right < 400


@pytest.mark.parametrize("form", FORMS)
def test_what_is_not_known_yet_is_left_out(form: str) -> None:
    bare = a_form(
        form, KIND_OF[form], seller=Party("Мы"), buyer=Party(), bank=None, contract=None, lines=(), operator="",
        number="", state="draft",
    )  # fmt: skip
    assert "ЧЕРНОВИК" in text_of(pdf_of(bare, "ru"))


@pytest.mark.parametrize(("state", "mark"), [("draft", "ЧЕРНОВИК"), ("cancelled", "ОТМЕНЁН"), ("issued", "")])
def test_what_does_not_count_is_marked(state: str, mark: str) -> None:
    text = text_of(pdf_of(a_form("act", "shipment", state=state), "ru"))
    assert [one for one in ("ЧЕРНОВИК", "ОТМЕНЁН") if one in text] == [one for one in [mark] if one]


def test_without_vat_it_says_so() -> None:
    text = text_of(pdf_of(a_form("act", "shipment", lines=LINES[:1]), "ru"))
    assert "Без налога (НДС)" in text


def test_a_company_has_its_own_template_and_logo(tmp_path: Path) -> None:
    (tmp_path / "act.typ").write_text('#import "common.typ": *\n#letterhead() Наш акт #data.number', encoding="utf-8")
    (tmp_path / "logo-7721197726.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><rect width="20" height="20"/></svg>'
    )
    assert text_of(pdf_of(a_form("act", "shipment"), "ru", tmp_path)) == "Наш акт 26-00045"
    assert "Счёт на оплату" in text_of(pdf_of(a_form("invoice"), "ru", tmp_path))


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("\n#nothing-of-this-name", "act.typ:2: unknown variable"),
        ('#read("/etc/passwd")', "not found"),
        ('#read("../../../../../../etc/passwd")', "escape|denied|not found|outside"),
        ('#import "@preview/no-package-of-ours:0.0.1": *', "package"),
        ("#let f(x) = f(x + 1)\n#f(1)", "recursion|depth"),
    ],
)
def test_a_template_that_cannot_be_printed_is_told(tmp_path: Path, template: str, says: str) -> None:
    (tmp_path / "act.typ").write_text(template, encoding="utf-8")
    with pytest.raises(RuleBroken, match=r"act\.typ") as told:
        pdf_of(a_form("act", "shipment"), "ru", tmp_path)
    assert any(word in told.value.remedy for word in says.split("|")), told.value.remedy


def test_a_template_that_never_ends_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exporters.printing.typesetting._SECONDS", 1)
    (tmp_path / "act.typ").write_text(
        "#let spin(n) = { let x = 0; for i in range(n) { for j in range(n) { x += 1 } }; x }\n#spin(1000000)"
    )
    with pytest.raises(RuleBroken, match=r"act\.typ"):
        pdf_of(a_form("act", "shipment"), "ru", tmp_path)


def test_every_form_has_its_template() -> None:
    names = {path.name for path in TEMPLATES.glob("*.typ")}
    of_documents = {"quote.typ", "order.typ", "invoice.typ", "upd.typ", "act.typ", "rights.typ"}
    assert names == of_documents | {f"{paper}.typ" for paper in PAPERS} | {"common.typ", "keys.typ"}


def test_files_are_named_by_form_and_number() -> None:
    assert file_name(a_form("invoice", number="26-00045/2")) == "Invoice 26-00045-2.pdf"
    assert file_name(a_form("quote", "quote", number="")) == "Quote draft 1.pdf"
