"""Takes what was typed into a card over into the promotion."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, tzinfo
from decimal import Decimal

from pos_app.domain.promotion.deal import Off, Qualifies, TierCount
from pos_app.domain.promotion.promotion import (
    LimitPeriod,
    Limits,
    Promotion,
    ReturnBasis,
    Trigger,
    TriggerKind,
)
from pos_app.errors import UserError
from pos_app.i18n import LANGUAGES, current_language
from pos_app.values.money import parse_minor
from pos_app.values.percentage import Percentage
from pos_app.values.quantity import canonical, parse_quantity
from ui.presenters.promotion_blanks import (
    BlankKind,
    can_be_flat,
    flattened,
    is_any_amount,
    kind_of_blank,
    value_of,
    with_value,
)
from ui.presenters.promotion_card_words import ROLE, VALUE
from ui.presenters.promotion_cards import together_key
from ui.presenters.promotion_off import mode_of, off_text, plain_amount, read_off
from ui.presenters.promotion_when import read_when, when_texts
from ui.presenters.promotion_whom import (
    audience_texts,
    read_audience,
    read_where,
    where_texts,
)

_COUNT_LIMIT = 999
#: What a switch that is on says, and its text.
_ON = frozenset({"1", "True"})


@dataclass(frozen=True, slots=True)
class Reading:
    """How the shop writes: currency, language, zone, today's date; its own id."""

    currency: str
    zone: tzinfo
    today: date
    store: str = ""

    @property
    def language(self) -> str:
        """The language in use: of percentages."""
        return current_language()


# ------------------------------------------------------------------- opening a card


def texts_of(key: str, draft: Promotion, how: Reading) -> dict[str, str]:
    """Return what stands in the fields of a card that opens."""
    kind = kind_of_blank(key)
    if kind is BlankKind.OFF:
        off: Off = value_of(draft.deal, key)
        knows_free = hasattr(draft.deal, "every")
        mode = mode_of(off, knows_free=knows_free)
        return {"mode": mode, VALUE: off_text(off, how.currency, how.language)}
    if kind is BlankKind.MONEY:
        minor = None if is_any_amount(draft, key) else value_of(draft.deal, key)
        return {VALUE: "" if minor is None else plain_amount(minor, how.currency)}
    if kind is BlankKind.COUNT:
        return {VALUE: str(canonical(Decimal(value_of(draft.deal, key))))}
    made = _TEXTS.get(key)
    return made(draft, how) if made else {}


def _limit_texts(draft: Promotion, _how: Reading) -> dict[str, str]:
    limits = draft.limits
    found = {
        "basket": limits.per_basket,
        "member": limits.per_member,
        "period": limits.in_period,
        "all": limits.in_all,
    }
    return {key: "" if count is None else str(count) for key, count in found.items()}


def _name_texts(draft: Promotion, _how: Reading) -> dict[str, str]:
    return {"name": draft.name, **dict(draft.names)}


def _when_texts(draft: Promotion, how: Reading) -> dict[str, str]:
    return when_texts(draft.schedule, how.zone, how.today)


def _priority_texts(draft: Promotion, _how: Reading) -> dict[str, str]:
    return {VALUE: str(draft.priority)}


def _funding_texts(draft: Promotion, _how: Reading) -> dict[str, str]:
    return {VALUE: str(draft.supplier_share).removesuffix("%")}


def _trigger_texts(draft: Promotion, _how: Reading) -> dict[str, str]:
    marked = {f"{ROLE}{role}": "1" for role in draft.trigger.roles}
    return {VALUE: draft.trigger.kind.value, **marked}


def _together_texts(draft: Promotion, _how: Reading) -> dict[str, str]:
    return {VALUE: together_key(draft), "stack": draft.stack_group}


_TEXTS: dict[str, Callable[[Promotion, Reading], dict[str, str]]] = {
    "limits": _limit_texts,
    "name": _name_texts,
    "audience": lambda draft, _how: audience_texts(draft.audience),
    "where": lambda draft, how: where_texts(draft, how.store),
    "when": _when_texts,
    "priority": _priority_texts,
    "funding": _funding_texts,
    "together": _together_texts,
    "trigger": _trigger_texts,
}


# ------------------------------------------------------------------- taking it over


def edited(
    key: str, draft: Promotion, texts: Mapping[str, str], how: Reading
) -> Promotion:
    """Return the promotion as the fields of a card say it.

    Args:
        key: of the blank.
        draft: before.
        texts: all fields.
        how: the shop's way of writing.

    Raises:
        UserError: what cannot be read; see `read_off`, `parse_minor`,
            `parse_quantity`, "promotion_count", "promotion_limit".
    """
    kind = kind_of_blank(key)
    if kind is BlankKind.OFF:
        mode, text = texts.get("mode", "percentage"), texts.get(VALUE, "")
        return with_value(draft, key, read_off(mode, text, how.currency, how.language))
    if kind is BlankKind.MONEY:
        return _money(key, draft, texts.get(VALUE, ""), how.currency)
    if kind is BlankKind.COUNT:
        return with_value(draft, key, _count(key, draft, texts.get(VALUE, "")))
    return _TAKE[key](draft, texts, how)


