"""Templates and data into a PDF: typst runs in a child process with limits, and sees no file but the templates'."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

from exporters.printing.form_data import form_data
from exporters.printing.paper_data import paper_data
from exporters.printing.payment_qr import qr_svg
from models.errors import RuleBroken
from models.language import _
from models.licensing.papers import Paper
from models.sales.printing import PrintedForm
from models.text import shown

TEMPLATES = Path(__file__).with_name("templates")
_CHILD = Path(__file__).with_name("typesetting_child.py")
_SECONDS = 30
_MEMORY = 2 << 30
_REFUSED = 3
_NO_PROXY = "http://127.0.0.1:9"
_LARGEST_FILE = 10 << 20
_TEMPLATE_OF = {"upd1": "upd", "upd2": "upd", "supplier_order": "order"}
_LOGO_SUFFIXES = (".svg", ".png", ".jpg")


def pdf_of(form: PrintedForm, language: str, own_templates: Path | None = None) -> bytes:
    """A form as PDF in a language; files of ``own_templates`` stand in for those of the program.

    Raises ``RuleBroken`` where a template has a fault or does not come to an end.
    """
    data = form_data(form, language)
    pictures = {"qr": qr_svg(data["payment"])} if data["payment"] else {}
    return typeset(_TEMPLATE_OF.get(form.form, form.form), data, own_templates, form.seller.inn, pictures)


def pdf_of_paper(paper: Paper, language: str, own_templates: Path | None = None) -> bytes:
    """A certificate, labels or an act of a key as PDF. Raises ``RuleBroken`` as ``pdf_of`` does."""
    return typeset(paper.name, paper_data(paper, language), own_templates, paper.seller.inn)


def typeset(
    template: str,
    data: Mapping[str, Any],
    own_templates: Path | None = None,
    seller_inn: str = "",
    pictures: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    """Data laid out by a template as PDF; ``pictures`` are drawings by the name that the template knows them by."""
    inputs = {"data": json.dumps(data, ensure_ascii=False), **pictures}
    with TemporaryDirectory(prefix="turbofly-print-") as folder:
        root = Path(folder, "forms")
        shutil.copytree(TEMPLATES, root)
        if own_templates is not None and own_templates.is_dir():
            _copy_own(own_templates, root)
        inputs["logo"] = _logo(root, seller_inn)
        return _typeset(root, f"{template}.typ", inputs)


def _copy_own(own: Path, root: Path) -> None:
    """Lay the company's own files over those of the program: templates, pictures, fonts."""
    for source in sorted(own.rglob("*")):
        target = root / source.relative_to(own)
        try:
            if source.is_dir():
                target.mkdir(exist_ok=True)
            elif source.is_file() and source.stat().st_size <= _LARGEST_FILE:
                shutil.copyfile(source, target)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise RuleBroken(
                "file", _("{file} cannot be read: {reason}.").format(file=shown(str(source)), reason=reason)
            ) from error


def _logo(root: Path, inn: str) -> str:
    """The picture for the head of the forms: that of the legal entity, by its INN, else the one for all."""
    for stem in ([f"logo-{inn}"] if inn else []) + ["logo"]:
        for suffix in _LOGO_SUFFIXES:
            if (root / f"{stem}{suffix}").is_file():
                return f"{stem}{suffix}"
    return ""


def _typeset(root: Path, main: str, inputs: Mapping[str, str]) -> bytes:
    job = {
        "path": sys.path, "root": str(root), "main": main, "inputs": dict(inputs), "memory": _MEMORY,
        "seconds": _SECONDS,
    }  # fmt: skip
    # One thread and one arena: what they reserve for each counts against the limit of memory.
    environment = {**os.environ, "RAYON_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}
    # A template that asks for a package of the internet gets none: the proxy is one that nobody is.
    environment |= dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), _NO_PROXY)
    try:
        # -I: neither the working directory nor the environment decides what the child imports.
        ran = subprocess.run(
            [sys.executable, "-I", str(_CHILD)], input=json.dumps(job).encode(), capture_output=True, env=environment,
            timeout=2 * _SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise _fault(main, _("It does not come to an end.")) from error
    if ran.returncode == 0 and ran.stdout.startswith(b"%PDF"):
        return ran.stdout
    told = ran.stderr.decode(errors="replace").strip()
    if ran.returncode == _REFUSED and told:
        raise _fault(main, shown(_in_short(told))[:300])
    raise _fault(main, _("It takes too much time or memory ({reason}).").format(reason=ran.returncode))


def _in_short(diagnostic: str) -> str:
    """What is wrong and where, of a diagnostic that draws the place over several lines."""
    wrong = diagnostic.splitlines()[0].removeprefix("error: ")
    place = re.search(r"┌─ (?:\S*/)?([^/\s]+:\d+):\d+", diagnostic)
    return f"{place[1]}: {wrong}" if place else wrong


def _fault(template: str, reason: str) -> RuleBroken:
    return RuleBroken("template", _("The template {name} cannot be printed.").format(name=template), reason)
