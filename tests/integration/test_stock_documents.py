"""Stock documents on a real ledger: whole or not there, undone once, priced later."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import text

from pos_app.bootstrap import Till
from pos_app.cli.till_upkeep import TillUpkeep
from pos_app.domain.journal import EntryKind
from pos_app.domain.stock_document import StockKind
from pos_app.errors import UserError
from pos_app.persistence.checks.stock_sums import STOCK_RULES
from pos_app.ports.stock import MoveKind
from tests.builders_stock import adjust, book, on_hand, receive, waste
from tests.counter_shop import (
    APPLE_LABEL_PREFIX,
    BOX,
    COLA,
    MANAGER,
    SUPERVISOR,
    TEA,
    TRAINEE,
    Losses,
    fill_disk,
    fresh_shop,
    journal_kinds,
    make_room,
    opened,
    prove,
    query,
    refusal,
    sell,
    sign_on,
    unit_of,
)
from tests.drawing import NoRasteriser

RECEIVED = StockKind.RECEIVED
UNKNOWN = "6977880012350"


@pytest.fixture
def till(tmp_path: Path):
    with opened(fresh_shop(tmp_path), number=MANAGER) as found:
        yield found


def cost_of(till: Till, code: str) -> int | None:
    item_id = unit_of(till.counter, code).item_id
    item = till.counter.desk.catalog.listing.item(item_id)
    assert item is not None
    unit_id = unit_of(till.counter, code).unit_id
    return next(x.cost_minor for x in item.units if x.unit_id == unit_id)


def upkeep(till: Till) -> TillUpkeep:
    return TillUpkeep(till, NoRasteriser())


def test_a_box_counts_its_pieces(till):
    document = receive(till.counter, BOX, COLA)
    assert on_hand(till, COLA) == 25
    assert [line.pieces_thousandths for line in document.lines] == [24_000, 1_000]
    assert [line.before_thousandths for line in document.lines] == [0, 24_000]
    sell(till.counter, COLA)
    assert on_hand(till, COLA) == 24
    prove(till)


def test_a_weight_label_moves_its_grams(till):
    from pos_app.values.gs1.check_digit import check_digit

    body = f"{APPLE_LABEL_PREFIX}01234"
    receive(till.counter, f"{body}{check_digit(body)}")
    assert on_hand(till, "S5") == Decimal("1.234")
    prove(till)


def test_each_kind_has_its_own_series(till):
    numbers = [
        receive(till.counter, TEA).number,
        waste(till.counter, TEA).number,
        adjust(till.counter, TEA, "-2").number,
        receive(till.counter, TEA).number,
    ]
    assert numbers == [
        "02-ARG-000001",
        "02-ARW-000001",
        "02-ARA-000001",
        "02-ARG-000002",
    ]


def test_the_journal_says_what_was_there_before_and_after(till):
    receive(till.counter, TEA)
    waste(till.counter, TEA, "3")
    rows = query(
        till, "SELECT plain(canonical) FROM journal WHERE kind = 'StockWasted'"
    )
    assert '"before":"1"' in rows[0][0]
    assert '"after":"-2"' in rows[0][0]
    assert '"reason":"expired"' in rows[0][0]


def test_who_delivered_is_not_in_the_journal(till):
    drafts = till.counter.stock_drafts
    drafts.scan(RECEIVED, TEA)
    drafts.set_delivery("王五水果", "D-77")
    document = book(till.counter, RECEIVED)
    assert (document.supplier, document.delivery_note) == ("王五水果", "D-77")
    rows = query(till, "SELECT plain(canonical) FROM journal")
    assert not any("王五" in row[0] for row in rows)
    stored = till.ledger.stock.document(document.document_id)
    assert stored == document


def test_a_mirror_undoes_a_document_once(till):
    document = receive(till.counter, BOX)
    mirror = till.counter.stock.mirror(document.document_id, print_slip=False).result()
    assert on_hand(till, COLA) == 0
    assert mirror.mirrored_number == document.number
    again = refusal(till.counter.stock.mirror, document.document_id, print_slip=False)
    assert again.key == "stock_already_mirrored"
    back = refusal(till.counter.stock.mirror, mirror.document_id, print_slip=False)
    assert back.key == "stock_document_is_mirror"
    prove(till)


def test_two_who_undo_at_once_undo_once(till):
    document = receive(till.counter, TEA)
    first = till.counter.stock.mirror(document.document_id, print_slip=False)
    # On a quick disk the first is stored before the second is asked for.
    with pytest.raises(UserError, match="stock_already_mirrored"):
        till.counter.stock.mirror(document.document_id, print_slip=False).result()
    first.result()
    assert on_hand(till, TEA) == 0
    prove(till)


def test_a_draft_is_booked_once_however_often_the_key_is_pressed(till):
    till.counter.stock_drafts.scan(RECEIVED, TEA)
    first = till.counter.stock.book(RECEIVED, print_slip=False)
    with pytest.raises(UserError, match="stock_already_booked"):
        till.counter.stock.book(RECEIVED, print_slip=False).result()
    first.result()
    assert on_hand(till, TEA) == 1
    prove(till)


def test_codes_nobody_knows_are_kept_and_not_booked(till):
    drafts = till.counter.stock_drafts
    drafts.scan(RECEIVED, UNKNOWN)
    drafts.scan(RECEIVED, TEA)
    refused = refusal(till.counter.stock.book, RECEIVED, print_slip=False)
    assert refused.key == "stock_unknown_lines"
    assert on_hand(till, TEA) == 0


def test_a_draft_survives_a_restart(tmp_path):
    folder = fresh_shop(tmp_path)
    with opened(folder, number=MANAGER) as till:
        drafts = till.counter.stock_drafts
        line = drafts.scan(RECEIVED, BOX)
        drafts.set_quantity(RECEIVED, line.line_id, Decimal(3))
        drafts.set_cost(RECEIVED, line.line_id, 4_800)
        drafts.scan(RECEIVED, UNKNOWN)
        drafts.set_delivery("批发部", "D-1")
        till.ledger.flush()
        before = drafts.of(RECEIVED)
    with opened(folder, number=MANAGER) as till:
        assert till.counter.stock_drafts.of(RECEIVED) == before


def test_a_draft_that_the_disk_refused_goes_in_whole_with_the_next_key(tmp_path):
    losses = Losses()
    folder = fresh_shop(tmp_path)
    with opened(folder, losses=losses, number=MANAGER) as till:
        drafts = till.counter.stock_drafts
        fill_disk(till)
        for _ in range(5):
            drafts.scan(RECEIVED, COLA)
        drafts.set_delivery("批发部" * 15, "D" * 40)
        for number in range(40):
            drafts.scan(RECEIVED, f"NEW-{number:05}")
        till.ledger.flush()
        assert losses.errors
        make_room(till)
        drafts.scan(RECEIVED, TEA)
        till.ledger.flush()
        wanted = drafts.of(RECEIVED)
        assert till.ledger.stock.draft(RECEIVED) == wanted


def test_waste_needs_a_reason_and_the_permission(till):
    kind = StockKind.WASTED
    till.counter.stock_drafts.scan(kind, TEA)
    assert refusal(till.counter.stock.book, kind, print_slip=False).key == (
        "stock_reason_missing"
    )
    unknown = refusal(till.counter.stock_drafts.set_reason, kind, "because")
    assert unknown.key == "reason_unknown"
    till.counter.stock_drafts.set_reason(kind, "broken")
    sign_on(till.counter, TRAINEE)
    assert refusal(till.counter.stock.book, kind, print_slip=False).key == (
        "not_permitted"
    )
    sign_on(till.counter, SUPERVISOR)
    book(till.counter, kind)
    assert on_hand(till, TEA) == -1


def test_goods_that_cost_something_give_the_item_its_cost(till):
    document = receive(till.counter, TEA, cost_minor=640)
    assert cost_of(till, TEA) is None  # the document is the truth, it comes first
    assert upkeep(till).take_costs() == 1
    assert cost_of(till, TEA) == 640
    assert upkeep(till).take_costs() == 0
    bodies = query(
        till, "SELECT plain(canonical) FROM journal WHERE kind = 'ItemChanged'"
    )
    assert len(bodies) == 1
    assert document.document_id in bodies[0][0]


def test_a_till_killed_before_the_cost_takes_it_over_at_its_next_start(tmp_path):
    folder = fresh_shop(tmp_path)
    with opened(folder, number=MANAGER) as till:
        receive(till.counter, TEA, cost_minor=640)
    with opened(folder, number=MANAGER) as till:
        assert cost_of(till, TEA) is None
        upkeep(till).daily_care(till.counter.desk.stamp())
        assert cost_of(till, TEA) == 640
        assert till.ledger.stock.costs_waiting() == []


def test_a_till_killed_after_the_cost_does_not_take_it_twice(till):
    receive(till.counter, TEA, cost_minor=640)
    waiting = till.ledger.stock.costs_waiting()
    upkeep(till).take_costs()
    # As a kill between the catalogue and the ledger leaves it.
    with till.ledger._writer.begin() as connection:
        connection.execute(
            text("INSERT INTO stock_cost_waiting VALUES (:id)"), {"id": waiting[0]}
        )
    assert upkeep(till).take_costs() == 1
    assert journal_kinds(till).count(EntryKind.ITEM_CHANGED.value) == 1
    assert cost_of(till, TEA) == 640


def test_an_older_delivery_does_not_overwrite_a_newer_cost(till):
    receive(till.counter, TEA, cost_minor=640)
    receive(till.counter, TEA, cost_minor=700)
    first, second = till.ledger.stock.costs_waiting()
    assert first < second
    upkeep(till).take_costs()
    assert cost_of(till, TEA) == 700


def test_the_history_pages_through_every_move_with_its_balance(till):
    for _ in range(7):
        receive(till.counter, BOX)
        sell(till.counter, COLA)
        waste(till.counter, COLA)
    item_id = unit_of(till.counter, COLA).item_id
    moves, place = [], None
    while True:
        page = till.ledger.stock.moves(item_id, None, place, 4)
        moves += page.moves
        place = page.next
        if place is None:
            break
    assert len(moves) == 21
    balance = 0
    for move in reversed(moves):
        balance += move.thousandths
        assert move.after_thousandths == balance
        assert move.number
        assert move.who == "manager"
    wasted = till.ledger.stock.moves(item_id, MoveKind.WASTED, None, 3)
    assert [x.kind for x in wasted.moves] == [MoveKind.WASTED] * 3
    by_number = {x.number: x.after_thousandths for x in moves}
    assert all(by_number[x.number] == x.after_thousandths for x in wasted.moves)


def test_figures_say_what_was_sold_in_a_week_and_a_month(till):
    receive(till.counter, BOX)
    sell(till.counter, COLA, COLA)
    sell(till.counter, COLA)
    item_id = unit_of(till.counter, COLA).item_id
    today = till.counter.desk.business_day()
    found = till.ledger.stock.figures([item_id, "stranger"], today)
    assert found[item_id].thousandths == 21_000
    assert (found[item_id].sold_week, found[item_id].sold_month) == (3_000, 3_000)
    assert (found[item_id].last_received, found[item_id].last_sold) == (today, today)
    assert found["stranger"].thousandths == 0


def test_history_and_figures_of_a_hundred_thousand_moves_come_from_the_index(till):
    sell(till.counter, COLA)
    item_id = unit_of(till.counter, COLA).item_id
    rows = (
        "INSERT INTO stock_move (document_id, position, item_id, thousandths, "
        "business_day) WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n "
        "WHERE x < 100000) SELECT 'd' || x, 1, :item, -1000, '2026-11-20' FROM n"
    )
    with till.ledger._writer.begin() as connection:
        connection.execute(text(rows), {"item": item_id})
        connection.execute(
            text("UPDATE stock_balance SET thousandths = -100001000"), {}
        )
    page = till.ledger.stock.moves(item_id, None, None, 60)
    assert [x.after_thousandths for x in page.moves[:2]] == [-100_001_000, -100_000_000]
    receipt = till.ledger.stock.moves(item_id, MoveKind.RECEIVED, None, 60)
    assert receipt.moves == ()
    plan = query(
        till,
        "EXPLAIN QUERY PLAN SELECT rowid FROM stock_move WHERE item_id = 'x' "
        "AND rowid < 5 ORDER BY rowid DESC LIMIT 5",
    )
    assert not any("TEMP B-TREE" in row[3] for row in plan)


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        ("UPDATE stock_move SET thousandths = 7 WHERE kind = 'received'", 0),
        ("DELETE FROM stock_document_line", 0),
        (
            "INSERT INTO stock_move VALUES ('gone', 1, 'x', 5, '2026-11-21', 'wasted')",
            1,
        ),
        ("UPDATE stock_document_line SET pieces_thousandths = 1 WHERE rowid = 2", 2),
        ("UPDATE stock_document SET number = 'x' WHERE mirrors = ''", 3),
        ("DELETE FROM stock_document", 4),
        ("UPDATE stock_document_line SET before_thousandths = 9", 5),
    ],
)
def test_the_doctor_sees_what_does_not_agree(till, statement, rule):
    document = receive(till.counter, TEA)
    till.counter.stock.mirror(document.document_id, print_slip=False).result()
    found = {key: query(till, x.query) for key, x in enumerate(STOCK_RULES)}
    assert not any(found.values())
    with till.ledger._writer.begin() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for trigger in query(
            till, "SELECT name FROM sqlite_master WHERE type='trigger'"
        ):
            connection.exec_driver_sql(f"DROP TRIGGER {trigger[0]}")
        if "stock_document" in statement and statement == "DELETE FROM stock_document":
            connection.exec_driver_sql("DELETE FROM stock_document_line")
        connection.exec_driver_sql(statement)
    assert query(till, STOCK_RULES[rule].query)
