"""The section of mail: lists, the guess for each unfiled message, filing by one key, all of it undone by one."""

from __future__ import annotations

from textual.pilot import Pilot

from models.clients.tables import Client, Person
from models.kinds import RecordRef
from models.language import use_language
from models.mail.tables import LearnedAddress, Message
from models.mail.vocabulary import defect_in_words
from screens.card import CardScreen
from screens.list_screen import ListScreen
from screens.mail import MailPane
from screens.message import MessageScreen
from screens.today import TodayList
from tests.screens.small_company import Program, shown_rows, shown_text, type_text, until
from tui.app import TurboFly

NARROW, WIDE = (80, 24), (120, 40)


def pane_of(app: TurboFly) -> MailPane:
    screen = app.screen
    assert isinstance(screen, ListScreen)
    assert isinstance(screen.pane, MailPane)
    return screen.pane


async def at_unfiled(app: TurboFly, pilot: Pilot[None], subject: str) -> MailPane:
    """The unfiled list with the cursor on a message, its guess shown."""
    await pilot.press("right_square_bracket")
    await until(pilot, lambda: pane_of(app).view.name == "unfiled" and pane_of(app).table.cursor_id is not None)
    pane = pane_of(app)
    pane.table.go_to(Message.get(Message.subject == subject).id)
    wanted = Message.get(Message.subject == subject).id
    await until(pilot, lambda: pane.filing is not None and pane.filing.message_id == wanted)
    return pane


def filed(subject: str) -> tuple[str | None, str]:
    message = Message.get(Message.subject == subject)
    return (None if message.client is None else message.client.name), message.filed_by


async def test_the_archive_is_listed_newest_first_and_filtered_by_stems(program: Program) -> None:
    app = program("mail")
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: len(shown_rows(app)) == 8)
        assert "Сколько стоит?" in shown_rows(app)[0]
        await pilot.press("slash")
        await type_text(pilot, "лицензия ключ")
        await until(pilot, lambda: len(shown_rows(app)) == 2)
        await pilot.press("escape")
        await until(pilot, lambda: len(shown_rows(app)) == 8)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, MessageScreen))


async def test_one_key_files_the_message_under_the_guess_and_u_takes_it_back(program: Program) -> None:
    app = program("mail")
    async with app.run_test(size=NARROW) as pilot:
        await at_unfiled(app, pilot, "Запрос на 12 лицензий")
        assert "ООО «Ромашка»: Фокин Сергей is its contact person" in shown_text(app)
        await pilot.press("t")
        await until(pilot, lambda: filed("Запрос на 12 лицензий") == ("ООО «Ромашка»", "hand"))
        assert LearnedAddress.select().count() == 0
        await until(pilot, lambda: "Запрос на 12 лицензий" not in shown_rows(app))
        await pilot.press("u")
        await until(pilot, lambda: filed("Запрос на 12 лицензий") == (None, ""))


async def test_one_key_files_all_of_the_domain_and_remembers_it(program: Program) -> None:
    app = program("mail")
    async with app.run_test(size=NARROW) as pilot:
        await at_unfiled(app, pilot, "Акт сверки за февраль")
        assert "ЗАО «Вектор плюс»: its name" in shown_text(app)
        assert "T all of @vektor-plus.ru" in shown_text(app)
        await pilot.press("T")
        await until(pilot, lambda: filed("Подъём цен")[0] == "ЗАО «Вектор плюс»")
        assert LearnedAddress.get().address == "vektor-plus.ru"
        await until(pilot, lambda: any("2 messages filed" in one.message for one in app._notifications))
        await pilot.press("u")
        await until(pilot, lambda: filed("Подъём цен") == filed("Акт сверки за февраль") == (None, ""))


async def test_another_client_is_picked_by_typing(program: Program) -> None:
    app = program("mail")
    async with app.run_test(size=NARROW) as pilot:
        await at_unfiled(app, pilot, "Сколько стоит?")
        assert "Nobody is known by ivan.1987@mail.ru." in shown_text(app)
        await pilot.press("t", "f")
        await until(pilot, lambda: app.screen.is_modal)
        await type_text(pilot, "кузнецова")
        await pilot.press("enter")
        await until(pilot, lambda: "all from and to ivan.1987@mail.ru" in shown_text(app))
        assert "everybody at" not in shown_text(app)
        await pilot.press("down", "enter")
        await until(pilot, lambda: filed("Сколько стоит?") == ("ИП Кузнецова Анна Петровна", "hand"))
        assert LearnedAddress.get().address == "ivan.1987@mail.ru"


