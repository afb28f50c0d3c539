"""Many items changed at once: one document, to the end, and exactly back."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.cli.till_upkeep import TillUpkeep
from pos_app.domain.bulk_edit import (
    BulkAction,
    BulkField,
    BulkState,
    BulkWarning,
    PriceEnding,
)
from pos_app.domain.item import Category
from pos_app.errors import UserError
from pos_app.ports.item_listing import ItemQuery
from pos_app.services import bulk_run
from pos_app.services.bulk_plan import BulkPlan, ids_of, plan_edit, plan_undo
from pos_app.services.bulk_run import BulkOutcome
from pos_app.services.item_fields import fields_of
from pos_app.values.percentage import Percentage
from tests.counter_shop import (
    CASHIER,
    MANAGER,
    TEA,
    fresh_shop,
    journal_kinds,
    opened,
    query,
    refusal,
    sign_on,
    unit_of,
)
from tests.drawing import NoRasteriser
from tests.ticking_clock import TickingClock

DEARER = BulkAction(BulkField.PRICE_PERCENT, Percentage.parse("10"))


@pytest.fixture
def till(tmp_path: Path):
    with opened(fresh_shop(tmp_path), TickingClock(), number=MANAGER) as found:
        yield found


def everything(till: Till) -> tuple[str, ...]:
    desk = till.counter.desk
    return ids_of(desk.catalog, ItemQuery(), desk.clock.now())


def plan(till: Till, action: BulkAction) -> BulkPlan:
    desk = till.counter.desk
    return plan_edit(desk.catalog, action, everything(till), desk.clock.now())


def run(till: Till, planned: BulkPlan) -> BulkOutcome:
    job = till.counter.bulk.decide(planned)
    return TillUpkeep(till, NoRasteriser()).run_bulk(job, lambda _done: None)


def undo(till: Till, bulk_id: str) -> BulkOutcome:
    desk = till.counter.desk
    return run(till, plan_undo(desk.catalog, bulk_id, desk.clock.now()))


def shop_of(till: Till) -> dict[str, dict[str, object]]:
    desk = till.counter.desk
    items = desk.catalog.listing.items(everything(till))
    return {key: fields_of(item, desk.clock.now()) for key, item in items.items()}


def price_of(till: Till, code: str) -> int:
    price = unit_of(till.counter, code).price
    assert price is not None
    return price.minor


def test_prices_of_all_items_rise_and_fall_back(till):
    before = shop_of(till)
    was = price_of(till, TEA)
    outcome = run(till, plan(till, DEARER))
    assert outcome.left == 0
    assert price_of(till, TEA) == 1408
    assert was == 1280
    undone = undo(till, outcome.bulk_id)
    assert undone.done == outcome.done
    assert shop_of(till) == before
    assert journal_kinds(till).count("BulkChanged") == 2


def test_what_somebody_changed_since_is_not_set_back(till):
    outcome = run(till, plan(till, DEARER))
    desk = till.counter.desk
    tea = unit_of(till.counter, TEA).item_id
    one = BulkAction(BulkField.PRICE_SET, minor=999)
    run(till, plan_edit(desk.catalog, one, [tea], desk.clock.now()))
    planned = plan_undo(desk.catalog, outcome.bulk_id, desk.clock.now())
    left = [row for row in planned.rows if row.is_left_out]
    assert [row.item_id for row in left] == [tea]
    assert left[0].warnings == (BulkWarning.CHANGED,)
    run(till, planned)
    assert price_of(till, TEA) == 999


def test_an_item_changed_between_preview_and_confirmation_is_left_alone(till):
    planned = plan(till, DEARER)
    desk = till.counter.desk
    tea = unit_of(till.counter, TEA).item_id
    one = BulkAction(BulkField.PRICE_SET, minor=999)
    run(till, plan_edit(desk.catalog, one, [tea], desk.clock.now()))
    outcome = run(till, planned)
    assert outcome.left == 1
    assert price_of(till, TEA) == 999


def test_a_document_is_set_back_once(till):
    outcome = run(till, plan(till, DEARER))
    desk = till.counter.desk
    first = plan_undo(desk.catalog, outcome.bulk_id, desk.clock.now())
    second = plan_undo(desk.catalog, outcome.bulk_id, desk.clock.now())
    run(till, first)
    with pytest.raises(UserError, match="bulk_already_undone"):
        run(till, second)
    again = refusal(plan_undo, desk.catalog, outcome.bulk_id, desk.clock.now())
    assert again.key == "bulk_already_undone"


class KilledError(Exception):
    """The power failed."""


@pytest.mark.parametrize("after", range(1, 9))
def test_a_kill_neither_half_forgets_nor_doubles(tmp_path, monkeypatch, after):
    """The till dies after so many transactions of the catalogue."""
    monkeypatch.setattr(bulk_run, "BATCH", 2)
    folder = fresh_shop(tmp_path)
    with opened(folder, TickingClock(), number=MANAGER) as till:
        before = price_of(till, TEA)
        count = len(plan(till, DEARER).applied)
        job = till.counter.bulk.decide(plan(till, DEARER))
        with till.editor() as editor:
            changes = iter(range(after))
            whole = editor.change

            def change(edit):
                if next(changes, None) is None:
                    raise KilledError
                return whole(edit)

            monkeypatch.setattr(editor, "change", change)
            with pytest.raises(KilledError):
                bulk_run.run_job(till.counter.desk, editor, job, lambda _done: None)
    with opened(folder, TickingClock(), number=MANAGER) as till:
        upkeep = TillUpkeep(till, NoRasteriser())
        upkeep.daily_care(till.counter.desk.stamp())
        documents = till.counter.desk.catalog.bulks.recent(10)
        rows = query(
            till, "SELECT plain(canonical) FROM journal WHERE kind='BulkChanged'"
        )
        told = sum(row[0].count('"item_id"') for row in rows)
        if not documents:
            assert price_of(till, TEA) == before
            assert told == 0
        else:
            assert price_of(till, TEA) == 1408
            assert [x.state for x in documents] == [BulkState.DONE]
            assert told == count == documents[0].done
        assert till.counter.desk.catalog.bulks.unfinished() == []


def test_prices_end_as_the_shop_likes_them(till):
    nine = BulkAction(
        BulkField.PRICE_PERCENT, Percentage.parse("5"), ending=PriceEnding.NINE
    )
    run(till, plan(till, nine))
    assert price_of(till, TEA) == 1349  # 13.44
    zero = BulkAction(BulkField.PRICE_AMOUNT, minor=7, ending=PriceEnding.ZERO)
    run(till, plan(till, zero))
    assert price_of(till, TEA) == 1360  # 13.56


def test_the_preview_says_what_is_odd(till):
    cheaper = BulkAction(BulkField.PRICE_AMOUNT, minor=-235)
    warnings = {row.sku: row.warnings for row in plan(till, cheaper).rows}
    assert warnings["S4"] == (BulkWarning.ZERO,)
    assert warnings["S3"] == (BulkWarning.BELOW_ZERO,)
    assert warnings["S1"] == ()
    same = BulkAction(BulkField.TAX, key="standard")
    assert {r.warnings for r in plan(till, same).rows if r.sku == "S1"} == {
        (BulkWarning.SAME,)
    }


@pytest.mark.parametrize(
    "action",
    [
        BulkAction(BulkField.TAX, key="reduced"),
        BulkAction(BulkField.RETURNABLE, is_on=False),
        BulkAction(BulkField.DISCOUNT_CAP, cap=Percentage.parse("15")),
        BulkAction(BulkField.ACTIVE, is_on=False),
        BulkAction(BulkField.PRICE_SET, minor=500),
    ],
)
def test_whatever_is_changed_is_set_back(till, action):
    before = shop_of(till)
    outcome = run(till, plan(till, action))
    assert shop_of(till) != before
    undo(till, outcome.bulk_id)
    assert shop_of(till) == before


def test_absurd_changes_are_refused(till):
    for action, key in (
        (BulkAction(BulkField.PRICE_PERCENT, Percentage(0)), "bulk_value_missing"),
        (
            BulkAction(BulkField.PRICE_PERCENT, Percentage.parse("-101")),
            "bulk_percentage_absurd",
        ),
        (BulkAction(BulkField.PRICE_SET, minor=-1), "bulk_price_below_zero"),
        (BulkAction(BulkField.TAX, key="nobody"), "bulk_tax_gone"),
        (BulkAction(BulkField.CATEGORY, key="nobody"), "bulk_category_gone"),
    ):
        assert refusal(plan, till, action).key == key


def test_only_who_may_change_prices_does(till):
    planned = plan(till, DEARER)
    sign_on(till.counter, CASHIER)
    assert refusal(till.counter.bulk.decide, planned).key == "not_permitted"


def test_nothing_is_set_back_to_a_category_that_is_gone(till):
    """The document ends all the same, and says what it left alone."""
    desk = till.counter.desk
    tea = unit_of(till.counter, TEA).item_id
    with till.editor() as editor:
        editor.put_categories([Category("c1", "茶", (), 0, "drinks")])
    there = BulkAction(BulkField.CATEGORY, key="c1")
    run(till, plan_edit(desk.catalog, there, [tea], desk.clock.now()))
    nowhere = BulkAction(BulkField.CATEGORY)
    outcome = run(till, plan_edit(desk.catalog, nowhere, [tea], desk.clock.now()))
    planned = plan_undo(desk.catalog, outcome.bulk_id, desk.clock.now())
    with till.editor() as editor, editor._writing() as connection:
        connection.exec_driver_sql("DELETE FROM category WHERE category_id = 'c1'")
    undone = run(till, planned)
    assert (undone.done, undone.left) == (0, 1)
    assert desk.catalog.bulks.unfinished() == []
