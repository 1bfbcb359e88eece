"""What a story of the sample is made of: letters and talks one after the other, as text with places for names.

The places are those that ``conversations`` fills: ``{product}``, ``{count}``, ``{price}``, ``{invoice}``,
``{licences}``, ``{licence}``, ``{key}``, ``{make}``, ``{until}``, ``{client}``, ``{inn}``, ``{us}`` and ``{them}``
(first name and patronymic). A text that names what the conversation does not know is not taken.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letter:
    """A message, theirs or ours, some working hours after the step before it; one of its texts is taken.

    With a subject it begins a thread, without one it answers the last letter. ``files`` are kinds of ``enclosures``.
    """

    ours: bool
    hours: float
    texts: tuple[str, ...]
    subject: str = ""
    files: tuple[str, ...] = ()
    copy_to_colleague: bool = False


@dataclass(frozen=True, slots=True)
class Talk:
    """A call, meeting, negotiation or demo. Where it is still to come, it is planned, and the story ends there.

    One that is ``cancelled`` was planned too; its outcome says why it was not held.
    """

    kind: str
    ours: bool
    hours: float
    minutes: int
    subject: str
    outcome: str
    next_step: str = ""
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """A course of events between us and a client.

    ``about`` says what it begins with: a purchase of some kind, a key in some state, or a client alone. ``days`` are
    how many days it begins after that (negative: before).
    """

    code: str
    weight: int
    about: str
    days: tuple[int, int]
    steps: tuple[Letter | Talk, ...]


def theirs(hours: float, *texts: str, subject: str = "", files: tuple[str, ...] = ()) -> Letter:
    """A letter of the client."""
    return Letter(False, hours, texts, subject, files)


def ours(
    hours: float, *texts: str, subject: str = "", files: tuple[str, ...] = (), copy_to_colleague: bool = False
) -> Letter:
    """A letter of ours."""
    return Letter(True, hours, texts, subject, files, copy_to_colleague)
