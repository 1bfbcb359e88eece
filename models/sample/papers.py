"""Documents while the sample is made, and the journal that numbers and writes them in order of their day.

What is planned for a later day waits in the journal until all that comes before it is planned too; so numbers follow
time, as they do where operators issue documents.
"""

from __future__ import annotations

import datetime as dt
import heapq
from typing import Any

from models.catalogue.vocabulary import VAT_CODES
from models.company.tables import NumberSequence
from models.lookup import marked
from models.sales.states import written_number
from models.sales.tables import Document, DocumentLine, PaymentAllocation, UnmetDemand
from models.sales.vat import RUSSIAN_RATES, rate_on, usual_code
from models.sample.catalogue import Ware
from models.sample.loading import BATCH
from models.sample.purchases import Purchase, Sold
from models.sample.world import Days, World
from models.text import fold

_DOCUMENT_COLUMNS = (
    "kind", "company_id", "year", "serial", "number", "revision", "date", "state", "client_id", "end_user_id",
    "contract_id", "deal_id", "operator_id", "campaign_id", "valid_until", "due", "basis_id", "supersedes_id",
    "outside_number", "outside_date", "reason", "purpose", "issued_at", "signed", "signed_on", "net", "vat", "gross",
    "net_base", "gross_base", "cost", "settled",
)  # fmt: skip
_LINE_COLUMNS = (
    "document_id", "position", "product_id", "end_user_id", "description", "unit", "quantity", "price", "discount",
    "vat_code", "vat_rate", "net", "vat", "gross", "net_base", "cost", "campaign_id", "basis_line_id", "revises_id",
)  # fmt: skip
_UNMET_COLUMNS = (
    "client_id", "product_id", "quantity", "amount", "net_base", "quote_id", "quote_line_id", "cause", "caused_by_id",
    "deal_id", "campaign_id", "operator_id", "reason", "competitor", "state", "moment",
)  # fmt: skip
_REGIMES = {1: "general", 2: "simplified_vat"}
_Row = tuple[Any, ...]


def parted(amount: int, part: int, whole: int) -> int:
    """A part of an amount of kopecks, halves up."""
    return (2 * amount * part + whole) // (2 * whole)


class Line:
    """A line: so many of a product at a price in kopecks, VAT included."""

    __slots__ = (
        "basis", "campaign", "count", "discount", "end_user", "gross", "id", "net", "price", "purchase", "revises",
        "ware",
    )  # fmt: skip

    def __init__(self, ware: Ware, count: int, price: int, discount: int = 0, campaign: int | None = None) -> None:
        self.ware, self.count, self.price, self.discount, self.campaign = ware, count, price, discount, campaign
        self.gross = parted(count * price, 100 - discount, 100)
        self.net = 0
        self.id = 0
        self.basis: Line | None = None
        self.revises: Line | None = None
        self.end_user: int | None = None
        self.purchase: Purchase | None = None
        """What of the plan is sold by it."""

    def taken(self, count: int) -> Line:
        """The line of a document that is made from this one's, with so many of it."""
        line = Line(self.ware, count, self.price, self.discount, self.campaign)
        line.basis, line.end_user, line.purchase = self, self.end_user, self.purchase
        return line


class Paper:
    """A document: its lines, or the amount of a payment, and what becomes of it."""

    __slots__ = (
        "basis",
        "campaign",
        "client",
        "company",
        "contract",
        "day",
        "deal",
        "due",
        "gross",
        "id",
        "kind",
        "lines",
        "number",
        "operator",
        "outside",
        "purpose",
        "reason",
        "revision",
        "serial",
        "settled",
        "settles",
        "signed",
        "state",
        "supersedes",
        "unmet",
        "valid",
        "year",
    )  # fmt: skip

    def __init__(self, kind: str, day: int, client: int, company: int, operator: int, state: str) -> None:
        self.kind, self.day, self.client, self.company, self.operator, self.state = (
            kind, day, client, company, operator, state
        )  # fmt: skip
        self.id = self.serial = self.year = 0
        self.number = self.outside = self.purpose = self.reason = self.signed = ""
        self.revision = 1
        self.lines: list[Line] = []
        self.gross = self.settled = 0
        self.deal: int | None = None
        self.contract: int | None = None
        self.campaign: int | None = None
        self.basis: Paper | None = None
        self.supersedes: Paper | None = None
        self.valid: int | None = None
        self.due: int | None = None
        self.settles: list[tuple[Paper, int]] = []
        """Of a payment: the documents that it covers, and how much of each."""
        self.unmet: list[Unmet] = []
        """What is recorded when this document comes: it is written after it."""

    @property
    def total(self) -> int:
        """The amount with VAT, in kopecks."""
        return sum(line.gross for line in self.lines) if self.lines else self.gross

    def follows(self, kind: str, day: int, state: str) -> Paper:
        """A document that is made from this one."""
        made = Paper(kind, day, self.client, self.company, self.operator, state)
        made.deal, made.contract, made.campaign, made.basis = self.deal, self.contract, self.campaign, self
        return made


