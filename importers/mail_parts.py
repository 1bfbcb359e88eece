"""The content of one part of a message, read anew from its original, in a child process with limits."""

from __future__ import annotations

from importers.mail_job import PartJob
from importers.nursery import Failed, Nursery, ReaderLimits
from models.errors import RuleBroken
from models.language import N_, _
from models.mail.queries import original

_READER = "importers.mail_reader:part"
# An attachment is taken apart as a whole: some ten times its size, for a moment.
_LIMITS = ReaderLimits(memory=2 << 30, seconds=60, answer=512 << 20)
_WHY = {
    "memory": N_("Reading it takes more than {detail} MB of memory."),
    "time": N_("Reading it takes more than {detail} s."),
}
_UNREADABLE = N_("It cannot be taken out of its message.")


def part_content(message_id: int, position: int) -> bytes:
    """The bytes of the part that stands at a position among a message's parts.

    Raises ``NotFound`` for a message that is not there, ``RuleBroken`` where the part cannot be read.
    """
    raw = original(message_id)
    with Nursery[int](_READER, _LIMITS, readers=1) as readers:
        readers.give(0, PartJob(raw, position).packed())
        answers = list(readers.answers(block=True))
    _tag, answer = answers[0]
    if isinstance(answer, Failed):
        raise RuleBroken("part", _(_UNREADABLE), _(_WHY.get(answer.code, "")).format(detail=answer.detail))
    if not answer.startswith(b"+"):
        raise RuleBroken("part", _(_UNREADABLE))
    return answer[1:]
