"""The words of the mail archive: directions, states, how a message was filed, what can be wrong with one."""

from __future__ import annotations

from models.language import N_, NP_, _

DIRECTIONS = {
    "in": NP_("message", "in"),
    "out": NP_("message", "out"),
    "internal": NP_("message", "internal"),
}
MESSAGE_STATES = {
    "whole": NP_("message", "whole"),
    "broken": NP_("message", "broken"),
    "unreadable": NP_("message", "unreadable"),
}
FILED_BY = {
    "": NP_("message", "unfiled"),
    "address": N_("by the address"),
    "domain": N_("by the domain"),
    "thread": N_("by the thread"),
    "learned": N_("by a learned address"),
    "hand": N_("by hand"),
}
PART_KINDS = {
    "attachment": N_("attachment"),
    "inline": N_("inside the text"),
    "calendar": N_("invitation"),
    "signature": N_("signature"),
    "tnef": N_("packed by Outlook (winmail.dat)"),
}
DEFECTS = {
    "empty": N_("The message is empty."),
    "no-headers": N_("The message has no headers."),
    "no-date": N_("The message has no date that can be read."),
    "odd-date": N_("Its date “{detail}” cannot be: that of its arrival was taken."),
    "charset": N_("The character set {detail} is not known; the text was read as well as it can be."),
    "lying-charset": N_("The text is not in the character set {detail} that it says it is."),
    "nul": N_("The message holds NUL bytes."),
    "headers-cut": N_("Its headers are too long ({detail} bytes): only their beginning was read."),
    "text-cut": N_("Its text is too long ({detail} characters): only its beginning was read."),
    "parts-cut": N_("It has too many parts ({detail}): only the first ones are listed."),
    "structure": N_("Its structure is damaged ({detail})."),
    "html": N_("Its HTML could not be turned into text ({detail})."),
    "calendar": N_("Its invitation could not be read ({detail})."),
    "memory": N_("Reading it takes more than {detail} MB of memory."),
    "time": N_("Reading it takes more than {detail} s."),
    "died": N_("It broke its reader ({detail})."),
}


def defect_in_words(line: str) -> str:
    """A stored defect, a code and a detail, in the operator's language."""
    code, _space, detail = line.partition(" ")
    return _(DEFECTS.get(code, "{detail}")).format(detail=detail or code)


def defects_in_words(defects: str) -> tuple[str, ...]:
    """All stored defects of a message in the operator's language."""
    return tuple(map(defect_in_words, filter(None, defects.split("\n"))))
