"""All that a printed form of a document says, gathered as plain data: both sides, bank, lines, VAT, its basis."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from models.base import tuples
from models.catalogue.tables import Product
from models.clients.tables import Address, Client, EmailAddress, Person, Phone
from models.company.accounts import accounts_of
from models.company.tables import Company, Operator
from models.errors import RuleBroken
from models.language import _
from models.lookup import among
from models.sales.amounts import Amounts, rounded, total
from models.sales.chains import ChainLink, chain
from models.sales.document_queries import LineShown, lines_shown
from models.sales.families import vat_rates
from models.sales.states import name_of
from models.sales.tables import ContractHeader, Document
from models.sales.vat import Rate
from models.sales.vocabulary import FORMS, KINDS_OF_DOCUMENT, LIVE_STATES
from models.writing import get


@dataclass(frozen=True, slots=True)
class Party:
    """One side of a document, or whom a line is for."""

    name: str = ""
    """The full legal name, else the short one."""
    short_name: str = ""
    inn: str = ""
    kpp: str = ""
    ogrn: str = ""
    address: str = ""
    delivery_address: str = ""
    phone: str = ""
    email: str = ""
    signatory: str = ""
    signatory_position: str = ""
    signatory_basis: str = ""
    accountant: str = ""
    kind: str = "company"


@dataclass(frozen=True, slots=True)
class Bank:
    """Where to pay to."""

    name: str
    bik: str
    account: str
    correspondent: str


@dataclass(frozen=True, slots=True)
class Named:
    """Another document or a contract, by number and day; ``kind`` is that of a document, or ``contract``."""

    kind: str
    number: str
    date: dt.date
    subject: str = ""


@dataclass(frozen=True, slots=True)
class FormLine:
    """A line as it is printed; prices and ``amount`` are of the side that the form shows."""

    position: int
    code: str
    description: str
    unit: str
    quantity: Decimal
    price: Decimal
    net_price: Decimal
    discount: Decimal
    vat_kind: str
    """``taxed``, ``without_vat`` or ``exempt``."""
    vat_permille: int
    amounts: Amounts
    amount: Decimal
    end_user: str = ""
    register_number: str = ""
    vendor: str = ""
    product_kind: str = ""


@dataclass(frozen=True, slots=True)
class VatShare:
    """What of a document goes by one rate."""

    kind: str
    permille: int
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """A document as one of its forms prints it."""

    document_id: int
    kind: str
    form: str
    number: str
    date: dt.date
    state: str
    currency: str
    prices_include_vat: bool
    seller: Party
    buyer: Party
    bank: Bank | None
    totals: Amounts
    lines: tuple[FormLine, ...]
    optional: tuple[FormLine, ...] = ()
    vat: tuple[VatShare, ...] = ()
    end_user: Party | None = None
    person: str = ""
    person_position: str = ""
    operator: str = ""
    contract: Named | None = None
    basis: tuple[Named, ...] = ()
    corrects: Named | None = None
    payments: tuple[Named, ...] = ()
    due: dt.date | None = None
    valid_until: dt.date | None = None
    terms: str = ""
    note: str = ""
    client_id: int | None = field(default=None, compare=False)
    person_id: int | None = field(default=None, compare=False)

    @property
    def has_discounts(self) -> bool:
        """Whether any line is cheaper than its price."""
        return any(line.discount for line in (*self.lines, *self.optional))


def forms_of(kind: str) -> tuple[str, ...]:
    """The forms that a document of a kind can be printed as, the usual one first."""
    return KINDS_OF_DOCUMENT[kind].forms


def printed_form(document_id: int, form: str = "") -> PrintedForm:
    """All that a form of a document says; without a name the form that the document states, or the usual one.

    Raises ``NotFound``, or ``RuleBroken`` where the document cannot be printed so.
    """
    document = get(Document, document_id)
    form = _chosen_form(document, form)
    lines = [line for line in lines_shown(document_id) if line.quantity]
    gross_side = all(line.price_includes_vat for line in lines) if lines else document.prices_include_vat
    told = _Lines(lines, vat_rates(), document, includes_vat=gross_side)
    counted = told.printed([line for line in lines if not line.optional])
    links = {link.id: link for link in chain(document_id)}
    company = get(Company, document.company_id)
    person = Person.get_or_none(Person.id == document.person_id) if document.person_id else None
    operator = Operator.get_or_none(Operator.id == document.operator_id) if document.operator_id else None
    return PrintedForm(
        document.id, document.kind, form, document.number, document.date, document.state, document.currency,
        gross_side, our_party(company), client_party(document.client_id), _bank(company.id, document.currency),
        Amounts(document.net, document.vat, document.gross), counted,
        optional=told.printed([line for line in lines if line.optional]),
        vat=_shares(counted),
        end_user=client_party(document.end_user_id) if document.end_user_id not in (None, document.client_id) else None,
        person=person.name if person else "", person_position=person.position if person else "",
        operator=operator.name if operator else "",
        contract=_contract(document.contract_id), basis=_basis(document, links),
        corrects=_named(links.get(document.corrects_id or 0)), payments=_payments(document, links),
        due=document.due, valid_until=document.valid_until, terms=document.terms, note=document.note,
        client_id=document.client_id, person_id=document.person_id,
    )  # fmt: skip


def _chosen_form(document: Document, form: str) -> str:
    known = forms_of(document.kind)
    if not known:
        raise RuleBroken("form", _("{document} has no printed form.").format(document=name_of(document)))
    form = form or document.form or known[0]
    if form not in known:
        names = ", ".join(f"{name} ({_(FORMS[name])})" for name in known)
        raise RuleBroken("form", _("{document} is not printed so.").format(document=name_of(document)), names)
    return form


def our_party(company: Company) -> Party:
    """A legal entity of ours as one side of a form."""
    return Party(
        company.legal_name or company.name, company.name, company.inn, company.kpp, company.ogrn, company.address,
        signatory=company.director, accountant=company.accountant,
        kind="sole_trader" if len(company.inn) == 12 else "company",
    )  # fmt: skip


def _bank(company_id: int, currency: str) -> Bank | None:
    """The first account of the currency, else the first of all."""
    accounts = accounts_of(company_id)
    accounts.sort(key=lambda one: one.currency != currency)
    return Bank(accounts[0].bank, accounts[0].bik, accounts[0].account, accounts[0].correspondent) if accounts else None


def client_party(client_id: int | None) -> Party:
    """A client as one side of a form; empty where there is none."""
    client = Client.get_or_none(Client.id == client_id) if client_id else None
    if client is None:
        return Party()
    addresses: dict[str, str] = {}
    for kind, text in tuples(
        Address.select(Address.kind, Address.text).where(Address.client == client.id).order_by(Address.id)
    ):
        addresses[kind] = text
    main = addresses.get("legal") or addresses.get("postal") or addresses.get("delivery", "")
    phone = Phone.select(Phone.number).where(Phone.client == client.id, Phone.person.is_null()).order_by(Phone.id)
    return Party(
        client.legal_name or client.name, client.name, client.inn or client.foreign_tax_id, client.kpp, client.ogrn,
        main, addresses.get("delivery") or main, str(phone.limit(1).scalar() or ""), email_of(client.id, None),
        client.signatory, client.signatory_position, client.signatory_basis, kind=client.kind,
    )  # fmt: skip


def email_of(client_id: int | None, person_id: int | None) -> str:
    """Where to write to: the person's first address, else the client's own first one; empty where there is none."""
    own = EmailAddress.client == client_id
    for condition in ([own & (EmailAddress.person == person_id)] if person_id else []) + [own]:
        query = EmailAddress.select(EmailAddress.address).where(condition)
        if found := query.order_by(EmailAddress.person.is_null(False), EmailAddress.id).limit(1).scalar():
            return str(found)
    return ""


class _Lines:
    """Turns the lines of a document into printed ones: names and rates are read once for all."""

    def __init__(
        self, lines: Sequence[LineShown], rates: Sequence[Rate], document: Document, *, includes_vat: bool
    ) -> None:
        self._includes_vat = includes_vat
        # A code is of one kind whatever the day; a line keeps the rate that it was reckoned at.
        self._kinds = {rate.code: rate.kind for rate in rates}
        products = [line.product for line in lines if line.product is not None]
        found = Product.select().where(among(Product.id, products))
        self._products: dict[int, Product] = {product.id: product for product in found}
        users = {line.end_user for line in lines} - {None, document.client_id, document.end_user_id}
        query = Client.select(Client.id, Client.name).where(among(Client.id, [one for one in users if one]))
        self._users: dict[int, str] = dict(tuples(query))

    def printed(self, lines: Sequence[LineShown]) -> tuple[FormLine, ...]:
        """The lines, numbered from 1."""
        return tuple(self._line(number, line) for number, line in enumerate(lines, 1))

    def _line(self, number: int, line: LineShown) -> FormLine:
        amounts = Amounts(line.net, line.vat, line.gross)
        amount = line.gross if self._includes_vat else line.net
        as_entered = line.price_includes_vat == self._includes_vat
        plain_net = not line.price_includes_vat and not line.discount
        product = self._products.get(line.product or 0)
        return FormLine(
            number, line.code, line.description, line.unit, line.quantity,
            line.price if as_entered else rounded(amount / line.quantity),
            line.price if plain_net else rounded(line.net / line.quantity),
            line.discount if as_entered else Decimal(0),
            self._kinds.get(line.vat_code, "taxed" if line.vat_rate else "without_vat"), line.vat_rate, amounts, amount,
            end_user=self._users.get(line.end_user or 0, ""),
            register_number=product.register_number if product else "",
            vendor=product.vendor.name if product is not None and product.vendor is not None else "",
            product_kind=product.kind if product else "",
        )  # fmt: skip


def _shares(lines: Sequence[FormLine]) -> tuple[VatShare, ...]:
    """By rate, the highest first."""
    rates = sorted({(line.vat_kind, line.vat_permille) for line in lines}, key=lambda one: (-one[1], one[0]))
    return tuple(
        VatShare(kind, permille, total(line.amounts for line in lines if _rate_of(line) == (kind, permille)))
        for kind, permille in rates
    )


def _rate_of(line: FormLine) -> tuple[str, int]:
    return line.vat_kind, line.vat_permille


def _contract(contract_id: int | None) -> Named | None:
    if contract_id is None:
        return None
    contract = get(ContractHeader, contract_id)
    return Named("contract", contract.number, contract.date, contract.subject)


def _named(link: ChainLink | None) -> Named | None:
    return Named(link.kind, link.number, link.date) if link is not None else None


def _basis(document: Document, links: dict[int, ChainLink]) -> tuple[Named, ...]:
    """What it was made from directly: issued, and of another kind."""
    own = links[document.id]
    before = (links[one] for one in own.comes_from if one in links)
    return tuple(
        Named(link.kind, link.number, link.date) for link in before if link.kind != own.kind and link.state != "draft"
    )


def _payments(document: Document, links: dict[int, ChainLink]) -> tuple[Named, ...]:
    """Of a shipment: what was paid before it on the invoices that it was made from, by the payers' own numbers."""
    own = links[document.id]
    invoices = {one for one in own.comes_from if one in links and links[one].kind == "invoice"}
    paid = [
        link.id for link in links.values()
        if link.kind == "payment_in" and link.state in LIVE_STATES and link.date <= document.date
        and invoices & set(link.comes_from)
    ]  # fmt: skip
    if document.kind != "shipment" or not paid:
        return ()
    found = Document.select().where(among(Document.id, paid)).order_by(Document.date, Document.id)
    return tuple(Named("payment_in", one.outside_number or one.number, one.outside_date or one.date) for one in found)
