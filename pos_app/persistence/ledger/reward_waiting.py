"""Gifts that wait for a member's next sale."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, bindparam, select

from pos_app.persistence.ledger.campaign_tables import (
    reward_earned,
    reward_given,
    reward_taken_back,
)
from pos_app.persistence.ledger.tables import sale


def waiting_multipliers(
    connection: Connection, member_ids: Sequence[str], sale_id: str
) -> list[tuple[str, int]]:
    """Return keys and percentages of gifts that wait for a sale, or went to this one."""
    asked = {"ids": list(member_ids), "this_sale": sale_id}
    rows = connection.execute(_waiting_multipliers(), asked)
    return [(row.key, row.earn_percent) for row in rows]


@cache
def _waiting_multipliers() -> Select[Any]:
    """Make the question once: every ticket of a member asks it twice."""
    given, earned, back = reward_given, reward_earned, reward_taken_back
    undone = select(sale.c.sale_id).where(
        sale.c.reverses != "", sale.c.reverses == earned.c.sale_id
    )
    ids: BindParameter[str] = bindparam("ids", expanding=True)
    this_sale: BindParameter[str] = bindparam("this_sale")
    elsewhere = select(earned.c.key).where(
        earned.c.key == given.c.key, earned.c.sale_id != this_sale, ~undone.exists()
    )
    taken = select(back.c.key).where(back.c.key == given.c.key)
    return (
        select(given.c.key, given.c.earn_percent)
        .where(given.c.member_id.in_(ids), given.c.earn_percent != 100)
        .where(~elsewhere.exists(), ~taken.exists())
        .order_by(given.c.at_ms)
    )
