"""GS1 messages and Digital Links, read by biip behind a guard.

The guard: 8, 12, 13 or 14 digits alone are a trade item number and never a GS1
message. biip reads a mistyped EAN-13 (4006381333932) as "order number" and an
in-store code (2112345015002) as "serial number"; a till must not.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pos_app.values.gs1.check_digit import is_digits
from pos_app.values.gs1.gtin import GTIN_LENGTHS, KEY_DIGITS, display_code, is_gtin
from pos_app.values.gs1.symbology import DataKind, read_identifier
from pos_app.values.quantity import canonical
from pos_app.values.rounding import divide

#: One pound in units of 10 nanograms of a kilogram: 0.45359237 kg exactly.
_POUND_IN_KG = (45_359_237, 100_000_000)
_AI_DIGITS = 2


@dataclass(frozen=True, slots=True)
class TradeItemMessage:
    """What a GS1 message says of the trade item it names.

    Attributes:
        gtin: fourteen digits, check digit verified.
        weight_kg: net weight, to the gram (AI 310n, 320n); None when absent.
        count: number of items (AI 30); None when absent.
        amount: amount payable in currency units (AI 392n, 393n); None when absent.
        lot: batch number (AI 10); "" when absent.
        serial: serial number (AI 21); "" when absent.
        use_by: YYMMDD as printed (AI 17, else 7003 with a time); "" when absent.
        best_before: YYMMDD as printed (AI 15, else 16); "" when absent.
    """

    gtin: str
    weight_kg: Decimal | None = None
    count: int | None = None
    amount: Decimal | None = None
    lot: str = ""
    serial: str = ""
    use_by: str = ""
    best_before: str = ""


def read_message(data: str) -> TradeItemMessage | None:
    """Read element strings or a Digital Link that name a trade item.

    Args:
        data: without AIM identifier; GS (0x1D) between element strings.

    Returns:
        What it says, or None when it names no trade item or cannot be read.
    """
    if len(data) in GTIN_LENGTHS and is_digits(data):
        return None
    elements = _elements(data)
    gtin = elements.get("01", "")
    if len(gtin) != KEY_DIGITS or not is_gtin(gtin):
        return None
    return TradeItemMessage(
        gtin=gtin,
        weight_kg=_weight(elements),
        count=int(elements["30"]) if "30" in elements else None,
        amount=_decimal(elements, "392", 0) or _decimal(elements, "393", 3),
        lot=elements.get("10", ""),
        serial=elements.get("21", ""),
        use_by=elements.get("17", elements.get("7003", "")),
        best_before=elements.get("15", elements.get("16", "")),
    )


def may_be_message(data: str) -> bool:
    """Tell whether data without an identifier is worth reading as a message.

    Only a Digital Link, or a code that begins with AI 01 and a right GTIN: what a
    keyboard wedge sends when its identifier is switched off.
    """
    if data.lower().startswith(("https://", "http://")):
        return True
    gtin = data[_AI_DIGITS : _AI_DIGITS + KEY_DIGITS]
    longer = len(data) >= _AI_DIGITS + KEY_DIGITS
    return longer and data.startswith("01") and is_gtin(gtin)


def code_to_show(scanned: str) -> str:
    """Return a scanned code as people know it: of a message, its item's number.

    Args:
        scanned: as transmitted, cleaned; with or without AIM identifier.
    """
    scan = read_identifier(scanned)
    is_message = scan.kind is DataKind.GS1_MESSAGE or may_be_message(scan.data)
    message = read_message(scan.data) if is_message else None
    return display_code(message.gtin) if message else scan.data


def _elements(data: str) -> dict[str, str]:
    """Return application identifier -> value; empty when unreadable."""
    # Late: most scans are plain trade item numbers and never need the reader.
    from biip import ParseError
    from biip.gs1_digital_link_uris import GS1DigitalLinkURI
    from biip.gs1_messages import GS1Message

    try:
        if data.lower().startswith(("https://", "http://")):
            strings = GS1DigitalLinkURI.parse(data).element_strings
        else:
            strings = GS1Message.parse(data).element_strings
    except (ParseError, ValueError):
        return {}
    elements: dict[str, str] = {}
    for element in strings:
        # GS1 General Specifications 4.14: one identifier, one value. A second use-by
        # date or weight is a fault or a fraud, and nobody can tell which is right.
        if elements.setdefault(element.ai.ai, element.value) != element.value:
            return {}
    return elements


def _decimal(elements: dict[str, str], family: str, skip: int) -> Decimal | None:
    """Return the value of a family such as 310n, whose n counts the decimals."""
    for identifier, value in elements.items():
        places = identifier[len(family) :]
        if identifier.startswith(family) and len(places) == 1:
            digits = value[skip:]
            return Decimal(digits).scaleb(-int(places)) if is_digits(digits) else None
    return None


def _weight(elements: dict[str, str]) -> Decimal | None:
    kilograms = _decimal(elements, "310", 0)
    pounds = _decimal(elements, "320", 0)
    if kilograms is None and pounds is None:
        return None
    top, bottom = (1, 1) if kilograms is not None else _POUND_IN_KG
    value = kilograms if kilograms is not None else pounds
    assert value is not None
    numerator, denominator = value.as_integer_ratio()
    grams = divide(numerator * top * 1000, denominator * bottom)
    return canonical(Decimal(grams).scaleb(-3))
