"""How much comes off, as it is typed: 8.5 折 in Chinese, 15 % elsewhere."""

from __future__ import annotations

from decimal import Decimal

from pos_app.domain.promotion.deal import Off
from pos_app.errors import UserError
from pos_app.i18n import N_, _
from pos_app.values.money import format_minor, parse_minor
from pos_app.values.percentage import Percentage
from pos_app.values.plain_number import TEXT_LIMIT, plain_number
from pos_app.values.quantity import canonical

_WHOLE = 1_000_000  # hundred per cent, as Percentage counts
#: The ways of lowering, by the key of their segment: msgid.
MODES = {
    "percentage": N_("A percentage"),
    "amount": N_("An amount"),
    "price": N_("A price"),
    "free": N_("Free"),
}


def mode_of(off: Off, *, knows_free: bool) -> str:
    """Return which way an `Off` lowers."""
    if off.percentage is not None:
        is_free = knows_free and off.percentage.millionths >= _WHOLE
        return "free" if is_free else "percentage"
    return "amount" if off.amount_minor is not None else "price"


def off_text(off: Off, currency: str, language: str) -> str:
    """Return what stands in the field of the card."""
    if off.percentage is None:
        minor = off.amount_minor if off.amount_minor is not None else off.price_minor
        return plain_amount(minor or 0, currency)
    return rate_text(off.percentage, language)


def rate_text(rate: Percentage, language: str) -> str:
    """Return how much comes off as it is typed: "8.5" in Chinese, "15" elsewhere."""
    if language.startswith("zh"):
        left = Decimal(_WHOLE - rate.millionths) / 100_000
        return str(canonical(left))
    return str(rate).removesuffix("%")


def read_rate(text: str, language: str) -> Percentage:
    """Read how much comes off; what is typed in Chinese is what is left to pay.

    Raises:
        UserError: "percentage_unreadable".
    """
    is_left = language.startswith("zh")
    return _tenths_left(text) if is_left else Percentage.parse(text)


def read_off(mode: str, text: str, currency: str, language: str) -> Off:
    """Read the field of the card.

    Args:
        mode: one of `MODES`.
        text: as typed.
        currency: ISO 4217 code.
        language: decides what a percentage is.

    Raises:
        UserError: "percentage_unreadable", or what `parse_minor` raises.
    """
    if mode == "free":
        return Off(percentage=Percentage(_WHOLE))
    if mode == "percentage":
        return Off(percentage=read_rate(text, language))
    minor = parse_minor(text, currency)
    return Off(amount_minor=minor) if mode == "amount" else Off(price_minor=minor)


def off_hint(mode: str, language: str, symbol: str) -> str:
    """Return the label of the field."""
    if mode == "percentage" and language.startswith("zh"):
        return _("Tenths that are left to pay: 8.5 is 15%\u00a0off")
    if mode == "percentage":
        return _("Percent off")
    if mode == "amount":
        return _("Taken off ({symbol})", symbol=symbol)
    return _("Paid instead ({symbol})", symbol=symbol)


def plain_amount(minor: int, currency: str) -> str:
    """Write an amount to be typed over: "19.90", "100"."""
    text = format_minor(minor, currency)
    head, point, decimals = text.partition(".")
    return head if point and not decimals.strip("0") else text


def _tenths_left(text: str) -> Percentage:
    """Read 折: 7 and 8.5 are tenths that are left, 85 hundredths."""
    typed = text.replace("折", "").strip()
    plain = plain_number(typed) if len(typed) <= TEXT_LIMIT else ""
    left = Decimal(plain or "NaN")
    if not left.is_finite() or left <= 0 or left >= 100:
        raise UserError("percentage_unreadable", text=text[:TEXT_LIMIT])
    whole = left * 100_000 if left < 10 else left * 10_000
    if whole != whole.to_integral_value():
        raise UserError("percentage_unreadable", text=text[:TEXT_LIMIT])
    return Percentage(_WHOLE - int(whole))
