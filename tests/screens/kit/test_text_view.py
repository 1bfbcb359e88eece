"""A long text as an operator reads it, by the keys that he presses."""

from __future__ import annotations

from textual.app import App, ComposeResult

from screens.kit.gateway import Gateway
from screens.kit.text_lines import Line, lines_of
from screens.kit.text_view import TextView
from tests.screens.kit.table_app import no_connection
from tests.screens.small_company import until

SIZE = (40, 10)


class TextApp(App[None]):
    """A text and nothing else."""

    def __init__(self, lines: list[Line]) -> None:
        super().__init__()
        self.faults: list[Exception] = []
        self.gateway = Gateway(no_connection, self.faults.append)
        self.lines = lines
        self.found: list[bool] = []

    def compose(self) -> ComposeResult:
        yield TextView(self.gateway)

    def on_mount(self) -> None:
        self.text.show(self.lines)
        self.text.focus()

    def on_unmount(self) -> None:
        self.gateway.close()

    def on_text_view_found(self, event: TextView.Found) -> None:
        self.found.append(event.is_there)

    @property
    def text(self) -> TextView:
        return self.query_one(TextView)

    @property
    def shown(self) -> list[str]:
        return [self.text.render_line(y).text.strip() for y in range(self.text.size.height)]


def numbered(count: int) -> list[Line]:
    return lines_of("\n".join(f"line {number}" for number in range(1, count + 1)))


async def test_the_keys_of_a_pager_walk_through_the_text() -> None:
    app = TextApp(numbered(100))
    async with app.run_test(size=SIZE) as pilot:
        tops = {
            "down": 2,
            "j": 3,
            "up": 2,
            "k": 1,
            "space": 10,
            "pageup": 1,
            "end": 91,
            "home": 1,
            "G": 91,
            "g": 1,
            "up ": 1,
        }
        for key, top in tops.items():
            await pilot.press(key.strip())
            assert app.shown[0] == f"line {top}", key


async def test_a_text_of_ten_megabytes_shows_its_beginning_at_once_and_its_end_soon() -> None:
    app = TextApp(numbered(400_000))
    async with app.run_test(size=SIZE) as pilot:
        assert app.shown[:2] == ["line 1", "line 2"]
        await until(pilot, lambda: app.text.rows == 400_000)
        await pilot.press("end")
        assert app.shown[-1] == "line 400000"


async def test_another_width_keeps_the_line_at_the_top() -> None:
    app = TextApp([Line("word " * 30) for _number in range(50)])
    async with app.run_test(size=SIZE) as pilot:
        app.text.go_to(4 * 20)
        before = app.text._line_at_top
        await pilot.resize_terminal(80, 10)
        await until(pilot, lambda: app.text.rows == 100)
        assert app.text._line_at_top == before


async def test_what_is_looked_for_is_found_from_place_to_place_and_again_from_the_top() -> None:
    app = TextApp(numbered(100))
    async with app.run_test(size=SIZE) as pilot:
        app.text.find("NE 5")
        await until(pilot, lambda: app.shown[0] == "line 5")
        app.text.find("NE 5")
        await until(pilot, lambda: app.shown[0] == "line 50")
        app.text.find("ne 5", forward=False)
        await until(pilot, lambda: app.shown[0] == "line 5")
        app.text.find("ne 5", forward=False)
        await until(pilot, lambda: app.shown[0] == "line 59")
        app.text.find("nowhere")
        await until(pilot, lambda: app.found[-1:] == [False])
        assert app.shown[0] == "line 59"
        assert app.faults == []


async def test_nothing_in_a_text_is_markup() -> None:
    app = TextApp([Line("[red]key[/x] [@click=app.bell()]x[/]")])
    async with app.run_test(size=SIZE):
        assert app.shown[0] == "[red]key[/x] [@click=app.bell()]x[/]"
