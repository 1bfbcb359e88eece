"""The chapter of sales: stages and rates, deals with their documents, contracts, what we buy, what campaigns cost."""

from __future__ import annotations

from typing import Any

from models.lookup import lookup_text, marked
from models.sales.actions_deals import deal_number
from models.sales.tables import ContractHeader, Deal, Stage, StageChange, VatRate
from models.sales.vat import RUSSIAN_RATES
from models.sales.vocabulary import STAGE_DEFAULTS
from models.sample.dealing import Dealing, SampleContract, SampleDeal
from models.sample.deals import Seeds
from models.sample.papers import Journal, Line, Paper
from models.sample.world import Days, Told, World
from models.text import fold

_STAGE_NAMES = {
    "prospecting": "Поиск", "engaging": "В работе", "quoted": "КП отправлено", "negotiation": "Переговоры",
    "ordered": "Заказ и договор", "invoiced": "Ожидание оплаты", "won": "Выиграна", "lost": "Проиграна",
}  # fmt: skip
_RATE_TITLES = {"without": "без НДС", "exempt": "не облагается"}
_STAGE_COLUMNS = ("code", "name", "folded", "position", "probability", "kind", "rot_days")
_RATE_COLUMNS = ("code", "title", "rate", "kind", "valid_from", "valid_to")
_DEAL_COLUMNS = (
    "number", "title", "client_id", "operator_id", "campaign_id", "product_id", "expected", "expected_base",
    "expected_date", "stage_id", "state", "stage_since", "competitors", "lost_reason", "opened", "closed",
)  # fmt: skip
_CHANGE_COLUMNS = ("deal_id", "before_id", "after_id", "moment", "day", "days", "amount", "operator_id")
_CONTRACT_COLUMNS = (
    "company_id",
    "number",
    "client_id",
    "subject",
    "date",
    "start",
    "total",
    "responsible_id",
    "state",
)
_STAGE_IDS = {stage.code: number for number, stage in enumerate(STAGE_DEFAULTS, 1)}
_KINDS = {stage.code: stage.kind for stage in STAGE_DEFAULTS}
_SUBJECT = "Поставка программного обеспечения и передача прав"
_BUYER = 1
"""The operator in whose name we buy: the director."""


def write(world: World, told: Told) -> None:
    """Write all of it, deal by deal in order of time."""
    chapter = _Sales(world)
    chapter.write_directories()
    chapter.buy()
    chapter.hand_out_trials()
    seeds = Seeds(world).all()
    for number, seed in enumerate(seeds, 1):
        if chapter.journal.emit(seed.opened):
            chapter.write_waiting()
            told(number, len(seeds))
        chapter.take(chapter.dealing.deal(seed, number))
    chapter.journal.emit(world.today.toordinal() + 1)
    chapter.write_waiting()
    chapter.journal.write_sequences(len(seeds))
    told(len(seeds), len(seeds))


