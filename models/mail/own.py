"""Which addresses are ours: from whom a message came, and whether it came in, went out, or stayed inside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.company.settings import setting
from models.mail.domains import above, domain_of, folded_address


@dataclass(frozen=True, slots=True)
class OwnAddresses:
    """Our addresses and our domains."""

    addresses: frozenset[str]
    domains: frozenset[str]

    @classmethod
    def of(cls, texts: Iterable[str]) -> OwnAddresses:
        """Of texts in which addresses and domains stand one after the other."""
        named = [folded_address(one) for text in texts for one in re.split(r"[\s,;]+", text) if one]
        domains = (one.removeprefix("@") for one in named if "@" not in one[1:])
        return cls(frozenset(one for one in named if "@" in one[1:]), frozenset(domains))

    def __contains__(self, address: str) -> bool:
        return address in self.addresses or any(one in self.domains for one in above(domain_of(address)))

    def direction(self, sender: str, recipients: Sequence[str]) -> str:
        """``in``, ``out``, or ``internal`` where a message of ours went to ourselves alone."""
        if sender not in self:
            return "in"
        return "internal" if recipients and all(one in self for one in recipients) else "out"


def own_addresses(further: Iterable[str] = ()) -> OwnAddresses:
    """Those of the company's settings, and further ones."""
    return OwnAddresses.of([setting("own_addresses"), *further])
