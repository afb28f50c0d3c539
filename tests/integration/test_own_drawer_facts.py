"""A shift of somebody's own takes over their own entries, not all of the shop's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import event

from pos_app.domain.shift import ShiftTotal
from pos_app.persistence.ledger import shift_facts
from tests.counter_shop import COLA, MANAGER, fresh_shop, opened, sell, sign_on


def test_a_cashiers_first_shift_reads_no_entry_of_anybody_elses(tmp_path: Path) -> None:
    with opened(fresh_shop(tmp_path), number=MANAGER) as till:
        counter = till.counter
        till.counter.drawer.open("look").result()
        sell(counter)
        shift = counter.shift.current()
        assert shift is not None
        cashier = sign_on(counter, "1001")
        counter.sale.scan(COLA)
        basket = counter.sale.basket
        assert basket is not None
        counter.sale.remove_line(basket.lines[0].line_id)
        till.ledger.flush()
        own = replace(shift, drawer=cashier.staff_id)
        plans: list[str] = []

        def note(_c: Any, cursor: Any, statement: str, values: Any, *_: Any) -> None:
            if "journal" in statement and "kind" in statement:
                cursor.execute(f"EXPLAIN QUERY PLAN {statement}", values)
                plans.extend(row[3] for row in cursor.fetchall())

        engine = till.ledger.read_engine
        event.listen(engine, "before_cursor_execute", note)
        with engine.connect() as connection:
            found = shift_facts.between_shifts(connection, own)
            everybodys = shift_facts.between_shifts(connection, shift)
        event.remove(engine, "before_cursor_execute", note)
        assert found == []  # what was done while the till's shift was open is there
        assert everybodys == [ShiftTotal("no_sale", "look", 1, 0)]
        half = len(plans) // 2
        assert all("ix_journal_actor (actor=? AND kind=?" in x for x in plans[:half])
