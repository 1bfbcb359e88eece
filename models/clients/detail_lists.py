"""The lists of a client's addresses and bank accounts."""

from __future__ import annotations

from models.clients.tables import Address, BankAccount, Client
from models.clients.vocabulary import ADDRESS_KINDS
from models.conditions import FilterField
from models.language import N_
from models.listing import Column, Sort
from models.lookup import named
from models.table_listing import Join, ListColumn, ListDefinition

ADDRESSES = ListDefinition(
    kind="address",
    table=Address,
    columns=(
        ListColumn(Column("kind", N_("Kind"), "state", width=16), Address.kind),
        ListColumn(Column("text", N_("Address"), width=50, sort="slow"), Address.text),
        ListColumn(Column("city", N_("City"), width=16, priority=3, sort="slow"), Address.city),
        ListColumn(Column("country", N_("Country"), width=6, priority=4), Address.country),
        ListColumn(Column("client", N_("Client"), width=28, priority=3), Client.name, joins=("client",)),
    ),
    fields=(
        FilterField("text", "text", Address.text, title=N_("Address")),
        FilterField("kind", "state", Address.kind, values=ADDRESS_KINDS, title=N_("Kind")),
        FilterField("city", "text", Address.city, title=N_("City")),
        FilterField("client", "text", Address.client, ask=lambda text: named(Address.client, "client", text)),
    ),
    default_sort=Sort("text"),
    joins={"client": Join(Client, Address.client == Client.id, required=True)},
)
BANK_ACCOUNTS = ListDefinition(
    kind="bank_account",
    table=BankAccount,
    columns=(
        ListColumn(Column("account", N_("Account"), width=22, sort="slow"), BankAccount.account),
        ListColumn(Column("bik", N_("BIK"), width=10), BankAccount.bik),
        ListColumn(Column("bank", N_("Bank"), width=36, sort="slow"), BankAccount.bank),
        ListColumn(Column("currency", N_("Currency"), width=6, priority=2), BankAccount.currency),
        ListColumn(Column("client", N_("Client"), width=28, priority=3), Client.name, joins=("client",)),
    ),
    fields=(
        FilterField("account", "text", BankAccount.account, title=N_("Account")),
        FilterField("bik", "text", BankAccount.bik, title=N_("BIK")),
        FilterField("bank", "text", BankAccount.bank, title=N_("Bank")),
        FilterField("client", "text", BankAccount.client, ask=lambda text: named(BankAccount.client, "client", text)),
    ),
    default_sort=Sort("account"),
    joins={"client": Join(Client, BankAccount.client == Client.id, required=True)},
)
