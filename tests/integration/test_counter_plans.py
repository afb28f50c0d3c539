"""No statement of the counter reads a table that grows with the shop from end to end."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import Engine, event

from pos_app.domain.loyalty.burning import BurnAs
from pos_app.services.replay import ReplayClock
from tests.counter_shop import NOON, opened
from tests.member_customers import Customers
from tests.member_shop import member_shop

#: A till that sells, takes back, gives, and looks at members; who does it, how much.
STEPS = (
    *(("scan", 0, 302), ("attach", 0, 300), ("points", 0, 300), ("coupon", 0, 300)),
    *(("take_coupon_back", 0, 1), ("take_points_back", 0, 1), ("wallet", 0, 30)),
    *(("cash", 0, 100), ("pay", 0, 1), ("buy", 0, 280), ("buy", 1, 301)),
    *(("back", 0, 1), ("buy", 1, 302), ("mirror", 0, 303), ("buy", 0, 304)),
    *(("exchange", 0, 1), ("scan", 2, 2), ("pay", 0, 1), ("scan", 1, 1)),
    *(("join", 1, 1), ("park", 0, 1), ("resume", 0, 1), ("void", 0, 1)),
    *(("top_up", 0, 300), ("sell_card", 0, 1), ("scan", 0, 2), ("gift_card", 0, 301)),
    *(("pay", 0, 1), ("refund_value", 2, 300), ("adjust", 1, 101)),
    *(("give_coupon", 1, 300), ("scan", 0, 1), ("attach", 1, 301)),
    *(("coupon_for_points", 1, 1), ("here", 1, 1), ("tried_on", 1, 1)),
    *(("detach", 1, 1), ("pay", 0, 1), ("correct", 1, 6), ("unite", 0, 1)),
    ("part", 0, 1),
)
#: Rules of the shop and what is open at this moment: few rows, whatever was sold.
#: The journal's end is read through its key; `o` and `origin` are a ticket's own.
SMALL = {
    *("CONSTANT", "journal", "o", "origin", "open_sale", "parked_sale"),
    *("programme_version", "reward_rule", "reward_switch", "segment_rule"),
    *("member_merge", "coupon_template", "anon_1"),
}
_ROWS = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)")


def noted(engine: Engine) -> dict[str, object]:
    """Return a dict that fills with all that goes through an engine."""
    found: dict[str, object] = {}

    def note(_c, _cursor, statement, parameters, _context, many) -> None:
        if _ROWS.match(statement):
            found.setdefault(statement, parameters[0] if many else parameters)

    event.listen(engine, "before_cursor_execute", note)
    return found


def scans(engine: Engine, found: dict[str, object]) -> list[str]:
    """Return what statements read from end to end, small things apart."""
    with engine.connect() as connection:
        return [
            f"{row[3]}: {statement}"
            for statement, parameters in tuple(found.items())
            for row in connection.exec_driver_sql(
                f"EXPLAIN QUERY PLAN {statement}", parameters
            )
            if (what := re.match(r"SCAN (\w+)", row[3])) and what[1] not in SMALL
        ]


def test_no_statement_of_the_counter_reads_a_growing_table_whole(
    tmp_path: Path,
) -> None:
    clock = ReplayClock(NOON)
    with opened(member_shop(tmp_path, BurnAs.DISCOUNT, 0), clock) as till:
        engines = (till.ledger.read_engine, till.ledger._writer)
        asked = [noted(engine) for engine in engines]
        customers = Customers(till, clock)
        refused = [step for step in STEPS if not customers.do(*step)]
        till.ledger.flush()
        assert not refused
        assert min(len(found) for found in asked) > 30
        assert not [
            x for pair in zip(engines, asked, strict=True) for x in scans(*pair)
        ]
