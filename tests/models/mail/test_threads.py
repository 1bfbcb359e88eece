"""Messages find their threads by references, else by subject and people, in whatever order they come."""

from __future__ import annotations

import itertools

import pytest

from models.audit import rows_changed_behind
from models.mail.queries import next_in_thread, previous_in_thread, thread_of
from models.mail.subjects import bare_subject, is_reply
from models.mail.tables import Message
from models.writing import Actor
from tests.models.mail.letters import OURS, a_letter, take

CHAIN = (
    a_letter(message_id="1@test"),
    a_letter(OURS, "Re: Счёт", to=["pyotr@romashka.example"], message_id="2@test", after=["1@test"], days=1),
    a_letter("pyotr@romashka.example", "Re: Счёт", message_id="3@test", after=["2@test"], days=2),
    a_letter("maria@romashka.example", "Fwd: Счёт", message_id="4@test", after=["1@test", "3@test"], days=3),
)


def threads() -> list[list[str]]:
    """The Message-IDs of each thread."""
    rows = Message.select(Message.thread, Message.message_id).order_by(Message.thread, Message.message_id).tuples()
    return [[name for _thread, name in group] for _key, group in itertools.groupby(rows, key=lambda row: row[0])]


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1)])
@pytest.mark.parametrize("at_once", [True, False])
def test_a_thread_is_one_in_whatever_order_it_comes(director: Actor, order: tuple[int, ...], at_once: bool) -> None:
    letters = [CHAIN[number] for number in order]
    for some in [letters] if at_once else [[letter] for letter in letters]:
        take(director, *some)
    assert threads() == [["1@test", "2@test", "3@test", "4@test"]]
    assert list(rows_changed_behind()) == []


def test_two_answers_belong_together_though_what_they_answer_is_not_here(director: Actor) -> None:
    take(director, a_letter(subject="Re: Раз", message_id="2@test", after=["lost@test"]))
    take(director, a_letter(subject="Re: Два", message_id="3@test", after=["lost@test"]))
    assert threads() == [["2@test", "3@test"]]


def test_a_late_message_ties_two_threads_together(director: Actor) -> None:
    take(director, a_letter(subject="Раз", message_id="1@test"))
    take(director, a_letter(subject="Два", message_id="2@test"), a_letter(subject="Re: Два", after=["2@test"]))
    take(director, a_letter(subject="Три", message_id="3@test", after=["1@test", "2@test"]))
    assert len(threads()) == 1
    assert list(rows_changed_behind()) == []


@pytest.mark.parametrize("subject", ["Re: Счёт № 5", "RE[2]: Счёт № 5", "Отв: счёт №5", "Fwd: Re: Счёт № 5"])
@pytest.mark.parametrize("reply_first", [False, True])
def test_a_reply_without_references_goes_by_its_subject(director: Actor, subject: str, reply_first: bool) -> None:
    letters = [a_letter(subject="Счёт № 5"), a_letter(OURS, subject, to=["pyotr@romashka.example"], days=3)]
    for letter in reversed(letters) if reply_first else letters:
        take(director, letter)
    assert len(threads()) == 1


@pytest.mark.parametrize(
    "other",
    [
        a_letter(subject="Счёт № 5", text="Другой.", days=1),
        a_letter(subject="Re: Счёт № 5", days=40),
        a_letter("x@else.example", "Re: Счёт № 5", to=["y@else.example"], days=1),
        a_letter(subject="Re: Счёт № 6", days=1),
    ],
    ids=["both begin", "too late", "nobody in common", "another subject"],
)
def test_the_subject_alone_ties_nothing(director: Actor, other: object) -> None:
    take(director, a_letter(subject="Счёт № 5"))
    take(director, other)  # type: ignore[arg-type]
    assert len(threads()) == 2


def test_a_thread_is_read_from_its_oldest_message_on(director: Actor) -> None:
    late, early = take(director, CHAIN[1], CHAIN[0])
    assert [line.id for line in thread_of(late)] == [early, late]
    assert (next_in_thread(early), next_in_thread(late)) == (late, None)
    assert (previous_in_thread(late), previous_in_thread(early)) == (early, None)


def test_what_replies_put_before_a_subject_is_known() -> None:
    spellings = ("Re: Привет", "RE[2]: Привет", "Re(3): Привет", "Отв: Re: Привет", "[list] Re: Привет", "Fwd: Привет")
    assert {bare_subject(one) for one in spellings} == {"Привет"}
    assert all(map(is_reply, spellings))
    assert not is_reply("Реклама: привет")
    assert bare_subject("Re:") == "Re:"
