"""Who handles what: the only place where an area's events meet the areas further right."""

from __future__ import annotations

from models import undo
from models.clients import actions as clients
from models.clients import interaction_actions as interactions
from models.clients import merging
from models.company import actions as company
from models.company.events import CompanyFounded
from models.events import RecordsWritten, handle
from models.files import actions as files
from models.keys import actions as keys
from models.keys.events import KeyComesBack
from models.language import _
from models.licensing import exchange, posting, receipts, taking_back
from models.licensing.on_keys import refuse_with_licences
from models.mail.actions import FETCH
from models.mail.intake import IMPORT
from models.mail.turning import TURN, follow_own_addresses
from models.mail.waiting import follow_known_addresses
from models.reminders import rules as reminders
from models.sales import defaults as sales
from models.sales import undoing as sales_undoing
from models.sales.actions_answers import EXPIRE_QUOTES
from models.sales.events import DocumentCancelled, DocumentIssued, DraftDropped, LinesDropped
from models.search.indexing import follow_written_records


def connect_areas() -> None:
    """Connect the handlers; called once when a database is opened, harmless when called again."""
    handle(RecordsWritten, follow_written_records)
    handle(RecordsWritten, follow_known_addresses)
    handle(RecordsWritten, follow_own_addresses)
    handle(CompanyFounded, sales.begin_with_defaults)
    handle(DocumentIssued, posting.hand_out)
    handle(DocumentCancelled, taking_back.take_back)
    handle(DraftDropped, taking_back.drop_draft)
    handle(LinesDropped, taking_back.drop_lines)
    handle(KeyComesBack, refuse_with_licences)
    handle(DocumentIssued, receipts.take_into_stock)
    handle(LinesDropped, receipts.drop_with_lines)
    handle(DraftDropped, receipts.drop_with_draft)
    undo.veto("found_company", lambda _entries: _("The founding of the company cannot be undone."))
    for action in (IMPORT, FETCH, TURN):
        undo.never(action, lambda: _("The mail archive keeps what came in: an import of messages is not undone."))
    undo.never(EXPIRE_QUOTES, lambda: _("That a quote expires is not undone: make its next revision."))
    undo.veto(merging.MERGE, merging.built_upon)
    for exchanging in (exchange.REPLACE, exchange.TRANSFER):
        undo.veto(exchanging, exchange.stood_on)
    for numbering in sales_undoing.NUMBERING_ACTIONS:
        undo.veto(numbering, sales_undoing.refuse_to_free_numbers)
    undo.keep_rule("client", clients.keep_rules)
    undo.keep_rule("interaction", interactions.keep_rules)
    undo.keep_rule("key", keys.keep_rules)
    undo.keep_rule("operator", company.keep_rules)
    undo.keep_rule("file", files.keep_rules)
    undo.keep_rule("reminder", reminders.keep_rules)
    undo.keep_rule("document", sales_undoing.keep_rules)


def complete_older_database() -> None:
    """Write what areas that the database was made without begin with."""
    sales.complete_older_database()
