"""The QR code by which a bank's program fills in a payment: GOST R 56042-2014, requisites in UTF-8 (``ST00012``)."""

from __future__ import annotations

import io

from models.sales.printing import PrintedForm

_LONGEST = {
    "Name": 160, "PersonalAcc": 20, "BankName": 45, "BIC": 9, "CorrespAcc": 20, "Sum": 18, "Purpose": 210,
    "PayeeINN": 12, "KPP": 9,
}  # fmt: skip
_SEPARATOR = "|"


def payment_text(form: PrintedForm, purpose: str) -> str:
    """What the QR code of an invoice says; empty where it cannot be paid by one: not in roubles, no account, no BIK."""
    bank = form.bank
    is_payable = form.currency == "RUB" and form.totals.gross > 0 and form.state not in ("draft", "cancelled")
    if bank is None or not is_payable or len(bank.account) != 20 or not bank.bik:
        return ""
    fields = {
        "Name": form.seller.name,
        "PersonalAcc": bank.account,
        "BankName": bank.name,
        "BIC": bank.bik,
        "CorrespAcc": bank.correspondent or "0",
        "Sum": str(int(form.totals.gross * 100)),
        "Purpose": purpose,
        "PayeeINN": form.seller.inn,
        "KPP": form.seller.kpp,
    }
    # No value may hold the separator.
    written = (f"{name}={value.replace(_SEPARATOR, ' ')[: _LONGEST[name]]}" for name, value in fields.items() if value)
    return _SEPARATOR.join(("ST00012", *written))


def qr_svg(text: str) -> str:
    """A QR code as a drawing."""
    import segno

    drawing = io.BytesIO()
    segno.make_qr(text, error="m", encoding="utf-8").save(drawing, kind="svg", border=0, xmldecl=False)
    return drawing.getvalue().decode()
