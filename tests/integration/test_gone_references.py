"""What many items at once may not do: name what is gone, be counted otherwise."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.cli.till_upkeep import TillUpkeep
from pos_app.domain.bulk_edit import BulkAction, BulkField, BulkWarning
from pos_app.domain.item import Category, SellBy
from pos_app.services.bulk_plan import BulkPlan, plan_edit, plan_undo
from pos_app.services.bulk_run import BulkOutcome
from tests.builders_stock import receive
from tests.counter_shop import COLA, MANAGER, TEA, fresh_shop, opened, sell, unit_of
from tests.drawing import NoRasteriser

GONE = Category("gone", "旧", (), 0, "food")
KEPT = Category("kept", "新", (), 1, "food")


@pytest.fixture
def till(tmp_path: Path):
    with opened(fresh_shop(tmp_path), number=MANAGER) as found:
        yield found


def run(till: Till, plan: BulkPlan) -> BulkOutcome:
    job = till.counter.bulk.decide(plan)
    return TillUpkeep(till, NoRasteriser()).run_bulk(job, lambda _done: None)


def put(till: Till, tax: str, category_id: str) -> None:
    tea = unit_of(till.counter, TEA).item_id
    with till.editor() as editor:
        (item,) = editor.items_by_id([tea]).values()
        editor.put_item(replace(item, tax_category=tax, category_id=category_id))


@pytest.mark.parametrize("field", [BulkField.TAX, BulkField.CATEGORY])
def test_nothing_is_set_back_to_a_tax_or_category_that_is_gone(
    till: Till, field: BulkField
):
    counter, desk = till.counter, till.counter.desk
    tea = unit_of(counter, TEA).item_id
    with till.editor() as editor:
        taxes = editor.tax_categories()
        editor.put_tax_categories((*taxes, replace(taxes[0], key="gone", name="旧")))
        editor.put_categories([GONE, KEPT])
    put(till, "gone", GONE.category_id)
    key = "standard" if field is BulkField.TAX else KEPT.category_id
    action = BulkAction(field, key=key)
    outcome = run(till, plan_edit(desk.catalog, action, [tea], desk.clock.now()))
    assert outcome.done == 1
    put(till, "standard", KEPT.category_id)
    plan = plan_undo(desk.catalog, outcome.bulk_id, desk.clock.now())
    with till.editor() as editor:
        editor.put_tax_categories(taxes)
        editor.drop_category(GONE.category_id)
    # A preview after that says so; one from before that is left alone when it is run.
    (row,) = plan_undo(desk.catalog, outcome.bulk_id, desk.clock.now()).rows
    is_tax = field is BulkField.TAX
    named = BulkWarning.TAX_GONE if is_tax else BulkWarning.CATEGORY_GONE
    assert (row.is_left_out, row.warnings) == (True, (named,))
    undone = run(till, plan)
    assert (undone.done, undone.left) == (0, 1)
    counter.sale.refresh_rules()
    assert sell(counter, TEA).priced.total_minor == 1280


def test_a_file_does_not_count_goods_that_moved_in_another_unit(
    till: Till, tmp_path: Path
):
    file = tmp_path / "items.csv"
    file.write_text(
        "sku,name,unit,weighed,price,tax\n"
        "S1,茉莉花茶,kg,yes,12.80,13\n"
        "S2,可乐,kg,yes,3.50,13\n",
        encoding="utf-8",
    )
    receive(till.counter, TEA)
    upkeep = TillUpkeep(till, NoRasteriser())
    plan = upkeep.plan_sheet(file, lambda _lines: None)
    outcome = run(till, plan.decided(plan.offered))
    assert (outcome.done, outcome.left) == (1, 1)
    assert unit_of(till.counter, TEA).sell_by is SellBy.COUNT
    assert unit_of(till.counter, COLA).sell_by is SellBy.WEIGHT