class Unmet:
    """So many of a quoted line that were wanted and not bought."""

    __slots__ = ("cause", "caused_by", "competitor", "count", "day", "line", "quote", "reason", "state")

    def __init__(self, quote: Paper, line: Line, count: int, cause: str, day: int, state: str) -> None:
        self.quote, self.line, self.count, self.cause, self.day, self.state = quote, line, count, cause, day, state
        self.caused_by = quote
        self.reason, self.competitor = "not_stated", ""


class Journal:
    """Takes documents in any order, writes them in order of time."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._days = Days()
        self._waiting: list[tuple[int, int, Paper]] = []
        self._count = 0
        self._serials: dict[tuple[int, str, int], int] = {}
        self._rates: dict[tuple[str, int, int], tuple[str, int]] = {}
        self._last_line = self._last_allocation = self._last_unmet = 0
        self._documents: list[_Row] = []
        self._lines: list[_Row] = []
        self._allocations: list[_Row] = []
        self._unmet: list[_Row] = []
        self._texts: list[tuple[int, str]] = []
        self.written = 0

    def plan(self, *papers: Paper) -> None:
        """Take documents in; one that is made from another is given after it."""
        for paper in papers:
            self._count += 1
            heapq.heappush(self._waiting, (paper.day, self._count, paper))

    def emit(self, before: int) -> bool:
        """Number all documents of the days before this one; returns whether there are enough to write."""
        waiting = self._waiting
        while waiting and waiting[0][0] < before:
            self._take(heapq.heappop(waiting)[2])
        return len(self._lines) >= BATCH

    def write(self) -> None:
        """Write what was numbered."""
        load = self._world.loader.load
        load(Document, _DOCUMENT_COLUMNS, self._documents, {"document": self._texts})
        load(DocumentLine, _LINE_COLUMNS, self._lines)
        load(PaymentAllocation, ("payment_id", "invoice_id", "amount"), self._allocations)
        load(UnmetDemand, _UNMET_COLUMNS, self._unmet)
        self._documents, self._lines, self._allocations, self._unmet, self._texts = [], [], [], [], []

    def write_sequences(self, deals: int) -> None:
        """The last number of each kind, and of the deals."""
        created = self._days.moment(self._world.first_day)
        rows = [(None, "deal", 0, deals), *((*key, last) for key, last in sorted(self._serials.items()))]
        first = 2  # the first will be that of the instances
        self._world.loader.load(
            NumberSequence, ("company_id", "kind", "year", "last"),
            [(number, created, *row) for number, row in enumerate(rows, first)],
        )  # fmt: skip

    def _take(self, paper: Paper) -> None:
        self.written += 1
        paper.id = self.written
        self._number(paper)
        created = self._days.moment(paper.day, 11 * paper.id)
        net = cost = 0
        for position, line in enumerate(paper.lines, 1):
            net, cost = net + self._line(paper, line, position, created), cost + self._cost(paper, line)
        gross = paper.total
        net = net if paper.lines else gross
        text, mark = self._days.text, self._world.client_marks[paper.client - 1]
        outside_day = paper.day if paper.outside else None
        self._documents.append(
            (
                paper.id, created, paper.kind, paper.company, paper.year, paper.serial or None, paper.number,
                paper.revision, text(paper.day), paper.state, paper.client,
                next((line.end_user for line in paper.lines if line.end_user), None), paper.contract, paper.deal,
                paper.operator, paper.campaign, _day(self._days, paper.valid), _day(self._days, paper.due),
                paper.basis.id if paper.basis else None, paper.supersedes.id if paper.supersedes else None,
                paper.outside, _day(self._days, outside_day), paper.reason, paper.purpose,
                created if paper.number else None, paper.signed,
                text(min(paper.day + 9, self._world.today.toordinal())) if paper.signed else None,
                net, gross - net, gross, net, gross, cost, paper.settled,
            )
        )  # fmt: skip
        folded = marked(fold(paper.number), str(paper.serial or ""), fold(paper.outside))
        self._texts.append((paper.id, f"{folded} {mark}" if folded else mark))
        for settled, amount in paper.settles:
            self._last_allocation += 1
            self._allocations.append((self._last_allocation, created, paper.id, settled.id, amount))
        for entry in paper.unmet:
            self._record(entry)

    def _number(self, paper: Paper) -> None:
        if paper.supersedes is not None:
            paper.year, paper.serial = paper.supersedes.year, paper.supersedes.serial
        else:
            paper.year = int(self._days.text(paper.day)[:4])
            if paper.state == "draft":
                return
            key = (paper.company, paper.kind, paper.year)
            paper.serial = self._serials[key] = self._serials.get(key, 0) + 1
        paper.number = written_number(paper.year, paper.serial, paper.revision)

    def _line(self, paper: Paper, line: Line, position: int, created: str) -> int:
        """The row of a line; returns its amount without VAT."""
        self._last_line += 1
        line.id = self._last_line
        if line.purchase is not None and paper.state != "cancelled":
            _note(line.purchase, paper, line.id)
        code, permille = self._rate(line.ware, paper.company, paper.day)
        vat = parted(line.gross, permille, 1000 + permille)
        line.net = line.gross - vat
        ware = line.ware
        self._lines.append(
            (
                line.id, created, paper.id, position, ware.id, line.end_user, ware.name, ware.unit, line.count * 1000,
                line.price, line.discount * 1000, code, permille, line.net, vat, line.gross, line.net,
                self._cost(paper, line), line.campaign, line.basis.id if line.basis else None,
                line.revises.id if line.revises else None,
            )
        )  # fmt: skip
        return line.net

    @staticmethod
    def _cost(paper: Paper, line: Line) -> int:
        """What the line costs us: two thirds of its usual price; what is bought costs what it says."""
        bought = paper.kind in ("supplier_order", "receipt")
        return line.net if bought else line.price * 2 // 300 * 100 * line.count

    def _rate(self, ware: Ware, company: int, day: int) -> tuple[str, int]:
        code = "exempt" if ware.register_number else "standard"
        # Rates change with the year only.
        key = (code, company, int(self._days.text(day)[:4]))
        found = self._rates.get(key)
        if found is None:
            used = usual_code(code, _REGIMES[company])
            assert used in VAT_CODES
            found = self._rates[key] = used, rate_on(RUSSIAN_RATES, used, dt.date(key[2], 12, 31)).permille
        return found

    def _record(self, entry: Unmet) -> None:
        self._last_unmet += 1
        line, quote = entry.line, entry.quote
        moment = self._days.moment(entry.day, 7 * self._last_unmet)
        self._unmet.append(
            (
                self._last_unmet, moment, quote.client, line.ware.id, entry.count * 1000,
                parted(line.gross, entry.count, line.count), parted(line.net, entry.count, line.count), quote.id,
                line.id, entry.cause, entry.caused_by.id, quote.deal, line.campaign, quote.operator, entry.reason,
                entry.competitor, entry.state, moment,
            )
        )  # fmt: skip


def _note(purchase: Purchase, paper: Paper, line: int) -> None:
    """Let what was bought know by which documents it was sold."""
    if paper.kind in ("shipment", "licence_order"):
        purchase.shipped = Sold(paper.id, paper.number, paper.day, line, paper.total)
    elif paper.kind == "invoice":
        purchase.invoiced = Sold(paper.id, paper.number, paper.day, line, paper.total)


def _day(days: Days, ordinal: int | None) -> str | None:
    return None if ordinal is None else days.text(ordinal)
