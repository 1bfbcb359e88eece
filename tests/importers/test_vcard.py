"""Contacts come out of vCards of every age; one damaged card does not take the others with it."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.vcard import ContactCard, Labelled, UnreadableCard, is_vcard, read_vcards
from models.errors import RuleBroken


def cards(tmp_path: Path, content: str | bytes) -> list[ContactCard | UnreadableCard]:
    path = tmp_path / "contacts.vcf"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read_vcards(path))


def the_card(tmp_path: Path, *lines: str) -> ContactCard:
    (card,) = cards(tmp_path, "\r\n".join(["BEGIN:VCARD", *lines, "END:VCARD", ""]))
    assert isinstance(card, ContactCard)
    return card


def test_a_card_of_version_4_is_read_whole(tmp_path: Path) -> None:
    card = the_card(
        tmp_path,
        "VERSION:4.0",
        "FN:Анна Смирнова",
        "ORG:ООО «Луч»;Отдел продаж",
        "TITLE:Менеджер",
        'TEL;VALUE=uri;TYPE="work,voice":tel:+7-495-123-45-67',
        "EMAIL;TYPE=work:anna@example.ru",
        "ADR;TYPE=work:;;ул. Ленина\\, 5;Москва;;101000;Россия",
        "BDAY:19850203",
        "NOTE:раз\\nдва",
        "URL:https://example.ru",
        "UID:urn:uuid:1",
        "CATEGORIES:клиент,VIP",
    )
    assert (card.name, card.organisation, card.department, card.title) == (
        "Анна Смирнова", "ООО «Луч»", "Отдел продаж", "Менеджер",
    )  # fmt: skip
    assert card.phones == (Labelled("+7-495-123-45-67", ("work",)),)
    assert card.emails == (Labelled("anna@example.ru", ("work",)),)
    assert str(card.addresses[0]) == "101000, Россия, Москва, ул. Ленина, 5"
    assert (card.birthday, card.note, card.uid) == (date(1985, 2, 3), "раз\nдва", "urn:uuid:1")
    assert card.categories == ("клиент", "VIP")


def test_quoted_printable_of_version_2_1_is_decoded_over_its_soft_breaks(tmp_path: Path) -> None:
    card = the_card(
        tmp_path,
        "VERSION:2.1",
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=98=D0=B2=D0=B0=D0=BD=D0=BE=D0=B2;=",
        "=D0=98=D0=B2=D0=B0=D0=BD;;;",
        "NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=windows-1251:=CF=F0=E8=E2=E5=F2=2C=20=EC=E8=F0=0D=0A=",
        "=C0",
        "TEL;CELL:+7 900 000-00-00",
    )
    assert card.name == "Иван Иванов"
    assert card.note == "Привет, мир\nА"
    assert card.phones == (Labelled("+7 900 000-00-00", ("cell",)),)


def test_a_file_in_windows_1251_without_saying_so_is_read(tmp_path: Path) -> None:
    text = "BEGIN:VCARD\nVERSION:2.1\nFN:Иванов Иван Иванович\nORG:ООО Ромашка\nEND:VCARD\n"
    (card,) = cards(tmp_path, text.encode("cp1251"))
    assert isinstance(card, ContactCard)
    assert (card.name, card.organisation) == ("Иванов Иван Иванович", "ООО Ромашка")


def test_a_damaged_card_is_told_by_its_line_and_the_rest_is_read(tmp_path: Path) -> None:
    first, lost, empty, last = cards(
        tmp_path,
        "BEGIN:VCARD\nFN:One\nEND:VCARD\n"
        "BEGIN:VCARD\nFN:Without an end\n"
        "BEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n"
        "rubbish between\nbegin:vcard\nFN:Two\nend:vcard\n",
    )
    assert isinstance(first, ContactCard) and isinstance(last, ContactCard)
    assert isinstance(lost, UnreadableCard) and isinstance(empty, UnreadableCard)
    assert [card.line for card in (first, lost, empty, last)] == [1, 4, 6, 10]
    assert (first.name, last.name) == ("One", "Two")
    assert "no end" in lost.reason and "nobody" in empty.reason


def test_the_card_of_an_agent_within_a_card_is_left_out(tmp_path: Path) -> None:
    card = the_card(tmp_path, "FN:Boss", "AGENT:", "BEGIN:VCARD", "FN:Secretary", "END:VCARD", "TITLE:Director")
    assert (card.name, card.title) == ("Boss", "Director")


def test_pictures_and_unknown_lines_do_no_harm(tmp_path: Path) -> None:
    card = the_card(
        tmp_path, "FN:X", "PHOTO;ENCODING=b:" + "A" * 300_000, " not base64 ;;", "what is this", "TEL:1-23-45"
    )
    assert card.phones == (Labelled("1-23-45"),)


def test_hostile_text_is_cleaned(tmp_path: Path) -> None:
    card = the_card(tmp_path, "FN:Eve\x1b[31m", "TEL:1\u202e23")
    assert "\x1b" not in card.name


@pytest.mark.parametrize("birthday", ["--0203", "circa 1800", "1985", ""])
def test_a_birthday_that_is_no_date_is_left_out(tmp_path: Path, birthday: str) -> None:
    assert the_card(tmp_path, "FN:X", f"BDAY:{birthday}").birthday is None


def test_vcards_are_told_by_their_first_line(tmp_path: Path) -> None:
    path = tmp_path / "x"
    for content in (b"BEGIN:VCARD", b"\xef\xbb\xbf\r\nbegin : vcard\r\n", "\ufeffBEGIN:VCARD".encode("utf-16-le")):
        path.write_bytes(content)
        assert is_vcard(path)
    for content in (b"", b"name,phone\n", b"BEGIN:VCALENDAR"):
        path.write_bytes(content)
        assert not is_vcard(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(RuleBroken):
        list(read_vcards(tmp_path / "absent.vcf"))


LINES = st.lists(
    st.sampled_from(["BEGIN:VCARD", "END:VCARD", "VERSION:2.1", "AGENT:", "N:a;b", "ADR;LABEL=x:y:;;;"])
    | st.text(st.sampled_from('NFTELADRORG;:=",\\ \tя=0Dб^'), max_size=30)
    | st.builds(
        lambda name, value: f"{name}:{value}",
        st.sampled_from(["N", "ADR", "ORG", "TEL;TYPE=a", "NOTE;ENCODING=QUOTED-PRINTABLE", "FN;ENCODING=b", "BDAY"]),
        st.text(max_size=20),
    ),
    max_size=12,
)


@given(LINES)
def test_any_lines_are_read_or_told(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    content = "\n".join(["BEGIN:VCARD", "FN:A", *lines, "END:VCARD"]).encode("utf-8", "surrogatepass")
    found = cards(tmp_path_factory.getbasetemp(), content)
    assert found
    assert [card.line for card in found] == sorted(card.line for card in found)
