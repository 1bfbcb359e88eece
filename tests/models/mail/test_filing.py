"""A message belongs to whom its address, its domain or its thread says; what was unknown files itself later."""

from __future__ import annotations

from typing import Any

import pytest

from models import undo
from models.audit import AuditEntry, broken_links, rows_changed_behind
from models.clients.actions import add_person, edit_client
from models.clients.tables import Client
from models.company.actions import change_setting
from models.errors import NotAllowed, RuleBroken
from models.mail.actions import file_message, unfile_message
from models.mail.domains import company_domains, domain_of_site
from models.mail.guessing import guess_for
from models.mail.incoming import IncomingMessage
from models.mail.lists import unfiled
from models.mail.own import own_addresses
from models.mail.tables import LearnedAddress, Message
from models.mail.turning import turn_messages
from models.writing import Actor
from tests.models.mail.letters import OURS, a_letter, filed, take
from tests.models.worlds import a_client


def _version(client: int) -> int:
    return int(Client.get(Client.id == client).version)


def test_an_exact_address_wins_over_the_domain(director: Actor) -> None:
    romashka = a_client(director, website="https://www.romashka.example/about")
    lutik = a_client(director, "АО «Лютик»", emails=("pyotr@romashka.example",))
    assert filed(*take(director, a_letter("pyotr@romashka.example"))) == (lutik, "address")
    assert filed(*take(director, a_letter("maria@romashka.example"))) == (romashka, "domain")


def test_a_contact_persons_address_files_under_the_person(director: Actor) -> None:
    client = a_client(director)
    person = add_person(director, {"client": client, "name": "Пётр", "emails": ("pyotr@home.example",)})
    (message,) = take(director, a_letter("pyotr@home.example"))
    assert filed(message) == (client, "address")
    assert Message.get(Message.id == message).person_id == person


def test_a_domain_of_the_clients_addresses_counts_with_what_stands_under_it(director: Actor) -> None:
    client = a_client(director, emails=("office@romashka.example",))
    assert filed(*take(director, a_letter("robot@mail.romashka.example"))) == (client, "domain")


@pytest.mark.parametrize("domain", ["gmail.com", "mail.ru", "yandex.ru", "bk.ru", "rambler.ru"])
def test_a_public_domain_never_files(director: Actor, domain: str) -> None:
    a_client(director, emails=(f"romashka@{domain}",), website=f"https://{domain}")
    assert filed(*take(director, a_letter(f"somebody@{domain}"))) == (None, "")


def test_a_domain_that_two_clients_use_files_under_neither(director: Actor) -> None:
    for number in (1, 2):
        a_client(director, f"Клиент {number}", emails=(f"o{number}@holding.example",))
    assert filed(*take(director, a_letter("pyotr@holding.example"))) == (None, "")


def test_our_own_letters_are_filed_by_whom_they_went_to(director: Actor) -> None:
    client = a_client(director, emails=("pyotr@romashka.example",))
    (message,) = take(director, a_letter(OURS, to=["pyotr@romashka.example"]))
    assert filed(message) == (client, "address")
    assert Message.get(Message.id == message).direction == "out"


def test_what_stays_between_ourselves_is_internal_and_waits_for_nobody(director: Actor) -> None:
    (message,) = take(director, a_letter(OURS, to=["anna@dealer.example"]))
    assert Message.get(Message.id == message).direction == "internal"
    assert unfiled().count() == 0


def test_what_turns_out_to_be_ours_is_turned_and_filed(director: Actor) -> None:
    client = a_client(director, emails=("pyotr@romashka.example",))
    ours, theirs = take(director, a_letter(OURS, to=["pyotr@romashka.example"]), a_letter(), owner="else.example")
    assert Message.get(Message.id == ours).direction == "in"
    change_setting(director, "own_addresses", "Dealer.example, director@gmail.com")
    assert filed(ours) == filed(theirs) == (client, "address")
    directions = [Message.get(Message.id == one).direction for one in (ours, theirs)]
    assert directions == ["out", "in"]
    assert turn_messages(director, own_addresses()) == 0
    assert list(rows_changed_behind()) == []


