"""Reward rules and gifts as rows, for reading and writing alike."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Select, func, select

from pos_app.domain.campaign.rule_text import reward_from_text
from pos_app.domain.coupon.happening import Happening, RewardTrigger
from pos_app.domain.coupon.referral import (
    FirstOrder,
    FirstOrderReturned,
    ReferralFact,
    Referred,
    Rewarded,
)
from pos_app.domain.coupon.reward import Given, RewardRule, SoFar
from pos_app.domain.promotion.promotion import LimitPeriod
from pos_app.persistence.ledger.campaign_tables import (
    campaign_opt_out,
    referral_fact,
    reward_balance,
    reward_earned,
    reward_given,
    reward_rule,
    reward_switch,
    reward_taken_back,
)
from pos_app.persistence.ledger.day_tables import sale_return
from pos_app.persistence.ledger.tables import sale
from pos_app.ports.campaigns import OptOut, RewardSwitch, RewardVersion, StoredGift
from pos_app.values.times import BusinessDay, Timestamp

REFERRED = "referred"
FIRST_ORDER = "first_order"
RETURNED = "returned"
REWARDED = "rewarded"


def versions(connection: Connection) -> list[RewardVersion]:
    """Return every version of every rule, by rule and version."""
    table = reward_rule
    rows = connection.execute(
        select(table).order_by(table.c.rule_id, table.c.version)
    ).all()
    return [
        RewardVersion(
            rule_id=row.rule_id,
            version=row.version,
            name=row.name,
            trigger=row.trigger,
            text=row.text,
            rule=reward_from_text(row.text),
            made_at=Timestamp(row.made_at_ms),
            made_by=row.made_by,
        )
        for row in rows
    ]


def switches(connection: Connection) -> list[RewardSwitch]:
    """Return every start and stop, the oldest first."""
    table = reward_switch
    rows = connection.execute(select(table).order_by(table.c.at_ms, table.c.switch_id))
    return [
        RewardSwitch(
            switch_id=row.switch_id,
            rule_id=row.rule_id,
            version=row.version,
            is_on=bool(row.is_on),
            at=Timestamp(row.at_ms),
            by=row.by,
            approved_by=row.approved_by,
        )
        for row in rows
    ]


def in_force(connection: Connection, trigger: RewardTrigger | None) -> list[RewardRule]:
    """Return the started rules that this program knows, in the order of their ids."""
    newest = {each.rule_id: each for each in switches(connection)}
    on = {each.rule_id: each.version for each in newest.values() if each.is_on}
    if not on:
        return []
    return [
        each.rule
        for each in versions(connection)
        if on.get(each.rule_id) == each.version
        and each.rule is not None
        and (trigger is None or each.rule.trigger is trigger)
    ]


def gift_query() -> Select[Any]:
    """Return the query of gifts with what became of them."""
    given, back, earned = reward_given, reward_taken_back, reward_earned
    newest = (
        select(func.max(earned.c.sale_id))  # UUIDv7: the newest is the greatest
        .where(earned.c.key == given.c.key)
        .scalar_subquery()
    )
    return select(given, back.c.document_id, newest.label("earned_on")).join(
        back, back.c.key == given.c.key, isouter=True
    )


def gift_of(row: Any) -> StoredGift:
    """Return a row of `gift_query`."""
    return StoredGift(
        given=Given(
            key=row.key,
            rule_id=row.rule_id,
            version=row.version,
            member_id=row.member_id,
            at=Timestamp(row.at_ms),
            template_ids=tuple(json.loads(row.template_ids)),
            earn_percent=row.earn_percent,
            cost_minor=row.cost_minor,
        ),
        coupon_ids=tuple(json.loads(row.coupon_ids)),
        business_day=BusinessDay.fromisoformat(row.business_day),
        is_taken_back=row.document_id is not None,
        earned_on=row.earned_on or "",
    )


def row_of(gift: StoredGift) -> dict[str, Any]:
    """Return a gift as it is stored."""
    given = gift.given
    return {
        "key": given.key,
        "rule_id": given.rule_id,
        "version": given.version,
        "member_id": given.member_id,
        "at_ms": given.at.unix_ms,
        "business_day": gift.business_day.isoformat(),
        "cost_minor": given.cost_minor,
        "earn_percent": given.earn_percent,
        "template_ids": json.dumps(given.template_ids),
        "coupon_ids": json.dumps(gift.coupon_ids),
    }


def so_far(
    connection: Connection,
    rule: RewardRule,
    happening: Happening,
    mine: tuple[Sequence[str], BusinessDay],
) -> SoFar:
    """Return what was given before; `mine` is the person's ids and the business day."""
    given, balance = reward_given, reward_balance
    member_ids, day = mine
    count = (
        select(func.count())
        .select_from(given)
        .where(given.c.rule_id == rule.rule_id, given.c.member_id.in_(member_ids))
    )
    since = _since(rule.cap.member_period, day)
    if since is not None:
        count = count.where(given.c.business_day >= since.isoformat())
    has_key = select(given.c.key).where(given.c.key == happening.key)
    sums = connection.execute(
        select(balance.c.given, balance.c.cost_minor).where(
            balance.c.rule_id == rule.rule_id
        )
    ).first()
    return SoFar(
        has_key=connection.execute(has_key).first() is not None,
        by_member=connection.execute(count).scalar_one(),
        in_all=sums.given if sums else 0,
        cost_minor=sums.cost_minor if sums else 0,
    )


