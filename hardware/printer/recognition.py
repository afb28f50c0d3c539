"""How sure it is that a found device is a receipt printer, and of which language."""

from __future__ import annotations

import re

from pos_app.ports.devices import ConnectionKind, DeviceCategory, FoundDevice

_STAR_VENDOR = "0519"
#: Epson, Citizen, Bixolon, Custom: they make nothing else with these numbers.
_MAKERS = frozenset({"04b8", "1d90", "1504", "0dd4"})
#: Makers of the chips in most printers without a name, and in other things too.
_CHIPS = frozenset({"0416", "0483", "0fe6", "6868", "1fc9", "20d1", "154f"})
_ESCPOS = re.compile(r"ESC/?\s?POS|EPSON\s?TM", re.IGNORECASE)
#: Of office and label printers; Epson's own for paper in sheets among them.
_OTHERS = re.compile(
    r"\b(PCL\w*|PJL|POSTSCRIPT|PS|PDF|URF|PWG\w*|ZPL\w*|TSPL\w*|TSC|EPL\w*|DPL"
    r"|ESCP(L|R)\w*|BROTHER\w*|CPCL)\b",
    re.IGNORECASE,
)
#: Names of models of receipt printers: Epson, Xprinter, Gprinter, Rongta, Bixolon.
_MODELS = re.compile(
    r"\b(TM-[A-Z]?\d|TM-M\d|XP-?\d|GP-?[ULC]?\d|RP\d{2,3}|SRP-|CT-[SED]\d|POS-?\d{2})",
    re.IGNORECASE,
)
_STAR_MODELS = re.compile(r"\b(TSP\d{3}|MC-?PRINT|POP\d|SM-[LST]\d)", re.IGNORECASE)
_PRINTER_CLASSES = frozenset({"7", "07", "ff"})


def sure_of_escpos(  # noqa: PLR0911 - one for each kind of evidence
    found: FoundDevice,
) -> int:
    """Return how sure it is that a device understands ESC/POS, 0 to 100."""
    facts, told = found.keywords, _told(found)
    if _ESCPOS.search(facts.get("languages", facts.get("ieee1284", ""))):
        return 90
    usb_class = facts.get("class", "").lower()
    is_other = bool(usb_class) and usb_class not in _PRINTER_CLASSES
    if is_other or sure_of_star(found) or _OTHERS.search(told):
        return 0
    if _MODELS.search(f"{told} {found.name}"):
        return 80
    if found.category is DeviceCategory.RECEIPT_PRINTER:
        return 40
    if usb_class or "vid" in facts:
        return _sure_by_number(facts.get("vid", "").lower(), usb_class)
    is_raw = found.connection.kind is ConnectionKind.NETWORK
    return 20 if is_raw and not told.strip() else 0


def _sure_by_number(vendor: str, usb_class: str) -> int:
    if vendor in _MAKERS:
        return 70 if usb_class else 40
    if vendor in _CHIPS and usb_class:
        return 60
    # A printer, and no word of what kind.
    return 30 if usb_class in {"7", "07"} else 0


def sure_of_star(found: FoundDevice) -> int:
    """Return how sure it is that a device understands Star's commands, 0 to 100."""
    told = _told(found)
    # Some Stars are switched to ESC/POS; they say so.
    if _ESCPOS.search(told):
        return 0
    if re.search(r"\bstar\b", told, re.IGNORECASE) or _STAR_MODELS.search(told):
        return 95
    return 90 if found.keywords.get("vid", "").lower() == _STAR_VENDOR else 0


def _told(found: FoundDevice) -> str:
    """Return what a device says of itself in words."""
    names = ("ieee1284", "manufacturer", "product", "maker", "model", "languages")
    return " ".join(found.keywords.get(name, "") for name in names)
