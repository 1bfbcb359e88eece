"""What a fresh process loads: start-up time counts, and an import inside a function escapes the contracts."""

from tests.architecture.project import modules_loaded_by, python_files

TERMINAL = {"textual", "rich", "plotext", "click"}


def dotted_names(*folders: str) -> list[str]:
    """The modules of the folders, as they are imported; migrations, which begin with a digit, are none."""
    names = (".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in python_files(*folders))
    return [name for name in names if all(part.isidentifier() for part in name.split("."))]


def test_no_module_of_models_loads_anything_of_the_terminal() -> None:
    names = dotted_names("models")
    loaded = modules_loaded_by("\n".join(f"import {name}" for name in names))
    assert "models.errors" in loaded
    assert loaded & TERMINAL == set()


def test_plotext_is_not_loaded_before_a_chart_is_drawn() -> None:
    names = dotted_names("tui", "screens")
    assert "plotext" not in modules_loaded_by("\n".join(f"import {name}" for name in names))


def test_what_a_statement_prints_is_not_taken_for_a_module() -> None:
    assert "textual" not in modules_loaded_by("print('textual')")
    assert "colorsys" in modules_loaded_by("import colorsys")
