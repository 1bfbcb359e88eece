"""Who handles what: the only place where an area's events meet the areas further right.

All tables are loaded here, so that whoever writes knows what points to what. The rules of taking back need the actions
of all areas; they are loaded when the first change is taken back, which most programs never do.
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable
from typing import Any

from models import undo
from models.clients import tables as _clients
from models.company.events import CompanyFounded
from models.events import RecordsWritten, handle
from models.files import tables as _files
from models.keys import tables as _keys
from models.keys.events import KeyComesBack
from models.licensing import tables as _licensing
from models.mail.turning import follow_own_addresses
from models.mail.waiting import follow_known_addresses
from models.reminders import tables as _reminders
from models.sales import mailing_tables as _mailings
from models.sales import tables as _sales
from models.sales.events import DocumentCancelled, DocumentIssued, DraftDropped, LinesDropped, LinesSet
from models.search.indexing import follow_written_records
from models.writing import Change

TABLES = (_clients, _files, _keys, _licensing, _mailings, _reminders, _sales)


def connect_areas() -> None:
    """Connect the handlers; called once when a database is opened, harmless when called again."""
    handle(RecordsWritten, follow_written_records)
    handle(RecordsWritten, follow_known_addresses)
    handle(RecordsWritten, follow_own_addresses)
    handle(CompanyFounded, _later("models.sales.defaults", "begin_with_defaults"))
    handle(DocumentIssued, _later("models.licensing.posting", "hand_out"))
    handle(DocumentIssued, _later("models.licensing.receipts", "take_into_stock"))
    handle(DocumentCancelled, _later("models.licensing.taking_back", "take_back"))
    handle(DraftDropped, _later("models.licensing.taking_back", "drop_draft"))
    handle(DraftDropped, _later("models.licensing.receipts", "drop_with_draft"))
    handle(LinesDropped, _later("models.licensing.taking_back", "drop_lines"))
    handle(LinesDropped, _later("models.licensing.receipts", "drop_with_lines"))
    handle(LinesSet, _later("models.licensing.forming", "follow_lines"))
    handle(KeyComesBack, _later("models.licensing.on_keys", "refuse_with_licences"))
    undo.load_rules_by(connect_rules_of_undo)


@functools.cache
def _later(module: str, name: str) -> Callable[[Change, Any], None]:
    """A handler that is loaded when its event first happens: who only looks things up waits for none of them."""

    def handler(change: Change, event: Any) -> None:
        getattr(importlib.import_module(module), name)(change, event)

    return handler


def connect_rules_of_undo() -> None:
    """What areas refuse to take back, and the rules that their restored rows are held against."""
    from models.clients import actions as clients
    from models.clients import interaction_actions as interactions
    from models.clients import merging
    from models.company import actions as company
    from models.files import actions as files
    from models.keys import actions as keys
    from models.language import _
    from models.licensing import exchange, on_keys
    from models.mail.actions import FETCH
    from models.mail.intake import IMPORT
    from models.mail.turning import TURN
    from models.reminders import rules as reminders
    from models.sales import undoing as sales
    from models.sales.actions_answers import EXPIRE_QUOTES
    from models.sales.mailings import NOTE_MAILED

    undo.veto("found_company", lambda _entries: _("The founding of the company cannot be undone."))
    for action in (IMPORT, FETCH, TURN):
        undo.never(action, lambda: _("The mail archive keeps what came in: an import of messages is not undone."))
    undo.never(EXPIRE_QUOTES, lambda: _("That a quote expires is not undone: make its next revision."))
    undo.never(NOTE_MAILED, lambda: _("What was mailed is not taken back."))
    undo.veto(merging.MERGE, merging.built_upon)
    for exchanging in (exchange.REPLACE, exchange.TRANSFER):
        undo.veto(exchanging, exchange.stood_on)
    for numbering in sales.NUMBERING_ACTIONS:
        undo.veto(numbering, sales.refuse_to_free_numbers)
    undo.keep_rule("client", clients.keep_rules)
    undo.keep_rule("interaction", interactions.keep_rules)
    undo.keep_rule("key", keys.keep_rules)
    undo.keep_rule("licence", on_keys.keep_rules)
    undo.keep_rule("operator", company.keep_rules)
    undo.keep_rule("file", files.keep_rules)
    undo.keep_rule("reminder", reminders.keep_rules)
    undo.keep_rule("document", sales.keep_rules)


def complete_older_database() -> None:
    """Write what areas that the database was made without begin with."""
    from models.sales import defaults

    defaults.complete_older_database()
