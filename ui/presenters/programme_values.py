"""The programme's rules as typed texts, section by section, and back again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pos_app.domain.loyalty.burning import BurnAs, BurnRule
from pos_app.domain.loyalty.earn_rule import EarnBasis, EarnRule
from pos_app.domain.loyalty.expiry import ExpiryKind, LifeRule
from pos_app.domain.loyalty.programme import Programme, TopUpOffer, ValueRule
from pos_app.domain.loyalty.tier import Downgrade, TierMetric, TierWindow
from pos_app.domain.member.recognition import RecognitionPolicy
from pos_app.domain.stored_value.tender_rule import TenderRule
from pos_app.errors import UserError
from pos_app.values.money import format_minor, parse_minor
from pos_app.values.percentage import Percentage

#: Tenders of the shop's own ledgers: what they pay earns again only where wanted.
OWN_TENDERS = ("points", "stored_value", "gift_card")
_MOST = 1_000_000_000
_USUAL_EARN = EarnRule(points=1, per_minor=100, excluded_tenders=OWN_TENDERS)
_USUAL_BURN = BurnRule(step_points=100, step_minor=100)

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Typed:
    """Reads what was typed; says at which field it means nothing.

    Attributes:
        values: by field. currency: ISO 4217 code.
    """

    values: Values
    currency: str

    def is_on(self, key: str) -> bool:
        """Tell whether a switch is on."""
        return self.values.get(key) == "1"

    def number(self, key: str, least: int = 0, most: int = _MOST) -> int:
        """Return a whole number.

        Raises:
            UserError: "programme_number" (field, least, most).
        """
        text = self.values.get(key, "").strip()
        good = text.isdecimal() and text.isascii() and len(text) <= len(str(_MOST))
        if not good or not least <= int(text) <= most:
            raise UserError("programme_number", field=key, least=least, most=most)
        return int(text)

    def number_or_none(self, key: str) -> int | None:
        """Return a whole number; None where nothing is typed: no limit."""
        return self.number(key) if self.values.get(key, "").strip() else None

    def minor(self, key: str, least: int = 0) -> int:
        """Return an amount in minor units.

        Raises:
            UserError: "programme_amount" (field).
        """
        try:
            found = parse_minor(self.values.get(key, "").strip() or "0", self.currency)
        except UserError as error:
            raise _refused(key) from error
        if not least <= found <= _MOST:
            raise _refused(key)
        return found

    def share(self, key: str) -> Percentage:
        """Return a percentage up to a hundred."""
        try:
            found = Percentage.parse(self.values.get(key, "").strip() or "100")
        except UserError as error:
            raise UserError("programme_number", field=key, least=0, most=100) from error
        if not 0 <= found.millionths <= 1_000_000:
            raise UserError("programme_number", field=key, least=0, most=100)
        return found


def _refused(key: str) -> UserError:
    return UserError("programme_amount", field=key)


def text_of(number: int | None) -> str:
    """Write a number that may be missing."""
    return "" if number is None else str(number)


def percent_of(share: Percentage) -> str:
    """Write a percentage without its sign."""
    return str(share).removesuffix("%")


def values_of(  # noqa: PLR0911 - one flat case for each section
    section: str, rules: Programme, currency: str
) -> dict[str, str]:
    """Return what stands in the fields of a section."""
    if section == "earn":
        return _earn_values(rules, currency)
    if section == "burn":
        return _burn_values(rules, currency)
    if section == "life":
        life = rules.life
        return {
            "life_kind": life.kind.value,
            "life_months": str(life.months),
            "pending_days": str(life.pending_days),
            "grace_days": str(life.grace_days),
        }
    if section == "tier_rules":
        return {
            "metric": rules.metric.value,
            "window": rules.window.value,
            "downgrade": rules.downgrade.value,
            "tier_return_days": str(rules.return_days),
        }
    if section == "proof":
        policy = rules.recognition
        return {
            "copyable_burn": str(policy.copyable_burn_points),
            "medium_burn": str(policy.medium_burn_points),
            "fresh_minutes": str(policy.fresh_s // 60),
            "coupon_limit": str(rules.coupon_limit),
        }
    return _value_values(rules, currency)


def _earn_values(rules: Programme, currency: str) -> dict[str, str]:
    earn = rules.earn or _USUAL_EARN
    found = {
        "earn_on": "1" if rules.earn else "",
        "earn_points": str(earn.points),
        "earn_per": format_minor(earn.per_minor, currency),
        "earn_steps": "1" if earn.is_whole_steps else "",
        "earn_basis": earn.basis.value,
        "earn_from": format_minor(earn.from_minor, currency),
        "earn_per_sale": text_of(earn.per_sale),
        "earn_per_day": text_of(earn.per_day),
    }
    for key in OWN_TENDERS:
        found[f"earns_{key}"] = "" if key in earn.excluded_tenders else "1"
    return found


def _burn_values(rules: Programme, currency: str) -> dict[str, str]:
    burn = rules.burn or _USUAL_BURN
    return {
        "burn_on": "1" if rules.burn else "",
        "burn_points": str(burn.step_points),
        "burn_worth": format_minor(burn.step_minor, currency),
        "burn_as": burn.burn_as.value,
        "burn_least": str(burn.least_points),
        "burn_per_sale": text_of(burn.per_sale),
        "burn_per_day": text_of(burn.per_day),
        "burn_share": percent_of(burn.share),
    }


def _value_values(rules: Programme, currency: str) -> dict[str, str]:
    value = rules.value
    most = value.most_minor
    found = {
        "value_on": "1" if value.is_on else "",
        "gift_cards_on": "1" if value.has_gift_cards else "",
        "value_share": percent_of(value.tender.most_share),
        "value_least": format_minor(value.tender.least_minor, currency),
        "value_free": format_minor(value.tender.free_minor, currency),
        "value_most": "" if most is None else format_minor(most, currency),
        "bonus_days": str(value.bonus_days),
    }
    for at in range(3):
        offer = value.offers[at] if at < len(value.offers) else None
        found[f"offer_paid_{at}"] = (
            format_minor(offer.paid_minor, currency) if offer else ""
        )
        found[f"offer_bonus_{at}"] = (
            format_minor(offer.bonus_minor, currency) if offer else ""
        )
    return found


def applied(  # noqa: PLR0911 - one flat case for each section
    section: str, typed: Typed, rules: Programme
) -> Programme:
    """Return the rules with what was typed in a section.

    Raises:
        UserError: "programme_number" (field, least, most), "programme_amount" (field),
            or "member_limits_order".
    """
    if section == "earn":
        return replace(rules, earn=_earn(typed, rules))
    if section == "burn":
        return replace(rules, burn=_burn(typed))
    if section == "life":
        kind = ExpiryKind(typed.values["life_kind"])
        life = LifeRule(
            kind,
            typed.number("life_months", 0, 1200),
            typed.number("pending_days", 0, 3650),
            typed.number("grace_days", 0, 3650),
        )
        return replace(rules, life=life)
    if section == "tier_rules":
        return replace(
            rules,
            metric=TierMetric(typed.values["metric"]),
            window=TierWindow(typed.values["window"]),
            downgrade=Downgrade(typed.values["downgrade"]),
            return_days=typed.number("tier_return_days", 0, 3650),
        )
    if section == "proof":
        policy = RecognitionPolicy(
            typed.number("copyable_burn"),
            typed.number("medium_burn"),
            typed.number("fresh_minutes", 1, 1440) * 60,
        )
        limit = typed.number("coupon_limit", 1, 20)
        return replace(rules, recognition=policy, coupon_limit=limit)
    return replace(rules, value=_value(typed, rules))


def _earn(typed: Typed, rules: Programme) -> EarnRule | None:
    if not typed.is_on("earn_on"):
        return None
    before = rules.earn or _USUAL_EARN
    others = tuple(key for key in before.excluded_tenders if key not in OWN_TENDERS)
    own = tuple(key for key in OWN_TENDERS if not typed.is_on(f"earns_{key}"))
    return replace(
        before,
        points=typed.number("earn_points", 1),
        per_minor=typed.minor("earn_per", 1),
        is_whole_steps=typed.is_on("earn_steps"),
        basis=EarnBasis(typed.values["earn_basis"]),
        from_minor=typed.minor("earn_from"),
        per_sale=typed.number_or_none("earn_per_sale"),
        per_day=typed.number_or_none("earn_per_day"),
        excluded_tenders=(*own, *others),
    )


def _burn(typed: Typed) -> BurnRule | None:
    if not typed.is_on("burn_on"):
        return None
    return BurnRule(
        step_points=typed.number("burn_points", 1),
        step_minor=typed.minor("burn_worth", 1),
        burn_as=BurnAs(typed.values["burn_as"]),
        least_points=typed.number("burn_least"),
        per_sale=typed.number_or_none("burn_per_sale"),
        per_day=typed.number_or_none("burn_per_day"),
        share=typed.share("burn_share"),
    )


def _value(typed: Typed, rules: Programme) -> ValueRule:
    value = rules.value
    tender = TenderRule(
        value.tender.order,
        typed.share("value_share"),
        typed.minor("value_least"),
        typed.minor("value_free"),
    )
    offers = tuple(
        TopUpOffer(typed.minor(f"offer_paid_{at}", 1), typed.minor(f"offer_bonus_{at}"))
        for at in range(3)
        if typed.values.get(f"offer_paid_{at}", "").strip()
    )
    has_most = bool(typed.values.get("value_most", "").strip())
    return replace(
        value,
        is_on=typed.is_on("value_on"),
        has_gift_cards=typed.is_on("gift_cards_on"),
        tender=tender,
        offers=offers,
        most_minor=typed.minor("value_most", 1) if has_most else None,
        bonus_days=typed.number("bonus_days", 0, 3650),
    )
