"""What the wheel holds: everything that git tracks in the packages, and the compiled catalogues, which it does not."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.architecture.project import PACKAGES, ROOT, tracked_files


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this working tree, built with the tools that are installed here."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    (path,) = folder.glob("turbofly-*.whl")
    return path


def content_of(wheel: Path) -> set[str]:
    """The files of the wheel that are the program's own."""
    return {name for name in zipfile.ZipFile(wheel).namelist() if name.split("/")[0] in PACKAGES}


def test_the_wheel_holds_all_that_git_tracks_in_the_packages(wheel: Path) -> None:
    assert {path.as_posix() for path in tracked_files(*PACKAGES)} - content_of(wheel) == set()


def test_the_wheel_holds_the_compiled_catalogue_of_every_language(wheel: Path) -> None:
    compiled = {path.with_suffix(".mo").as_posix() for path in tracked_files("models/locale") if path.suffix == ".po"}
    assert {name for name in content_of(wheel) if name.endswith(".mo")} == compiled


def test_the_wheel_brings_no_other_package_and_one_command(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    (metadata,) = {name.split("/")[0] for name in names if name.endswith(".dist-info/METADATA")}
    assert {name.split("/")[0] for name in names} == {*PACKAGES, metadata}
    commands = zipfile.ZipFile(wheel).read(f"{metadata}/entry_points.txt").decode()
    assert commands.split() == ["[console_scripts]", "turbofly", "=", "tui.command_line.main:main"]


@pytest.mark.proof
def test_the_wheel_runs_in_a_clean_environment(wheel: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "clean"], check=True)
    binaries = tmp_path / "clean" / "bin"
    subprocess.run([binaries / "pip", "install", "--quiet", wheel], check=True)
    database = tmp_path / "sample.db"
    for arguments in (["--version"], ["demo", "--scale", "small", str(database)]):
        done = subprocess.run(
            [binaries / "turbofly", *arguments], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    russian = subprocess.run(
        [binaries / "turbofly", "--database", database, "--lang", "ru", "key", "no-such-key"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert russian.returncode == 1
    assert any("а" <= letter <= "я" for letter in (russian.stdout + russian.stderr).lower())