def test_what_is_no_longer_ours_is_turned_back_and_filed_by_its_sender(director: Actor) -> None:
    client = a_client(director, emails=("pyotr@romashka.example",))
    other = a_client(director, "АО «Лютик»", emails=("anna@lutik.example",))
    change_setting(director, "own_addresses", "dealer.example, lutik.example")
    sent, between, later = take(
        director,
        a_letter("anna@lutik.example", to=["pyotr@romashka.example"]),
        a_letter(OURS, to=["anna@lutik.example"]),
        a_letter("boss@dealer.example", to=["pyotr@romashka.example"]),
        owner="dealer.example",
    )
    ids = (sent, between, later)
    assert [Message.get(Message.id == one).direction for one in ids] == ["out", "internal", "out"]
    change_setting(director, "own_addresses", "dealer.example")
    assert [Message.get(Message.id == one).direction for one in ids] == ["in", "out", "out"]
    assert [filed(one) for one in ids] == [(other, "address"), (other, "address"), (client, "address")]
    assert turn_messages(director, own_addresses()) == 0
    assert list(rows_changed_behind()) == list(broken_links()) == []


def test_who_was_never_in_the_settings_is_not_turned_back(director: Actor) -> None:
    (sent,) = take(director, a_letter("anna@lutik.example", to=["pyotr@romashka.example"]), owner="lutik.example")
    change_setting(director, "own_addresses", "dealer.example")
    assert turn_messages(director, own_addresses()) == 0
    assert Message.get(Message.id == sent).direction == "out"


def test_our_addresses_are_addresses_or_domains(director: Actor) -> None:
    with pytest.raises(RuleBroken, match="Anna"):
        change_setting(director, "own_addresses", "dealer.example Anna")


def test_an_answer_from_an_unknown_address_goes_with_its_thread(director: Actor) -> None:
    client = a_client(director, emails=("pyotr@romashka.example",))
    first, second = take(
        director,
        a_letter(message_id="1@test"),
        a_letter("pyotr@home.example", "Re: Счёт", message_id="2@test", after=["1@test"]),
    )
    assert (filed(first), filed(second)) == ((client, "address"), (client, "thread"))
    (later,) = take(director, a_letter("dasha@home.example", "Re: Счёт", message_id="3@test", after=["2@test"]))
    assert filed(later) == (client, "thread")


def test_an_address_added_to_a_client_files_what_waited_for_it(director: Actor) -> None:
    message, other = take(director, a_letter("pyotr@romashka.example"), a_letter("x@else.example"))
    client = a_client(director)
    edit_client(director, client, _version(client), {"emails": ("Pyotr@Romashka.example",)})
    assert filed(message) == (client, "address")
    assert filed(other) == (None, "")
    assert list(rows_changed_behind()) == list(broken_links()) == []


def test_a_web_site_added_to_a_client_files_what_waited_from_its_domain(director: Actor) -> None:
    (message,) = take(director, a_letter("pyotr@romashka.example"))
    client = a_client(director)
    edit_client(director, client, _version(client), {"website": "romashka.example"})
    assert filed(message) == (client, "domain")


def test_filing_by_hand_remembers_the_address_and_files_its_siblings(director: Actor) -> None:
    client = a_client(director)
    letters = [a_letter("pyotr@gmail.com", f"Письмо {number}") for number in range(3)]
    first, second, third = take(director, *letters)
    assert file_message(director, first, client, remember="address") == 3
    assert [filed(one) for one in (first, second, third)] == [
        (client, "hand"),
        (client, "learned"),
        (client, "learned"),
    ]
    assert filed(*take(director, a_letter("pyotr@gmail.com", "Позже"))) == (client, "learned")


