"""What one member has in hand: points changed by hand, coupons given and taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from pos_app.documents.last_moment import until_text
from pos_app.domain.coupon.life import Coupon, CouponState
from pos_app.i18n import N_, _
from pos_app.services.counter import Counter
from pos_app.services.desk import Desk
from pos_app.values.times import Timestamp
from ui.presenters.office_form_state import FieldKind, FieldView, OfficeKey, Option

#: More than these are history: the report has them.
MOST_COUPONS = 20
_STATES: Mapping[CouponState, str] = {
    CouponState.ISSUED: N_("can be used"),
    CouponState.CLAIMED: N_("can be used"),
    CouponState.RESTORED: N_("can be used again"),
    CouponState.RESERVED: N_("in a basket"),
    CouponState.REDEEMED: N_("used"),
    CouponState.EXPIRED: N_("expired"),
    CouponState.REVOKED: N_("revoked"),
}
_ENDED = (CouponState.REDEEMED, CouponState.EXPIRED, CouponState.REVOKED)


@dataclass(frozen=True, slots=True)
class MemberCoupon:
    """A coupon of a member, in words.

    Attributes:
        coupon_id: which. name: what it promises. detail: state, until when, from
            where. can_revoke: whether it is still good and in no basket.
    """

    coupon_id: str
    name: str
    detail: str
    can_revoke: bool


@dataclass(frozen=True, slots=True)
class PurseTerms:
    """What may be chosen: why points change, which coupons are given out."""

    reasons: tuple[Option, ...] = ()
    templates: tuple[Option, ...] = ()


def purse_terms(counter: Counter, language: str) -> PurseTerms:
    """Return the choices of a shop; without points no reasons, asked on one's thread."""
    points = counter.points
    reasons = points.reasons(language) if points.is_on else ()
    templates = counter.desk.ledger.coupons.templates()
    return PurseTerms(
        tuple(Option(key, words) for key, words in reasons),
        tuple(
            Option(x.template_id, x.name_in(language))
            for x in templates
            if not x.is_ended
        ),
    )


def coupons_of(
    desk: Desk, ids: Sequence[str], now: Timestamp, zone: tzinfo, language: str
) -> tuple[MemberCoupon, ...]:
    """Read a person's coupons; on any thread, those still good first."""
    reader = desk.ledger.coupons
    gifts = {
        coupon_id
        for gift in desk.ledger.campaigns.gifts_of(ids)
        for coupon_id in gift.coupon_ids
    }
    found = sorted(
        reader.of_member(ids, all_too=True),
        key=lambda x: (_state(x, now) in _ENDED, -x.issued.stamp.at.unix_ms),
    )
    told = []
    for coupon in found[:MOST_COUPONS]:
        template = reader.template(coupon.issued.template_id)
        state = _state(coupon, now)
        words = (_(_STATES[state]), _until(coupon, zone), _origin(coupon, gifts, zone))
        told.append(
            MemberCoupon(
                coupon.coupon_id,
                template.name_in(language) if template else _("Coupon"),
                " · ".join(x for x in words if x),
                state not in _ENDED and state is not CouponState.RESERVED,
            )
        )
    return tuple(told)


def _state(coupon: Coupon, now: Timestamp) -> CouponState:
    """Return the state; what nobody has called expired yet may be so already."""
    end = coupon.window.end
    is_open = coupon.state not in (*_ENDED, CouponState.RESERVED)
    return CouponState.EXPIRED if is_open and end and end <= now else coupon.state


def _until(coupon: Coupon, zone: tzinfo) -> str:
    end = coupon.window.end
    if end is None or coupon.state in _ENDED:
        return ""
    return _("until {moment}", moment=until_text(end, zone))


def _origin(coupon: Coupon, gifts: set[str], zone: tzinfo) -> str:
    day = f"{coupon.issued.stamp.at.at(zone):%Y-%m-%d}"
    if coupon.issued.parent_id:
        return _("from a return, {day}", day=day)
    if coupon.issued.batch_id:
        return _("of a batch, {day}", day=day)
    if coupon.coupon_id in gifts:
        return _("of a campaign, {day}", day=day)
    return _("given {day}", day=day)


def points_fields(terms: PurseTerms, typed: str, why: str) -> list[FieldView]:
    """Return what changes points by hand; nothing where there are no points."""
    if not terms.reasons:
        return []
    return [
        FieldView(FieldKind.HEAD, "adjust", _("Change by hand, two people together")),
        FieldView(FieldKind.TEXT, "points", _("How many points"), typed, limit=9),
        FieldView(
            FieldKind.PICK, "why", _("Reason of the change"), why, options=terms.reasons
        ),
        FieldView(
            FieldKind.KEYS,
            "adjust",
            keys=(
                OfficeKey("points:add", _("Add points"), "plus"),
                OfficeKey("points:take", _("Take points off"), "minus", is_danger=True),
            ),
        ),
    ]


def coupon_fields(
    coupons: Sequence[MemberCoupon], terms: PurseTerms, template: str
) -> list[FieldView]:
    """Return the coupons, each with its key, and what gives another one."""
    fields: list[FieldView] = []
    if not coupons:
        fields.append(FieldView(FieldKind.NOTE, "coupons", detail=_("No coupons")))
    for one in coupons:
        row = (Option(one.name, one.detail),)
        fields.append(FieldView(FieldKind.FACTS, one.coupon_id, options=row))
        if one.can_revoke:
            key = OfficeKey(
                f"revoke:{one.coupon_id}", _("Revoke"), "prohibit", is_danger=True
            )
            fields.append(FieldView(FieldKind.KEYS, one.coupon_id, keys=(key,)))
    if terms.templates:
        fields += [
            FieldView(FieldKind.HEAD, "coupon_give", _("Give a coupon")),
            FieldView(
                FieldKind.PICK,
                "template",
                _("Which coupon"),
                template,
                options=terms.templates,
            ),
            FieldView(
                FieldKind.KEYS,
                "coupon_give",
                keys=(OfficeKey("coupon_give", _("Give this coupon"), "ticket"),),
            ),
        ]
    return fields


def points_typed(text: str) -> int:
    """Return the points that were typed; 0 for what is no number above zero."""
    plain = text.strip().replace(",", "")
    return int(plain) if plain.isascii() and plain.isdigit() else 0
