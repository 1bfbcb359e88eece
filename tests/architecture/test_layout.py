"""The layout is the explanation: short files, functions that fit on a screen, each module says what it is for."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.project import PACKAGES, ROOT, python_files

LONGEST_FILE = 400
LONGEST_FUNCTION = 40


def lines_of(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> int:
    """How many lines the definition takes, decorators left out."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def functions_of(path: Path) -> Iterator[tuple[str, int]]:
    """The functions of a file with their lines of code; frozen tables inside a migration are declarations, not code."""
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            declared = sum(lines_of(inner) for inner in node.body if isinstance(inner, ast.ClassDef))
            yield f"{path}:{node.lineno} {node.name}", lines_of(node) - declared


def test_no_file_is_longer_than_400_lines() -> None:
    lengths = {path: (ROOT / path).read_text(encoding="utf-8").count("\n") for path in python_files()}
    assert {str(path): lines for path, lines in lengths.items() if lines > LONGEST_FILE} == {}, (
        "split the file by reasons to change"
    )


def test_no_function_is_longer_than_40_lines() -> None:
    long = {
        name: lines
        for path in python_files(*PACKAGES)
        for name, lines in functions_of(path)
        if lines > LONGEST_FUNCTION
    }
    assert long == {}, "take a step of the function out and give it a name"


def test_every_module_says_what_it_is_for() -> None:
    sources = {path: (ROOT / path).read_text(encoding="utf-8") for path in python_files()}
    silent = [
        str(path)
        for path, source in sources.items()
        if not ast.get_docstring(ast.parse(source)) and (source or path.parts[0] in PACKAGES)
    ]
    assert silent == [], "begin the file with a docstring"


def test_the_five_packages_are_all_there() -> None:
    assert {path.parts[0] for path in python_files(*PACKAGES)} == set(PACKAGES)