def _money(key: str, draft: Promotion, text: str, currency: str) -> Promotion:
    """Return it with an amount; none at all is no limit, or no amount to reach."""
    if not text.strip() and key == "most":
        return with_value(draft, key, None)
    if not text.strip() and can_be_flat(draft, key):
        return flattened(draft, key)
    return with_value(draft, key, parse_minor(text, currency))


def _count(key: str, draft: Promotion, text: str) -> int | Decimal:
    count = parse_quantity(text)
    if isinstance(value_of(draft.deal, key), Decimal):
        return count
    if count != count.to_integral_value() or not 0 < count <= _COUNT_LIMIT:
        raise UserError("promotion_count", blank=key)
    return int(count)


def _limit(text: str) -> int | None:
    plain = text.strip()
    if not plain:
        return None
    if not plain.isdecimal() or not 0 < int(plain) < 10**9:
        raise UserError("promotion_limit", blank="limits")
    return int(plain)


def _take_limits(
    draft: Promotion, texts: Mapping[str, str], _how: Reading
) -> Promotion:
    before = draft.limits
    limits = Limits(
        per_basket=_limit(texts.get("basket", "")),
        per_member=_limit(texts.get("member", "")),
        member_period=LimitPeriod(texts.get("member_period", before.member_period)),
        in_period=_limit(texts.get("period", "")),
        period=LimitPeriod(texts.get("shop_period", before.period)),
        in_all=_limit(texts.get("all", "")),
    )
    return replace(draft, limits=limits)


def _take_name(draft: Promotion, texts: Mapping[str, str], _how: Reading) -> Promotion:
    given = ((tag, texts.get(tag, "").strip()) for tag in LANGUAGES)
    names = tuple((tag, name) for tag, name in given if name)
    return replace(draft, name=texts.get("name", "").strip(), names=names)


def _take_audience(
    draft: Promotion, texts: Mapping[str, str], _how: Reading
) -> Promotion:
    return replace(draft, audience=read_audience(texts, draft.audience))


def _take_when(draft: Promotion, texts: Mapping[str, str], how: Reading) -> Promotion:
    return replace(draft, schedule=read_when(texts, draft.schedule, how.zone))


def _take_trigger(
    draft: Promotion, texts: Mapping[str, str], _how: Reading
) -> Promotion:
    kind = TriggerKind(texts[VALUE])
    marked = (key for key in texts if key.startswith(ROLE) and texts[key] in _ON)
    roles = tuple(sorted(key.removeprefix(ROLE) for key in marked))
    trigger = Trigger(kind, roles if kind is TriggerKind.MANUAL else ())
    return replace(draft, trigger=trigger)


def _take_returns(
    draft: Promotion, texts: Mapping[str, str], _how: Reading
) -> Promotion:
    return replace(draft, return_basis=ReturnBasis(texts[VALUE]))


def _take_together(
    draft: Promotion, texts: Mapping[str, str], _how: Reading
) -> Promotion:
    return replace(
        draft,
        exclusive=texts[VALUE] == "alone",
        accepts_discounted=texts[VALUE] != "list_only",
        stack_group=texts.get("stack", "").strip(),
    )


def _take_priority(
    draft: Promotion, texts: Mapping[str, str], _how: Reading
) -> Promotion:
    text = texts.get(VALUE, "").strip() or "0"
    if not text.isdecimal() or int(text) > _COUNT_LIMIT:
        raise UserError("quantity_unreadable", text=text[:20])
    return replace(draft, priority=int(text))


def _take_funding(
    draft: Promotion, texts: Mapping[str, str], _how: Reading
) -> Promotion:
    share = Percentage.parse(texts.get(VALUE, "") or "0")
    if not 0 <= share.millionths <= 1_000_000:
        raise UserError("promotion_supplier_share", blank="funding")
    return replace(draft, supplier_share=share)


def _take_qualifies(
    draft: Promotion, texts: Mapping[str, str], _how: Reading
) -> Promotion:
    return with_value(draft, "qualifies", Qualifies(texts[VALUE]))


def _take_counts(
    draft: Promotion, texts: Mapping[str, str], _how: Reading
) -> Promotion:
    return with_value(draft, "counts", TierCount(texts[VALUE]))


_TAKE: dict[str, Callable[[Promotion, Mapping[str, str], Reading], Promotion]] = {
    "limits": _take_limits,
    "name": _take_name,
    "audience": _take_audience,
    "where": lambda draft, texts, _how: read_where(draft, texts),
    "when": _take_when,
    "trigger": _take_trigger,
    "returns": _take_returns,
    "together": _take_together,
    "priority": _take_priority,
    "funding": _take_funding,
    "qualifies": _take_qualifies,
    "counts": _take_counts,
}
