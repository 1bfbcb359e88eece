"""How a deal of the sample goes: from stage to stage on which days, and with which documents."""

from __future__ import annotations

from random import Random

from models.sample.catalogue import Ware
from models.sample.deals import Seed
from models.sample.papers import Line, Paper, Unmet
from models.sample.purchases import Purchase
from models.sample.world import SampleCampaign, World

_WITH_ORDER, _NEGOTIATED, _REVISED, _IN_PART, _TWICE_PAID = 0.45, 0.5, 0.08, 0.25, 0.2
_PREPAID, _NEVER_PAID, _CANCELLED, _BY_CONTRACT = 0.6, 0.02, 0.01, 0.5
_LARGE = 15_000_000
"""Kopecks from which a contract is made."""
_SECOND_COMPANY_FROM, _BY_SECOND_COMPANY = 739_252, 0.12  # 2025-01-01: since then it pays VAT, of 5 %
_REASONS = ("price", "postponed", "competitor", "missing_feature", "quality", "other", "not_stated")
_REASON_WEIGHTS = (34, 55, 76, 84, 89, 93, 100)
_COMPETITORS = ("Софт-Альянс", "КлючСервис", "ТехноЛайн", "Северный Софт", "ИТ-Маркет")
_YEARLY_RISE = 1.09
_UNANSWERED_DAYS = 30


class SampleDeal:
    """A deal: where it went on which days, its documents, what it is worth in kopecks."""

    __slots__ = ("amount", "campaign", "client", "competitor", "id", "operator", "papers", "reason", "stages", "ware")

    def __init__(self, deal_id: int, client: int, operator: int, ware: Ware) -> None:
        self.id, self.client, self.operator, self.ware = deal_id, client, operator, ware
        self.stages: list[tuple[str, int]] = []
        self.papers: list[Paper] = []
        self.campaign: int | None = None
        self.amount = 0
        self.reason = self.competitor = ""

    def move(self, stage: str, day: int) -> None:
        """Let the deal enter a stage, never before it entered the one it is in."""
        self.stages.append((stage, max(day, self.stages[-1][1]) if self.stages else day))


class SampleContract:
    """A contract's header."""

    __slots__ = ("client", "company", "day", "id", "operator", "total")

    def __init__(self, contract_id: int, client: int, company: int, operator: int, day: int, total: int) -> None:
        self.id, self.client, self.company, self.operator = contract_id, client, company, operator
        self.day, self.total = day, total


