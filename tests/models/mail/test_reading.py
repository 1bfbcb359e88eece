"""What a screen asks about one message, and filing many by hand."""

from __future__ import annotations

import pytest

from models.errors import NotFound, RuleBroken
from models.mail.bulk_filing import MOST_AT_ONCE, file_if_waiting, file_messages
from models.mail.reading import (
    beginning_of_source,
    charset_of_source,
    filing_of,
    original_pieces,
    source_text,
    thread_ids,
    waiting_messages,
)
from models.mail.tables import Message
from models.undo import last_change, undo
from models.writing import Actor
from tests.models.mail.letters import a_letter, take
from tests.models.worlds import a_client


def arrive(by: Actor, name: str, sender: str, *, day: int = 1, after: str = "", text: str = "Добрый день!") -> int:
    """A message of a day from a sender to us."""
    after_all = (after,) if after else ()
    letter = a_letter(
        sender, f"Letter {name}", text, message_id=name, after=after_all, days=day, to=("we@dealer.example",)
    )
    [message_id] = take(by, letter)
    return message_id


def test_a_filing_says_whose_domain_it_is_and_who_is_likely_meant(director: Actor) -> None:
    client = a_client(director, "ЗАО «Вектор»")
    message = arrive(director, "one", "buh@mail.vektor.ru", text="Акт сверки с ЗАО «Вектор»")
    filing = filing_of(message)
    assert (filing.address, filing.domain, filing.remembers) == ("buh@mail.vektor.ru", "vektor.ru", "domain")
    assert filing.guess is not None
    assert (filing.guess.client_id, filing.client_id) == (client, None)


def test_a_public_domain_is_never_offered(director: Actor) -> None:
    filing = filing_of(arrive(director, "one", "ivan@mail.ru"))
    assert (filing.domain, filing.remembers, filing.guess) == ("", "address", None)


def test_a_filed_message_has_no_guess(director: Actor) -> None:
    client = a_client(director, "Вектор", emails=("a@vektor.ru",))
    filing = filing_of(arrive(director, "one", "a@vektor.ru", text="«Вектор»"))
    assert (filing.client_id, filing.client_name, filing.guess) == (client, "Вектор", None)


def test_a_thread_is_in_the_order_of_its_moments(director: Actor) -> None:
    late = arrive(director, "late", "a@one.ru", day=9)
    early = arrive(director, "early", "a@one.ru", day=2, after="late")
    other = arrive(director, "other", "a@one.ru", day=3)
    assert thread_ids(late) == thread_ids(early) == [early, late]
    assert thread_ids(other) == [other]


def test_the_newest_of_those_that_wait_come_first(director: Actor) -> None:
    ids = [arrive(director, f"{day}", f"a{day}@mail.ru", day=day) for day in (1, 2, 3)]
    rows, total = waiting_messages(2)
    assert ([row.id for row in rows], total) == ([ids[2], ids[1]], 3)
    assert waiting_messages(5)[1] == 3


def test_many_are_filed_in_one_step_and_taken_back_in_one(director: Actor) -> None:
    client = a_client(director)
    ids = [arrive(director, f"{day}", f"a{day}@mail.ru", day=day) for day in (1, 2, 3)]
    assert file_messages(director, ids, client) == 3
    assert file_messages(director, ids, client) == 0
    change = last_change(director)
    assert change is not None
    undo(director, change)
    assert {row.filed_by for row in Message.select()} == {""}


def test_more_than_the_lock_allows_are_refused(director: Actor) -> None:
    with pytest.raises(RuleBroken):
        file_messages(director, range(MOST_AT_ONCE + 1), a_client(director))


def test_what_was_filed_by_the_new_address_stays_as_it_is(director: Actor) -> None:
    message = arrive(director, "one", "a@vektor.ru")
    client = a_client(director, "Вектор", emails=("a@vektor.ru",))
    assert file_if_waiting(director, message, client) == 0
    assert Message.get_by_id(message).filed_by == "address"
    other = arrive(director, "two", "b@mail.ru")
    assert file_if_waiting(director, other, client) == 1
    assert Message.get_by_id(other).filed_by == "hand"


def test_the_source_comes_back_and_reads_as_lines(director: Actor) -> None:
    message = arrive(director, "one", "a@mail.ru", text="Ключи")
    source = b"".join(original_pieces(message))
    assert source.endswith("Ключи\n".encode())
    assert beginning_of_source(message) == source.decode().splitlines()
    with pytest.raises(NotFound):
        next(original_pieces(999))


@pytest.mark.parametrize(
    ("beginning", "charset"),
    [
        (b'charset="windows-1251"', "cp1251"),
        (b"charset=utf-8; charset = KOI8-R", "koi8-r"),
        (b"charset=nonsense", ""),
        (b"charset=rot13 charset=hex charset=utf-16", ""),
        (b"", ""),
    ],
)
def test_the_character_set_of_a_source_is_one_that_text_can_be_in(beginning: bytes, charset: str) -> None:
    assert charset_of_source(beginning) == charset


def test_bytes_that_are_no_text_are_seen_as_such() -> None:
    assert source_text(b"\xff\xfe", "") == r"\xff\xfe"
    assert source_text("ключ".encode(), "koi8-r") == "ключ"
