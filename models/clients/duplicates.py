"""Clients that are likely the one whose form is being filled: found by tax id, phone, mail, web site and name.

It is asked with every few letters that an operator types, so all of it goes by indexes: what cannot be found by one
(a name with a wrong letter at each end, a part of a phone) is not pointed out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from models.base import plain_rows, stored_rows
from models.clients.contacts import digits_of
from models.clients.public_domains import is_public_domain, own_domain
from models.clients.tables import Client, EmailAddress, Phone
from models.language import N_, _
from models.lookup import SHORTEST, fragment_match, newest
from models.reading import split_list, split_phones, without_extension
from models.text import fold, sort_name

REASONS = {
    "inn": N_("the same INN and KPP"),
    "branch": N_("the same INN, another KPP: a branch?"),
    "email": N_("the same e-mail {what}"),
    "phone": N_("the same phone {what}"),
    "domain": N_("the same domain {what}"),
    "name": N_("the same name"),
    "similar": N_("a similar name"),
}
"""Why a client is likely the same, the surest first, as msgids."""
_RANK = {code: place for place, code in enumerate(REASONS)}
_SHORTEST_NAME = 4
"""Folded letters from which a name is looked for: fewer begin hundreds of names."""
_SHORTEST_PHONE = 7
_LOOKED_AT = 200
_SIMILAR = 0.6
_LIKELY = 5


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form of a client, as texts; empty where nothing is to be looked for."""

    name: str = ""
    inn: str = ""
    kpp: str = ""
    phones: str = ""
    emails: str = ""
    website: str = ""

    def __bool__(self) -> bool:
        return any((self.name, self.inn, self.phones, self.emails, self.website))


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a client is likely the same: a code of ``REASONS``, and what both have."""

    code: str
    what: str = ""

    def __str__(self) -> str:
        return _(REASONS[self.code]).format(what=self.what)


@dataclass(frozen=True, slots=True)
class Likely:
    """A client that is likely the same, with the reasons, the surest first."""

    id: int
    name: str
    reasons: tuple[Reason, ...]

    def why(self) -> str:
        """The reasons in the operator's words."""
        return "; ".join(map(str, self.reasons))


@dataclass
class _Search:
    """What was found so far: by client the reasons."""

    own_id: int | None
    reasons: dict[int, dict[str, Reason]] = field(default_factory=dict)
    closeness: dict[int, float] = field(default_factory=dict)

    def found(self, client_id: int, reason: Reason) -> None:
        if client_id != self.own_id:
            self.reasons.setdefault(client_id, {}).setdefault(reason.code, reason)

    def rank(self, client_id: int) -> tuple[float, ...]:
        """By what the clients are ordered: the surest reason, the number of reasons, the names, the newest."""
        reasons = self.reasons[client_id]
        return (min(map(_RANK.__getitem__, reasons)), -len(reasons), -self.closeness.get(client_id, 0.0), -client_id)


def likely_duplicates(typed: Typed, own_id: int | None = None, limit: int = _LIKELY) -> tuple[Likely, ...]:
    """The clients that are likely the one in the form (``own_id``, None for a new one), the likeliest first."""
    search = _Search(own_id)
    for find in (_by_inn, _by_email, _by_phone, _by_domain, _by_name):
        find(typed, search)
    best = sorted(search.reasons, key=search.rank)[:limit]
    names = dict(stored_rows(Client, ("id", "name"), "id", best))
    return tuple(
        Likely(client, names[client], tuple(sorted(search.reasons[client].values(), key=lambda one: _RANK[one.code])))
        for client in best
        if client in names
    )


def _by_inn(typed: Typed, search: _Search) -> None:
    inn, kpp = re.sub(r"\D", "", typed.inn), re.sub(r"[\s-]", "", typed.kpp).upper()
    if len(inn) in (10, 12):
        for client_id, other in stored_rows(Client, ("id", "kpp"), "inn", [inn]):
            search.found(client_id, Reason("inn" if other == kpp else "branch", inn))


def _by_email(typed: Typed, search: _Search) -> None:
    addresses = {address.casefold(): address for address in split_list(typed.emails) if "@" in address}
    for client_id, folded in stored_rows(EmailAddress, ("client_id", "folded"), "folded", list(addresses)):
        search.found(client_id, Reason("email", addresses[folded]))


