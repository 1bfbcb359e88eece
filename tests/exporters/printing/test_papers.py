"""Certificates, labels and acts of keys in both languages, with codes that a reader reads back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from exporters.printing.paper_data import paper_file_name
from exporters.printing.typesetting import pdf_of_paper
from models.language import LANGUAGES
from models.licensing.papers import PAPERS, Paper, PrintedKey, PrintedLicence
from models.sales.printing import Named
from tests.exporters.printing.papers import BUYER, DAYS, SELLER, codes_on, pages_of, text_of

DAY = dt.date(2026, 11, 25)
KEYS = (
    PrintedKey("0A1F-4433", "HASP HL Pro", "Thales", "red", "ПТО", "ПАО «Уралпроект»"),
    PrintedKey("0A1F-4434", "HASP HL Pro", "Thales", "red", "", "ПАО «Уралпроект»"),
)


def a_licence(number: str = "GS-100001", **more: Any) -> PrintedLicence:
    """A licence of a year."""
    given: dict[str, Any] = {
        "name": "Гранд-Смета", "code": "GS-1", "vendor": "Гранд", "client": "ПАО «Уралпроект»", "end_user": "",
        "key": "0A1F-4433", "key_model": "HASP HL Pro", "issued": DAY, "expires": dt.date(2027, 11, 24),
        "maintenance_until": None, "seats": 5, "status": "active", "instance": "I-000001",
        "shipment": Named("shipment", "26-00007", DAY),
    }  # fmt: skip
    return PrintedLicence(number, **{**given, **more})


def a_paper(name: str, **more: Any) -> Paper:
    """A paper of two licences and two keys."""
    given: dict[str, Any] = {"licences": (a_licence(), a_licence("GS-100002", expires=None)), "keys": KEYS}
    former = SELLER if name == "transfer" else None
    return Paper(name, "0A1F-4434", DAY, SELLER, BUYER, former=former, **{**given, **more})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_names_what_it_is_about(name: str, language: str) -> None:
    text = text_of(pdf_of_paper(a_paper(name, reason="Не определяется"), language))
    expected = ["GS-100001", "GS-100002", "Гранд-Смета"]
    expected += ["0A1F-4433"] if name in ("transfer", "certificate") else ["0A1F-4434"]
    expected += ["Уралпроект"] if name != "labels" else ["HASP HL Pro", "ПТО"]
    expected += [DAYS[language]] if name != "labels" else []
    assert [one for one in expected if one not in text] == []


def test_a_single_certificate_says_all_of_the_licence_and_its_code_reads_back() -> None:
    pdf = pdf_of_paper(a_paper("certificate", licences=(a_licence(end_user="АО «Трубный завод»"),)), "ru")
    text = text_of(pdf)
    for said in (
        "GS-100001",
        "HASP HL Pro",
        "24.11.2027",
        "Отгрузка № 26-00007",
        "АО «Трубный завод»",
        "Рабочих мест: 5",
    ):
        assert said in text
    assert codes_on(pdf) == ["GS-100001"]


def test_each_label_carries_the_number_as_a_code() -> None:
    pdf = pdf_of_paper(a_paper("labels"), "ru")
    assert sorted(codes_on(pdf)) == ["0A1F-4433", "0A1F-4434", "GS-100001", "GS-100002"]


def test_two_hundred_labels_go_on_ten_sheets() -> None:
    many = tuple(a_licence(f"GS-{number:06d}") for number in range(200))
    assert pages_of(pdf_of_paper(a_paper("labels", licences=many, keys=()), "ru")) == 10


def test_a_perpetual_licence_says_so() -> None:
    for language, said in (("ru", "бессрочно"), ("en", "perpetual")):
        assert said in text_of(pdf_of_paper(a_paper("certificate"), language))


def test_no_text_of_the_data_becomes_a_program_of_the_template() -> None:
    hostile = '#panic("x") $x$ *b* _i_ <a> @b // \\u{202e} "]['
    pdf = pdf_of_paper(a_paper("certificate", licences=(a_licence(hostile, name=hostile, client=hostile),)), "en")
    assert "#panic" in text_of(pdf)


def test_the_file_is_named_after_what_it_is_of() -> None:
    assert paper_file_name(a_paper("exchange")) == "Act of exchange 0A1F-4434.pdf"
    paper = Paper("labels", 'a/b\\c:"d"', DAY, SELLER, BUYER)
    assert paper_file_name(paper) == "Labels a-b-c--d-.pdf"
