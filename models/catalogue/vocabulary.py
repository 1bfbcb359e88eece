"""The words of the catalogue: codes as they are stored, with their titles (English msgids)."""

from models.language import N_

PRODUCT_KINDS = {
    "licence": N_("licence"),
    "subscription": N_("subscription"),
    "key": N_("protection key"),
    "goods": N_("goods"),
    "service": N_("service"),
}
PROTECTION_METHODS = {
    "hardware_key": N_("hardware key"),
    "software_key": N_("software key"),
    "activation_code": N_("activation code"),
    "account": N_("account"),
    "none": N_("no protection"),
}
VAT_CODES = {
    "standard": N_("standard rate"),
    "reduced": N_("10 %"),
    "zero": N_("0 %"),
    "simplified_5": N_("5 %"),
    "simplified_7": N_("7 %"),
    "without": N_("without VAT"),
    "exempt": N_("exempt"),
}
TERM_STARTS = {"issue": N_("from issue"), "activation": N_("from activation")}
NUMBER_SCOPES = {"vendor": N_("per vendor"), "product": N_("per product")}