def test_filing_by_hand_remembers_a_whole_domain_but_never_a_public_one(director: Actor) -> None:
    client = a_client(director)
    first, second, public = take(
        director, a_letter("pyotr@romashka.example"), a_letter("maria@mail.romashka.example"), a_letter("p@mail.ru")
    )
    assert file_message(director, first, client, remember="domain") == 2
    assert filed(second) == (client, "learned")
    with pytest.raises(RuleBroken, match=r"mail\.ru") as refusal:
        file_message(director, public, client, remember="domain")
    assert refusal.value.field == "remember"
    assert filed(public) == (None, "")


def test_an_address_of_another_client_is_not_learned(director: Actor) -> None:
    a_client(director, emails=("pyotr@romashka.example",))
    lutik = a_client(director, "АО «Лютик»")
    (message,) = take(director, a_letter())
    with pytest.raises(RuleBroken, match="Ромашка"):
        file_message(director, message, lutik, remember="address")
    assert file_message(director, message, lutik) == 1


def test_filing_can_be_undone_with_all_that_it_filed(director: Actor) -> None:
    client = a_client(director)
    first, second = take(director, a_letter(subject="Раз"), a_letter(subject="Два"))
    file_message(director, first, client, remember="domain")
    change = undo.last_change(director)
    assert change is not None
    undo.undo(director, change)
    assert (filed(first), filed(second)) == ((None, ""), (None, ""))
    assert LearnedAddress.select().count() == 0


def test_an_unfiled_message_waits_again(director: Actor) -> None:
    client = a_client(director, emails=("pyotr@romashka.example",))
    (message,) = take(director, a_letter())
    unfile_message(director, message)
    assert filed(message) == (None, "")
    assert [row.id for row in unfiled().page(0, 10)] == [message]
    assert filed(*take(director, a_letter(subject="Ещё"))) == (client, "address")


def test_an_import_is_not_undone_and_hides_no_change_before_it(director: Actor) -> None:
    a_client(director)
    before = undo.last_change(director)
    (message,) = take(director, a_letter())
    assert undo.last_change(director) == before
    entry = AuditEntry.get(AuditEntry.kind == "message", AuditEntry.record_id == message)
    with pytest.raises(RuleBroken, match="archive"):
        undo.undo(director, entry.change_id)


def test_filing_takes_the_right_to_it(director: Actor) -> None:
    (message,) = take(director, a_letter())
    reader = Actor("eva", "Eva", None, frozenset(), "test")
    with pytest.raises(NotAllowed):
        file_message(reader, message, a_client(director))


@pytest.mark.parametrize(
    ("letter", "values", "why"),
    [
        (a_letter("new@holding.example"), {"emails": ("o@holding.example",)}, "holding.example"),
        (a_letter("x@gmail.com", text="ООО «Ромашка» просит счёт"), {}, "Ромашка"),
        (a_letter("x@gmail.com", text="ИНН 7707083893, нужен счёт"), {"inn": "7707083893"}, "7707083893"),
    ],
)
def test_an_unfiled_message_comes_with_a_guess(
    director: Actor, letter: IncomingMessage, values: dict[str, Any], why: str
) -> None:
    client = a_client(director, **values)
    if "emails" in values:
        a_client(director, "АО «Лютик»", emails=("l@holding.example",))
    (message,) = take(director, letter)
    guess = guess_for(message)
    assert guess is not None
    assert guess.client_id == client
    assert why in guess.why


def test_nothing_to_go_by_is_no_guess(director: Actor) -> None:
    a_client(director)
    assert guess_for(*take(director, a_letter("x@gmail.com", "hi", "no names"))) is None


def test_domains_are_told_from_hosts_and_sites() -> None:
    assert company_domains("mail.romashka.co.uk") == ["mail.romashka.co.uk", "romashka.co.uk"]
    assert company_domains("anna.mail.ru") == company_domains("localhost") == []
    sites = ("https://www.Romashka.ru/x", "romashka.ru", "http://romashka.ru:8080", "романтика.рф", "нет сайта")
    assert [domain_of_site(site) for site in sites] == ["romashka.ru"] * 3 + ["романтика.рф", ""]
