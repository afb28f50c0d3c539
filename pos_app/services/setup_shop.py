"""The shop and its roles out of a set-up file."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from pos_app.domain.permission import Permission, Role, RoleLimits
from pos_app.domain.policy import ShopPolicy
from pos_app.domain.shop import Shop
from pos_app.domain.tax import (
    CashRounding,
    PricingRules,
    TaxCategory,
    TaxRate,
    TaxRounding,
)
from pos_app.services.setup_file import RatePart, RolePart, ShopPart, TaxPart, Texts
from pos_app.values.percentage import Percentage
from pos_app.values.rounding import RoundingMode
from pos_app.values.times import Period, Timestamp


def shop_of(part: ShopPart, taxes: tuple[TaxPart, ...], shop_id: str) -> Shop:
    """Return the shop that a set-up file describes."""
    zone = ZoneInfo(part.time_zone)
    rounding = part.cash_rounding
    rules = PricingRules(
        currency=part.currency,
        prices_include_tax=part.prices_include_tax,
        tax_rounding=TaxRounding(part.tax_rounding),
        cash_rounding=CashRounding(rounding.step_minor, RoundingMode(rounding.mode)),
        tax_categories=tuple(
            TaxCategory(
                x.key,
                x.name,
                tuple(_rate(rate, zone) for rate in x.rates),
                names_of(x.names),
            )
            for x in taxes
        ),
        merge_same_items=part.merge_same_items,
    )
    return Shop(
        shop_id=shop_id,
        name=part.name,
        names=names_of(part.names),
        address=part.address,
        phone=part.phone,
        tax_number=part.tax_number,
        language=part.language,
        time_zone=part.time_zone,
        day_starts_at_hour=part.day_starts_at_hour,
        till=part.till,
        rules=rules,
        cash_notes_minor=part.cash_notes_minor,
        slip_footer=part.slip_footer,
        policy=ShopPolicy(**dict(part.policy)),
    )


def _rate(part: RatePart, zone: ZoneInfo) -> TaxRate:
    period = Period(_midnight(part.from_, zone), _midnight(part.until, zone))
    name = part.name or part.code
    percentage = Percentage.parse(part.percentage)
    return TaxRate(part.code, name, percentage, period, names_of(part.names))


def _midnight(day: str | None, zone: ZoneInfo) -> Timestamp | None:
    if day is None:
        return None
    return Timestamp.of(datetime.fromisoformat(day).replace(tzinfo=zone))


def role_of(part: RolePart) -> Role:
    """Return a role with its permissions and limits."""
    return Role(
        key=part.key,
        name=part.name,
        names=names_of(part.names),
        permissions=frozenset(Permission(key) for key in part.permissions),
        round_off_cap_minor=part.round_off_cap_minor,
        is_supervisor=part.is_supervisor,
        limits=RoleLimits(
            discount_cap=Percentage.parse(part.discount_cap),
            refund_cap_minor=part.refund_cap_minor,
            paid_out_cap_minor=part.paid_out_cap_minor,
        ),
    )


def names_of(texts: Texts) -> tuple[tuple[str, str], ...]:
    """Return names in other languages as the domain has them."""
    return tuple(texts.items())