class _Sales:
    """The rows that wait to be written."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.journal, self.dealing = Journal(world), Dealing(world)
        self._random = world.random("sales")
        self._days = Days()
        self._today = world.today.toordinal()
        self._deals: list[tuple[Any, ...]] = []
        self._texts: list[tuple[int, str]] = []
        self._changes: list[tuple[Any, ...]] = []
        self._last_change = self._last_contract = 0
        self._contract_numbers: dict[int, int] = {}

    def write_directories(self) -> None:
        """Stages and VAT rates, as every company begins with them."""
        created = self._days.moment(self.world.first_day)
        stages = [
            (
                number, created, one.code, _STAGE_NAMES[one.code], fold(_STAGE_NAMES[one.code]), number * 10,
                one.probability, one.kind, one.rot_days,
            )
            for number, one in enumerate(STAGE_DEFAULTS, 1)
        ]  # fmt: skip
        rates = [
            (
                number, created, rate.code, _RATE_TITLES.get(rate.code, rate.title), rate.permille, rate.kind,
                rate.valid_from.isoformat(), rate.valid_to.isoformat() if rate.valid_to else None,
            )
            for number, rate in enumerate(RUSSIAN_RATES, 1)
        ]  # fmt: skip
        self.world.loader.load(Stage, _STAGE_COLUMNS, stages)
        self.world.loader.load(VatRate, _RATE_COLUMNS, rates)

    def buy(self) -> None:
        """What we bought of the vendors in the last year, and what campaigns cost."""
        random = self._random
        most = max(2, self.world.scale.documents // 3_000)
        for vendor, supplier in self.world.suppliers.items():
            wares = [ware for ware in self.world.wares if ware.vendor_id == vendor and ware.weight]
            for quarter in range(4):
                day = self._today - 30 - 91 * quarter - random.randrange(20)
                order = Paper("supplier_order", day, supplier, 1, _BUYER, "accepted")
                chosen = random.sample(wares, min(3, len(wares)))
                order.lines = [Line(ware, random.randrange(1, most), max(1000, ware.price * 2 // 3)) for ware in chosen]
                receipt = order.follows("receipt", day + random.randrange(2, 15), "posted")
                receipt.lines = [line.taken(line.count) for line in order.lines]
                self.world.received += receipt.lines
                payment = order.follows("payment_out", day + random.randrange(15, 28), "posted")
                payment.gross = payment.settled = order.settled = order.total
                payment.settles = [(order, order.total)]
                self.journal.plan(order, receipt, payment)
        self._await()
        for campaign in self.world.campaigns:
            for part in (0.35, 0.4):
                day = campaign.start + random.randrange(5, 40)
                if day <= self._today:
                    paid = Paper(
                        "payment_out", day, random.choice(list(self.world.suppliers.values())), 1, _BUYER, "posted"
                    )
                    paid.gross, paid.campaign = int(campaign.budget * part * (0.8 + 0.4 * random.random())), campaign.id
                    self.journal.plan(paid)

    def _await(self) -> None:
        """What came today and is being entered: keys of one vendor, codes of another."""
        random, wares = self._random, self.world.wares
        for chosen in ([ware for ware in wares if ware.key_make], [ware for ware in wares if ware.by_code]):
            ware = random.choice(chosen)
            assert ware.vendor_id is not None
            supplier = self.world.suppliers[ware.vendor_id]
            order = Paper("supplier_order", self._today - random.randrange(4, 15), supplier, 1, _BUYER, "accepted")
            order.lines = [Line(ware, random.choice((5, 10, 20)), max(1000, ware.price * 2 // 3))]
            receipt = order.follows("receipt", self._today, "draft")
            receipt.lines = [line.taken(line.count) for line in order.lines]
            self.world.awaited += receipt.lines
            self.journal.plan(order, receipt)

    def hand_out_trials(self) -> None:
        """Licences to be tried for a while go out by a licence order, for nothing."""
        for purchase in self.world.purchases:
            if purchase.trial:
                operator = self.world.responsible[purchase.client - 1]
                order = Paper("licence_order", purchase.day, purchase.client, 1, operator, "posted")
                order.purpose = "trial"
                line = Line(purchase.ware, purchase.count, 0)
                line.purchase = purchase
                order.lines = [line]
                self.journal.plan(order)

    def take(self, deal: SampleDeal) -> None:
        """Keep a deal, and let its documents come on their days."""
        self.journal.plan(*deal.papers)
        days, opened = self._days, deal.stages[0][1]
        stage, since = deal.stages[-1]
        state = _KINDS[stage]
        number, title = deal_number(deal.id), deal.ware.name
        ware = deal.ware.id
        expected = days.text(max(self._today, since) + self._random.randrange(5, 60)) if state == "open" else None
        self._deals.append(
            (
                deal.id, days.moment(opened, 30), number, title, deal.client, deal.operator, deal.campaign, ware,
                deal.amount, deal.amount, expected, _STAGE_IDS[stage], state, days.text(since), deal.competitor,
                deal.reason, days.text(opened), None if state == "open" else days.text(since),
            )
        )  # fmt: skip
        mark = f"{marked(fold(number), fold(title))} {self.world.client_marks[deal.client - 1]}"
        self._texts.append((deal.id, f"{mark} {lookup_text([deal.competitor])}" if deal.competitor else mark))
        self._change_stages(deal)

    def _change_stages(self, deal: SampleDeal) -> None:
        before: tuple[int | None, int | None] = (None, None)
        for step, (stage, day) in enumerate(deal.stages):
            self._last_change += 1
            moment = self._days.moment(day, 30 + 45 * step)
            spent = None if before[1] is None else day - before[1]
            after = _STAGE_IDS[stage]
            self._changes.append(
                (
                    self._last_change, moment, deal.id, before[0], after, moment, self._days.text(day), spent,
                    deal.amount, deal.operator,
                )
            )  # fmt: skip
            before = after, day

    def write_waiting(self) -> None:
        """Write what waits, what others point to first."""
        load = self.world.loader.load
        contracts = self.dealing.contracts[self._last_contract :]
        rows, texts = [], []
        for contract in contracts:
            row, text = self._contract(contract)
            rows.append(row)
            texts.append((contract.id, text))
        self._last_contract += len(contracts)
        load(ContractHeader, _CONTRACT_COLUMNS, rows, {"contract": texts})
        load(Deal, _DEAL_COLUMNS, self._deals, {"deal": self._texts})
        load(StageChange, _CHANGE_COLUMNS, self._changes)
        self._deals, self._texts, self._changes = [], [], []
        self.journal.write()

    def _contract(self, contract: SampleContract) -> tuple[tuple[Any, ...], str]:
        year = int(self._days.text(contract.day)[:4])
        serial = self._contract_numbers[year] = self._contract_numbers.get(year, 0) + 1
        number = f"Д-{year % 100:02d}/{serial:04d}"
        age = self._today - contract.day
        state = "completed" if age > 3 * 365 else "in_progress" if age > 20 else "signed"
        day = self._days.text(contract.day)
        row = (
            contract.id, self._days.moment(contract.day), contract.company, number, contract.client, _SUBJECT, day, day,
            contract.total, contract.operator, state,
        )  # fmt: skip
        return row, f"{lookup_text([number, _SUBJECT])} {self.world.client_marks[contract.client - 1]}"