def _by_phone(typed: Typed, search: _Search) -> None:
    """By the digits; whether the country's code or an extension was written makes no difference."""
    for number in split_phones(typed.phones):
        digits = digits_of(without_extension(number))
        if len(digits) < _SHORTEST_PHONE:
            continue
        for first in {digits, f"7{digits}"} if len(digits) == 10 else {digits}:
            query = Phone.select(Phone.client, Phone.digits, Phone.number).where(
                (Phone.digits >= first) & (Phone.digits < first + "\U0010ffff")
            )
            for client_id, other, shown in plain_rows(query.limit(_LOOKED_AT)):
                if other == first or digits_of(without_extension(shown)) == first:
                    search.found(client_id, Reason("phone", shown))


def _by_domain(typed: Typed, search: _Search) -> None:
    domains = {own_domain(address) for address in split_list(typed.emails)} | {_host(typed.website)}
    for domain in domains - {""}:
        if "." not in domain.strip("."):
            continue
        for client_id in _of_domain(domain):
            search.found(client_id, Reason("domain", domain))


def _of_domain(domain: str) -> Iterator[int]:
    """The clients that have an address in the domain, on their own or on a person's, or their web site there."""
    # Without the last part, which half of all addresses end with: it makes the look-up slow and no rarer.
    rare = domain.rpartition(".")[0] if len(fold(domain.rpartition(".")[0])) >= SHORTEST else domain
    clients = newest("client", fragment_match("client", fold(rare)), _LOOKED_AT)
    people = newest("person", fragment_match("person", fold(f"@{rare}")), _LOOKED_AT)
    for client_id, site in stored_rows(Client, ("id", "website"), "id", clients):
        if _host(site) == domain:
            yield client_id
    for column, ids in (("client_id", clients), ("person_id", people)):
        for client_id, folded in stored_rows(EmailAddress, ("client_id", "folded"), column, ids):
            if folded.endswith(f"@{domain}"):
                yield client_id


def _host(website: str) -> str:
    """The host of a web site without ``www.``; empty for what is none or everybody's."""
    bare = re.sub(r"^[a-z]+://", "", website.strip().casefold())
    host = re.split(r"[/:?#]", bare, maxsplit=1)[0].removeprefix("www.")
    return "" if is_public_domain(host) else host


def _by_name(typed: Typed, search: _Search) -> None:
    wanted = _bare(typed.name)
    if len(wanted) < _SHORTEST_NAME:
        return
    ids = _same_sort_name(typed.name) | {i for fragment in _fragments(wanted) for i in _with_fragment(fragment)}
    for client_id, name, legal_name in stored_rows(Client, ("id", "name", "legal_name"), "id", ids):
        closeness = max(_closeness(wanted, _bare(one)) for one in (name, legal_name))
        if closeness >= _similar_from(wanted):
            search.closeness[client_id] = closeness
            search.found(client_id, Reason("name" if closeness == 1.0 else "similar"))


def _bare(name: str) -> str:
    return fold(sort_name(name)) if name else ""


def _same_sort_name(name: str) -> set[int]:
    query = Client.select(Client.id).where(Client.sort_name == sort_name(name))
    return {client_id for (client_id,) in plain_rows(query.limit(_LOOKED_AT))}


def _fragments(wanted: str) -> Iterator[str]:
    """The whole name, then its halves: one of them is right where one letter is wrong."""
    yield wanted
    for part in (wanted[: (len(wanted) + 1) // 2], wanted[len(wanted) // 2 :] + "$"):
        if len(part) > SHORTEST:
            yield part


def _with_fragment(fragment: str) -> Collection[int]:
    return newest("client", fragment_match("client", fragment), _LOOKED_AT)


def _similar_from(wanted: str) -> float:
    """How alike a name has to be: one wrong letter, which spoils three threes, and one more in every twelve."""
    return max(_SIMILAR, 1 - 3 * (1 + len(wanted) // 12) / (len(wanted) + 1))


def _closeness(wanted: str, name: str) -> float:
    """How alike two folded names are: the share of the threes of letters that they have in common.

    Where one is the beginning of the other, half of it typed is enough.
    """
    if not name:
        return 0.0
    if wanted == name:
        return 1.0
    mine, theirs = _threes(wanted), _threes(name)
    alike = 2 * len(mine & theirs) / (len(mine) + len(theirs))
    shorter, longer = sorted((wanted, name), key=len)
    begins = 0.5 + 0.49 * len(shorter) / len(longer) if longer.startswith(shorter) else 0.0
    return min(0.99, max(alike, begins if 2 * len(shorter) >= len(longer) else 0.0))


def _threes(name: str) -> set[str]:
    marked = f"^^{name}$"
    return {marked[at : at + 3] for at in range(len(marked) - 2)}