def _since(period: LimitPeriod, day: BusinessDay) -> BusinessDay | None:
    match period:
        case LimitPeriod.DAY:
            return day
        case LimitPeriod.WEEK:
            return day - timedelta(days=day.weekday())
        case LimitPeriod.MONTH:
            return day.replace(day=1)
    return None


def fact_row(friend_id: str, fact: ReferralFact) -> dict[str, Any]:
    """Return a fact of a referral as it is stored."""
    row: dict[str, Any] = {
        "friend_id": friend_id,
        "kind": REWARDED,
        "sale_id": "",
        "referrer_id": "",
        "at_ms": fact.at.unix_ms,
        "spend_minor": 0,
        "returnable_until_ms": 0,
    }
    match fact:
        case Referred():
            row |= {"kind": REFERRED, "referrer_id": fact.referrer_id}
        case FirstOrder():
            row |= {
                "kind": FIRST_ORDER,
                "sale_id": fact.sale_id,
                "spend_minor": fact.spend_minor,
                "returnable_until_ms": fact.returnable_until.unix_ms,
            }
        case FirstOrderReturned():
            row |= {"kind": RETURNED, "sale_id": fact.sale_id}
        case Rewarded():
            pass
    return row


def facts_of(connection: Connection, friend_id: str) -> list[ReferralFact]:
    """Return the facts of one friend, in the order of their times."""
    table = referral_fact
    query = select(table).where(table.c.friend_id == friend_id).order_by(table.c.at_ms)
    return [_fact(row) for row in connection.execute(query)]


def _fact(row: Any) -> ReferralFact:
    at = Timestamp(row.at_ms)
    if row.kind == REFERRED:
        return Referred(at, row.referrer_id, row.friend_id)
    if row.kind == FIRST_ORDER:
        until = Timestamp(row.returnable_until_ms)
        return FirstOrder(at, row.sale_id, row.spend_minor, until)
    return FirstOrderReturned(at, row.sale_id) if row.kind == RETURNED else Rewarded(at)


def referrer_of(connection: Connection, friend_id: str) -> str:
    """Return the member who brought somebody; "" for nobody."""
    table = referral_fact
    query = select(table.c.referrer_id).where(
        table.c.friend_id == friend_id, table.c.kind == REFERRED
    )
    return connection.execute(query).scalar() or ""


def has_bought(
    connection: Connection, member_ids: Sequence[str], but_sale_id: str
) -> bool:
    """Tell whether a person has any ticket with goods sold, one sale apart."""
    query = select(sale.c.sale_id).where(
        sale.c.member_id != "",
        sale.c.member_id.in_(member_ids),
        sale.c.item_count > 0,
        sale.c.sale_id != but_sale_id,
    )
    return connection.execute(query.limit(1)).first() is not None


def left_of_sale(connection: Connection, sale_id: str) -> int:
    """Return what is left of a ticket's total after what came back; minor units."""
    back = sale_return
    paid = select(sale.c.total_minor).where(sale.c.sale_id == sale_id)
    returned = select(
        func.coalesce(
            func.sum(back.c.net_minor + back.c.tax_minor + back.c.rounding_minor), 0
        )
    ).where(back.c.origin_sale_id == sale_id, back.c.origin_sale_id != "")
    total: int = connection.execute(paid).scalar() or 0
    return total - int(connection.execute(returned).scalar_one())


def objects(connection: Connection, member_ids: Sequence[str], what: OptOut) -> bool:
    """Tell whether any of a person's ids has objected last, and not taken it back."""
    table = campaign_opt_out
    query = (
        select(table.c.member_id, table.c.is_out)
        .where(table.c.member_id.in_(member_ids), table.c.what == what.value)
        .order_by(table.c.position)
    )
    newest = {row.member_id: row.is_out for row in connection.execute(query)}
    return any(newest.values())
