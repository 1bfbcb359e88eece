"""The history of a record: who changed what from what to what, told by the audit trail."""

import pytest

from models.audit import AuditEntry
from models.cards.history import FieldChange, HistoryListing, history_lines, kinds_told, summary
from models.clients.actions import add_person, client_group_named, edit_client
from models.errors import RuleBroken
from models.keys.actions import edit_key
from models.listing import Sort
from models.undo import last_change, undo
from models.writing import Actor
from tests.models.worlds import a_client, a_key


def changes(kind: str, record_id: int) -> list[tuple[FieldChange, ...]]:
    return [line.changes for line in history_lines(kind, record_id, 10)]


def test_a_change_is_told_with_the_old_and_the_new_value_newest_first(director: Actor) -> None:
    client = a_client(director)
    edit_client(director, client, 1, {"source": "expo"})
    edit_client(director, client, 2, {"source": "call", "archived": True})
    newest, middle, made = history_lines("client", client, 10)
    assert newest.changes == (FieldChange("Archived", "no", "yes"), FieldChange("Source", "expo", "call"))
    assert middle.changes == (FieldChange("Source", "", "expo"),)
    assert (made.operation, made.operator, made.changes) == ("insert", "anna", ())
    assert summary(middle) == "Source: · → expo"


def test_columns_that_follow_from_others_are_left_out(director: Actor) -> None:
    client = a_client(director, "ООО «Ромашка»")
    edit_client(director, client, 1, {"name": "ООО «Лютик»"})
    assert changes("client", client)[0] == (FieldChange("Name", "ООО «Ромашка»", "ООО «Лютик»"),)


def test_references_and_choices_are_told_in_words(director: Actor) -> None:
    client, key = a_client(director, "ЗАО «Вектор»"), a_key(director)
    edit_key(director, key, 1, {"owner": client, "state": "issued"})
    assert set(changes("key", key)[0]) == {
        FieldChange("Owner", "", "ЗАО «Вектор»"),
        FieldChange("State", "in stock", "issued"),
    }


def test_what_hangs_on_a_record_is_told_with_its_change(director: Actor) -> None:
    client = a_client(director)
    other = a_client(director, "ООО «Лютик»", phones=("+7 495 000-00-00",))
    edit_client(director, client, 1, {"phones": ("+7 495 123-45-67",)})
    edit_client(director, client, 2, {"phones": ()})
    removed, added, _made = changes("client", client)
    assert added == (FieldChange("phone", "", "+7 495 123-45-67"),)
    assert removed == (FieldChange("phone", "+7 495 123-45-67", ""),)
    assert changes("client", other) == [()]


def test_an_undo_is_a_change_like_any_other(director: Actor) -> None:
    client = a_client(director)
    edit_client(director, client, 1, {"source": "expo"})
    change = last_change(director)
    assert change is not None
    undo(director, change)
    assert changes("client", client)[0] == (FieldChange("Source", "expo", ""),)


def test_the_list_of_a_history_counts_pages_and_finds(director: Actor) -> None:
    client = a_client(director)
    for version in range(1, 6):
        edit_client(director, client, version, {"source": str(version)})
    listing = HistoryListing("client", client)
    rows = listing.page(0, 100)
    assert listing.count() == len(rows) == 6
    assert listing.page(2, 2) == rows[2:4]
    assert listing.page(-2, 2) == rows[4:]
    assert [listing.position_of(row.id) for row in rows] == [0, 1, 2, 3, 4, 5]
    assert listing.position_of(rows[0].id + 100) is None


def test_the_history_has_one_order_and_no_filter(director: Actor) -> None:
    listing = HistoryListing("client", a_client(director))
    assert listing.with_sort(listing.sort) == listing
    assert listing.with_filter(" ") == listing
    with pytest.raises(KeyError):
        listing.with_sort(Sort("operator"))
    with pytest.raises(RuleBroken):
        listing.with_filter("anna")


def test_the_history_of_a_client_tells_of_what_is_deleted_with_it_and_of_nothing_else() -> None:
    told = kinds_told("client")
    assert {"client", "phone", "email", "bank_account", "client_tag"} <= told
    assert not {"licence", "key", "person"} & told


def test_a_group_that_a_client_was_put_into_is_named(director: Actor) -> None:
    client, group = a_client(director), client_group_named(director, "Холдинг")
    edit_client(director, client, 1, {"group": group})
    assert changes("client", client)[0] == (FieldChange("Group of companies", "", "Холдинг"),)


def test_phones_of_a_contact_person_are_not_told_as_the_clients(director: Actor) -> None:
    client = a_client(director)
    add_person(director, {"name": "Фокин", "client": client, "phones": ("+7 495 765-43-21",)})
    assert changes("client", client) == [()]


def test_old_values_that_somebody_damaged_do_not_hide_the_rest(director: Actor) -> None:
    client = a_client(director, "Ромашка")
    edit_client(director, client, 1, {"note": "first"})
    edit_client(director, client, 2, {"note": "second"})
    last = AuditEntry.select().order_by(AuditEntry.seq.desc()).first()
    AuditEntry.update(old_values="]not JSON").where(AuditEntry.seq == last.seq).execute()
    lines = history_lines("client", client, 10)
    assert [summary(line).split(":")[0] for line in lines] == ["What it was before", "Note", "made"]