class Dealing:
    """Lets deals go their way."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.random: Random = world.random("dealing")
        self.today = world.today.toordinal()
        self.contracts: list[SampleContract] = []
        self._contract_of: dict[tuple[int, int], SampleContract] = {}

    def deal(self, seed: Seed, deal_id: int) -> SampleDeal:
        """The deal of a seed."""
        deal = SampleDeal(deal_id, seed.client, self.world.responsible[seed.client - 1], seed.ware)
        deal.move("prospecting" if self.random.random() < 0.6 else "engaging", seed.opened)
        if seed.outcome == "won":
            self._win(deal, seed)
        elif seed.stage in ("prospecting", "engaging"):
            self._talk(deal, seed)
        else:
            self._offer(deal, seed)
        return deal

    def _talk(self, deal: SampleDeal, seed: Seed) -> None:
        """A deal that did not come to a quote."""
        deal.amount = self._price(seed.ware, seed.day) * self.random.choice((1, 1, 2, 3, 5))
        if seed.stage == "engaging" and deal.stages[0][0] == "prospecting":
            deal.move("engaging", seed.day)
        if seed.outcome == "lost":
            self._lose(deal, seed.day + self.random.randrange(3, 70))
        elif seed.stage == "engaging" and seed.day > self.today - 7:
            draft = self._quote(deal, seed, "draft")
            draft.day = self.today
            deal.stages = [step for step in deal.stages if step[0] != "quoted"]

    def _lose(self, deal: SampleDeal, day: int) -> bool:
        """Lose a deal on a day, with the reason; what is still to come has not happened."""
        if day > self.today:
            return False
        deal.reason = self.random.choices(_REASONS, cum_weights=_REASON_WEIGHTS)[0]
        if day > self.today - _UNANSWERED_DAYS and self.random.random() < 0.6:
            deal.reason = "not_stated"
        deal.competitor = self.random.choice(_COMPETITORS) if deal.reason == "competitor" else ""
        deal.move("lost", day)
        return True

    def _offer(self, deal: SampleDeal, seed: Seed) -> None:
        """A deal that came to a quote, perhaps further, and was lost or is open."""
        random = self.random
        quote = self._quote(deal, seed, "issued")
        day = seed.quoted
        if seed.stage in ("negotiation", "ordered", "invoiced"):
            day = min(self.today, day + random.randrange(1, 15))
            deal.move("negotiation", day)
        order = self._order(deal, quote, min(self.today, day + random.randrange(1, 12))) if (
            seed.stage in ("ordered", "invoiced")
        ) else None  # fmt: skip
        if seed.stage == "invoiced" and order is not None:
            invoice = self._invoice(deal, order, min(self.today, order.day + random.randrange(0, 5)))
            invoice.state = "issued"
        if seed.outcome == "open":
            quote.state = "accepted" if order is not None else "issued"
            quote.valid = max(seed.quoted + 30, self.today + random.randrange(2, 30))
            return
        self._decline(deal, quote, order)

    def _decline(self, deal: SampleDeal, quote: Paper, order: Paper | None) -> None:
        """The client says no, or nothing until the quote has expired; what was wanted is kept."""
        assert quote.valid is not None
        expired = order is None and self.random.random() < 0.3
        last = deal.stages[-1][1]
        day = max(last, quote.valid + 1 if expired else last + self.random.randrange(2, 60))
        if not expired and order is None and day > quote.valid:
            expired, day = True, max(last, quote.valid + 1)
        if not self._lose(deal, day):
            quote.valid = max(quote.valid, self.today + 5)
            quote.state = "issued" if order is None else "accepted"
            return
        quote.state = "expired" if expired else "declined"
        if order is not None:
            order.state = "declined"
        for line in quote.lines:
            entry = Unmet(quote, line, line.count, quote.state, day, "final")
            entry.reason, entry.competitor = deal.reason, deal.competitor
            quote.unmet.append(entry)

    def _quote(self, deal: SampleDeal, seed: Seed, state: str) -> Paper:
        """The quote of a deal, after the one that it revises where it is a second one."""
        random = self.random
        campaign = self._campaign(seed)
        deal.campaign = campaign.id if campaign else None
        company = 2 if seed.quoted >= _SECOND_COMPANY_FROM and random.random() < _BY_SECOND_COMPANY else 1
        quote = Paper("quote", seed.quoted, seed.client, company, deal.operator, state)
        quote.deal, quote.campaign, quote.valid = deal.id, deal.campaign, seed.quoted + 30
        quote.lines = self._lines(seed, campaign)
        if state != "draft" and random.random() < _REVISED:
            day = max(self.world.first_quotes[seed.client], seed.opened)
            if day < seed.quoted:
                deal.papers.append(_revised(quote, day))
        deal.papers.append(quote)
        deal.amount = quote.total
        if deal.stages[-1][0] == "prospecting":
            deal.move("engaging", seed.opened + (seed.quoted - seed.opened) // 2)
        deal.move("quoted", seed.quoted)
        return quote

    def _lines(self, seed: Seed, campaign: SampleCampaign | None) -> list[Line]:
        random = self.random
        wanted: list[tuple[Ware, int, Purchase | None]] = [(one.ware, max(one.count, 1), one) for one in seed.bought]
        if not wanted:
            wanted = [(seed.ware, random.choice((1, 1, 1, 2, 3, 5, 10)), None)]
            for _more in range(random.choices((0, 1, 2, 3), (45, 30, 17, 8))[0]):
                wanted.append((random.choice(self.world.wares), random.choice((1, 1, 2, 5)), None))
        usual = random.choice((0, 0, 0, 0, 0, 5, 10))
        lines = []
        for ware, count, purchase in wanted:
            suits = campaign is not None and campaign.vendor in (None, ware.vendor_id)
            discount = campaign.discount if campaign is not None and suits else usual
            line = Line(ware, count, self._price(ware, seed.quoted), discount, campaign.id if campaign else None)
            if purchase is not None:
                line.purchase, line.end_user = purchase, purchase.end_user
            lines.append(line)
        return lines

    def _price(self, ware: Ware, day: int) -> int:
        """What a product cost on a day, in whole tens of roubles."""
        years = max(0, self.today - day) // 365
        return max(1, round(ware.price / _YEARLY_RISE**years / 1000)) * 1000

    def _campaign(self, seed: Seed) -> SampleCampaign | None:
        """The campaign that runs on the day and is about the product, for half of those that it suits."""
        running = (one for one in self.world.campaigns if one.start <= seed.quoted <= one.end)
        suiting = [one for one in running if one.vendor in (None, seed.ware.vendor_id)]
        return self.random.choice(suiting) if suiting and self.random.random() < 0.5 else None

    def _win(self, deal: SampleDeal, seed: Seed) -> None:
        """From the quote to the last payment."""
        random = self.random
        quote = self._quote(deal, seed, "accepted")
        span = seed.day - seed.quoted
        basis, ordered = quote, seed.quoted + span // 3
        if random.random() < _NEGOTIATED:
            deal.move("negotiation", seed.quoted + span // 5)
        if random.random() < _WITH_ORDER:
            if random.random() < _IN_PART:
                self._want_more(quote)
            basis = self._order(deal, quote, ordered)
        invoice = self._invoice(deal, basis, ordered + span // 3)
        shipped = None if seed.bought[0].reserved else seed.day
        paid = self._pay(deal, invoice, seed.day)
        shipment = invoice.follows("shipment", shipped or self.today, "draft" if shipped is None else "posted")
        shipment.lines = [line.taken(line.count) for line in invoice.lines]
        if shipped is not None and shipped < self.today - 20 and random.random() < 0.93:
            shipment.signed = random.choice(("paper", "electronic", "electronic"))
        deal.papers.append(shipment)
        if (won := min((day for day in (shipped, paid) if day is not None), default=None)) is not None:
            deal.move("won", won)

    def _want_more(self, quote: Paper) -> None:
        """Let the quote offer more than is then ordered: more of a line, or a line more."""
        if self.random.random() < 0.5:
            line = self.random.choice(quote.lines)
            more = Line(line.ware, line.count + self.random.randrange(1, 6), line.price, line.discount, line.campaign)
            more.end_user, more.revises, more.purchase = line.end_user, line.revises, line.purchase
            quote.lines[quote.lines.index(line)] = more
            more.basis = line  # until the order is made: what is taken of it
        else:
            ware = self.random.choice(self.world.wares)
            extra = Line(ware, 1, self._price(ware, quote.day), 0, quote.campaign)
            extra.basis = extra
            quote.lines.append(extra)

    def _order(self, deal: SampleDeal, quote: Paper, day: int) -> Paper:
        """The order of what the quote offers, or of a part; what is left of it is kept as wanted and not bought."""
        order = quote.follows("order", day, "issued")
        assert quote.valid is not None
        for line in quote.lines:
            count = line.count if line.basis is None else 0 if line.basis is line else line.basis.count
            line.basis = None
            if count:
                order.lines.append(line.taken(count))
            if count < line.count:
                still = quote.valid >= self.today
                quote.state = "partly_ordered" if still else "expired"
                entry = Unmet(
                    quote, line, line.count - count, "reduced" if count else "left_out", day,
                    "provisional" if still else "final",
                )  # fmt: skip
                entry.caused_by = order
                entry.reason = self.random.choices(_REASONS, cum_weights=_REASON_WEIGHTS)[0]
                entry.competitor = self.random.choice(_COMPETITORS) if entry.reason == "competitor" else ""
                order.unmet.append(entry)
        deal.papers.append(order)
        deal.amount = order.total
        deal.move("ordered", day)
        return order

    def _invoice(self, deal: SampleDeal, basis: Paper, day: int) -> Paper:
        """The invoice, by contract where much is bought; now and then a wrong one was cancelled before."""
        self._by_contract(basis, day)
        invoice = basis.follows("invoice", day, "issued")
        invoice.lines = [line.taken(line.count) for line in basis.lines]
        invoice.due = day + 10
        if self.random.random() < _CANCELLED:
            wrong = basis.follows("invoice", day, "cancelled")
            wrong.lines, wrong.due = [line.taken(line.count) for line in basis.lines], invoice.due
            wrong.reason = "Ошибка в реквизитах плательщика."
            deal.papers.append(wrong)
        deal.papers.append(invoice)
        deal.move("invoiced", day)
        return invoice

    def _by_contract(self, basis: Paper, day: int) -> None:
        key = (basis.client, basis.company)
        known = self._contract_of.get(key)
        if known is None and basis.total >= _LARGE and self.random.random() < _BY_CONTRACT:
            known = SampleContract(len(self.contracts) + 1, *key, basis.operator, basis.day, basis.total)
            self.contracts.append(known)
            self._contract_of[key] = known
        if known is not None and known.day <= basis.day and day < known.day + 3 * 365:
            basis.contract = known.id

    def _pay(self, deal: SampleDeal, invoice: Paper, shipped: int) -> int | None:
        """The payments of an invoice, before or after the shipment; returns the day of the last, if all is paid."""
        random = self.random
        if random.random() < _NEVER_PAID and invoice.day > self.today - 400:
            return None
        before = random.randint(invoice.day, max(invoice.day, shipped))
        day = before if random.random() < _PREPAID else shipped + random.randrange(1, 26)
        amounts = [(day, invoice.total)]
        if random.random() < _TWICE_PAID and invoice.total >= 200:
            half = invoice.total // 200 * 100
            amounts = [(day, half), (day + random.randrange(3, 40), invoice.total - half)]
        for paid, amount in amounts:
            if paid > self.today:
                return None
            payment = invoice.follows("payment_in", paid, "posted")
            payment.gross = payment.settled = amount
            payment.settles = [(invoice, amount)]
            payment.outside = str(random.randrange(1, 3_000))
            invoice.settled += amount
            invoice.state = "paid" if invoice.settled == invoice.total else "partly_paid"
            deal.papers.append(payment)
        return amounts[-1][0]


def _revised(quote: Paper, day: int) -> Paper:
    """The quote that this one, its second revision, supersedes."""
    first = Paper("quote", day, quote.client, quote.company, quote.operator, "superseded")
    first.deal, first.campaign, first.valid = quote.deal, quote.campaign, day + 30
    for line in quote.lines:
        line.revises = Line(line.ware, line.count, line.price, line.discount, line.campaign)
        line.revises.end_user = line.end_user
        first.lines.append(line.revises)
    quote.supersedes, quote.revision = first, 2
    return first