async def test_marked_messages_are_filed_together(program: Program) -> None:
    app = program("mail")
    async with app.run_test(size=NARROW) as pilot:
        await at_unfiled(app, pilot, "Подъём цен")
        await pilot.press("a", "f")
        await until(pilot, lambda: app.screen.is_modal)
        await type_text(pilot, "northwind")
        await pilot.press("enter")
        await until(pilot, lambda: not Message.select().where(Message.filed_by == "").exists())
        await until(pilot, lambda: "Every message is filed." in shown_text(app))
        await pilot.press("u")
        await until(pilot, lambda: Message.select().where(Message.filed_by == "").count() == 7)


async def test_a_client_is_made_of_the_sender_and_his_messages_are_filed_there(program: Program) -> None:
    app = program("mail")
    async with app.run_test(size=NARROW) as pilot:
        await at_unfiled(app, pilot, "Подъём цен")
        await pilot.press("n")
        await until(pilot, lambda: app.screen.is_modal)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CardScreen) and app.screen.form.is_editing)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen.is_modal)
        await pilot.press("enter")
        await until(pilot, lambda: filed("Подъём цен")[0] == "Бухгалтерия")
        assert filed("Акт сверки за февраль")[0] == "Бухгалтерия"
        client = Client.get(Client.name == "Бухгалтерия")
        assert client.website == "vektor-plus.ru"


async def test_a_contact_person_is_made_of_the_sender(program: Program) -> None:
    app = program("mail")
    async with app.run_test(size=NARROW) as pilot:
        await at_unfiled(app, pilot, "Акт сверки за февраль")
        await pilot.press("n")
        await until(pilot, lambda: "a new contact person of ЗАО «Вектор плюс»" in shown_text(app))
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, CardScreen) and app.screen.form.is_editing)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen.is_modal)
        await pilot.press("enter")
        await until(pilot, lambda: filed("Акт сверки за февраль")[0] == "ЗАО «Вектор плюс»")
        assert Person.get(Person.name == "Бухгалтерия").client.name == "ЗАО «Вектор плюс»"


async def test_the_preview_shows_the_text(program: Program) -> None:
    app = program("mail")
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: len(shown_rows(app)) == 8)
        await pilot.press("v", "down")
        await until(pilot, lambda: "Сообщите новые цены" in shown_text(app))


async def test_messages_are_found_from_anywhere_with_their_day_and_sender(program: Program) -> None:
    app = program("today")
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("ctrl+k")
        await type_text(pilot, "счёт согласовано")
        await until(pilot, lambda: "← Фокин Сергей  2025-03-05 Спасибо" in shown_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, MessageScreen))


async def test_the_client_card_lists_its_messages(program: Program) -> None:
    northwind = Client.get(Client.name == "Northwind Traders")
    app = program("clients")
    async with app.run_test(size=WIDE) as pilot:
        app.open_record(RecordRef("client", northwind.id))
        await until(pilot, lambda: isinstance(app.screen, CardScreen) and app.screen.tabs is not None)
        card = app.screen
        assert isinstance(card, CardScreen)
        assert card.tabs is not None
        card.tabs.show_tab("messages")
        await until(pilot, lambda: "Purchase order 77" in shown_text(app))
        card.tabs.table.focus()
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, MessageScreen))


async def test_what_waits_to_be_filed_is_seen_today(program: Program) -> None:
    app = program("today")
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: "Unfiled mail  7" in shown_text(app) and "reading" not in shown_text(app))
        assert "Иван" in shown_text(app)
        lines = app.screen.query_one(TodayList)
        lines.highlighted = lines.option_count - 2
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ListScreen) and app.screen.open_tab == "unfiled")


async def test_the_list_of_what_is_broken_says_what_is_wrong(program: Program) -> None:
    use_language("ru")
    app = program("mail")
    async with app.run_test(size=NARROW) as pilot:
        await until(pilot, lambda: len(shown_rows(app)) == 8)
        await pilot.press("left_square_bracket")
        await until(pilot, lambda: pane_of(app).view.name == "broken" and len(shown_rows(app)) > 0)
        broken = Message.get(Message.state != "whole")
        assert defect_in_words(broken.defects.split("\n")[0])[:20] in shown_rows(app)[0]
