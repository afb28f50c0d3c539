"""A coupon as it is typed in the back office, and what was typed as a draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from pos_app.domain.coupon.refusal import CouponRefusal
from pos_app.domain.coupon.template import ReturnPolicy, Validity, ValidityKind
from pos_app.domain.promotion.promotion import Audience, AudienceKind
from pos_app.domain.promotion.selector import ALL_GOODS, GoodsSet, Selector
from pos_app.errors import UserError
from pos_app.services.coupon_drafts import CouponDraft, CouponKind
from pos_app.values.money import format_minor, parse_minor
from pos_app.values.percentage import Percentage
from pos_app.values.times import Period, Timestamp
from ui.presenters.promotion_off import rate_text, read_rate

ALL, CATEGORY, ITEM = "all", "category:", "item:"
_WHOLE = Percentage(1_000_000)
_OF_PIECES = frozenset(
    {CouponKind.FREE_ITEM, CouponKind.ONE_MORE, CouponKind.SET_PRICE}
)


@dataclass(frozen=True, slots=True)
class CouponForm:
    """A coupon as it is typed; amounts and numbers as texts.

    Attributes:
        template_id, promotion_id: of the template; "" for new.
        promotion: the promotion that is chosen, where it has one of its own.
        is_simple: whether it can be changed here.
        is_ended: whether it is given out no more.
        goods: `ALL`, or a category or an item behind its prefix.
        pieces: so many are bought for one more, make a set, or are for nothing.
        validity: a `ValidityKind`. length: days or hours. until: the last day.
        policy: a `ReturnPolicy`. audience: an `AudienceKind`.
    """

    template_id: str = ""
    promotion_id: str = ""
    is_simple: bool = True
    is_ended: bool = False
    name: str = ""
    kind: str = CouponKind.AMOUNT.value
    amount: str = ""
    percent: str = ""
    threshold: str = ""
    most: str = ""
    pieces: str = ""
    promotion: str = ""
    cost: str = ""
    goods: str = ALL
    validity: str = ValidityKind.DAYS.value
    length: str = "30"
    until: str = ""
    is_bearer: bool = True
    audience: str = AudienceKind.EVERYONE.value
    policy: str = ReturnPolicy.RESTORE_IF_ALL.value
    points: str = ""
    per_member: str = ""
    in_all: str = ""


@dataclass(frozen=True, slots=True)
class FormPlace:
    """What typed amounts and days are read with.

    Attributes:
        currency: ISO 4217. language: tag of the screen. zone: of the shop.
    """

    currency: str
    language: str
    zone: tzinfo


def form_of(draft: CouponDraft, place: FormPlace) -> CouponForm:
    """Return a stored coupon as it would be typed."""
    end = draft.validity.period.end
    until = ""
    if end is not None:
        until = (end.at(place.zone) - timedelta(seconds=1)).date().isoformat()
    has_rate = Percentage(0) < draft.percentage < _WHOLE
    return CouponForm(
        draft.template_id,
        draft.promotion_id,
        name=draft.name,
        kind=draft.kind.value,
        amount=_minor(draft.amount_minor, place),
        percent=rate_text(draft.percentage, place.language) if has_rate else "",
        threshold=_minor(draft.threshold_minor, place),
        most=_minor(draft.most_minor or 0, place),
        promotion=draft.promotion_id if draft.kind is CouponKind.PROMOTION else "",
        pieces=str(draft.pieces) if draft.kind in _OF_PIECES else "",
        cost=_minor(draft.cost_minor, place),
        goods=_goods_key(draft.goods),
        validity=draft.validity.kind.value,
        length=str(draft.validity.length or ""),
        until=until,
        is_bearer=draft.is_bearer,
        audience=draft.audience.kind.value,
        policy=draft.return_policy.value,
        points=str(draft.points_cost or ""),
        per_member=str(draft.most_per_member or ""),
        in_all=str(draft.most_in_all or ""),
    )


def draft_of(form: CouponForm, place: FormPlace) -> CouponDraft:
    """Return what was typed.

    Raises:
        UserError: what an amount, a rate or a number refuses, with `field`.
    """
    kind = CouponKind(form.kind)
    of_its_own = kind is CouponKind.PROMOTION
    return CouponDraft(
        name=form.name.strip(),
        kind=kind,
        template_id=form.template_id,
        promotion_id=form.promotion if of_its_own else form.promotion_id,
        amount_minor=_amount_minor(kind, form, place),
        percentage=_percentage(kind, form, place),
        pieces=_pieces(kind, form),
        threshold_minor=_read_minor(form.threshold, place, "threshold"),
        most_minor=_read_minor(form.most, place, "most") or None,
        goods=_selector(form.goods),
        validity=_validity(form, place),
        audience=Audience(AudienceKind(form.audience)),
        is_bearer=form.is_bearer,
        return_policy=ReturnPolicy(form.policy),
        most_per_member=_count(form.per_member, "per_member") or None,
        most_in_all=_count(form.in_all, "in_all") or None,
        cost_minor=_read_minor(form.cost, place, "cost"),
        points_cost=_count(form.points, "points"),
    )


def _amount_minor(kind: CouponKind, form: CouponForm, place: FormPlace) -> int:
    if kind not in {CouponKind.AMOUNT, CouponKind.SET_PRICE}:
        return 0
    minor = _read_minor(form.amount, place, "amount")
    if not minor and kind is CouponKind.SET_PRICE:  # for nothing is another kind
        raise UserError(CouponRefusal.UNSOUND.value, field="amount")
    return minor


def _pieces(kind: CouponKind, form: CouponForm) -> int:
    """Return how many pieces are meant; of a set they have to be said."""
    if kind is CouponKind.SET_PRICE or form.pieces.strip():
        return _count(form.pieces, "pieces") if kind in _OF_PIECES else 1
    return 1


def _percentage(kind: CouponKind, form: CouponForm, place: FormPlace) -> Percentage:
    """Return what is off; of one more for nothing all of it, which is not typed."""
    if kind is CouponKind.ONE_MORE and not form.percent.strip():
        return _WHOLE
    if kind in {CouponKind.PERCENT, CouponKind.ONE_MORE}:
        return _rate(form.percent, place)
    return Percentage(0)


def _validity(form: CouponForm, place: FormPlace) -> Validity:
    kind = ValidityKind(form.validity)
    if kind is not ValidityKind.FIXED:
        return Validity(kind, length=_count(form.length, "length"))
    try:
        day = date.fromisoformat(form.until.strip().replace("/", "-"))
    except ValueError:
        raise UserError(CouponRefusal.UNSOUND.value, field="until") from None
    ends = datetime.combine(day + timedelta(days=1), time(), place.zone)
    return Validity(kind, Period(None, Timestamp.of(ends)))


def _goods_key(goods: Selector) -> str:
    if goods.include.category_ids:
        return CATEGORY + goods.include.category_ids[0]
    if goods.include.item_ids:
        return ITEM + goods.include.item_ids[0]
    return ALL


def _selector(key: str) -> Selector:
    if key.startswith(CATEGORY):
        return Selector(GoodsSet(category_ids=(key.removeprefix(CATEGORY),)))
    if key.startswith(ITEM):
        return Selector(GoodsSet(item_ids=(key.removeprefix(ITEM),)))
    return Selector(ALL_GOODS)


def _minor(minor: int, place: FormPlace) -> str:
    return format_minor(minor, place.currency) if minor else ""


def _read_minor(text: str, place: FormPlace, field: str) -> int:
    if not text.strip():
        return 0
    try:
        minor = parse_minor(text, place.currency)
    except UserError:
        raise UserError(CouponRefusal.UNSOUND.value, field=field) from None
    if minor < 0:
        raise UserError(CouponRefusal.UNSOUND.value, field=field)
    return minor


def _rate(text: str, place: FormPlace) -> Percentage:
    try:
        return read_rate(text.strip().removesuffix("%").strip(), place.language)
    except (UserError, ValueError):
        raise UserError(CouponRefusal.UNSOUND.value, field="percent") from None


def _count(text: str, field: str) -> int:
    written = text.strip()
    if not written:
        return 0
    if not (written.isascii() and written.isdecimal() and len(written) <= 9):
        raise UserError(CouponRefusal.UNSOUND.value, field=field)
    return int(written)


def read_count(text: str, field: str) -> int:
    """Return a number as it was typed; nothing typed is zero.

    Raises:
        UserError: "coupon_template_unsound" with `field`.
    """
    return _count(text, field)
