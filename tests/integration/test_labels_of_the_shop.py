"""Labels of a real shop: which are due, what is queued, what is remembered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.documents.label import Label
from pos_app.documents.label_forms import SHELF_60, LabelField, LabelUse
from pos_app.documents.text import text_lines
from pos_app.domain.journal import EntryKind
from pos_app.domain.stock_document import StockKind
from pos_app.persistence.ledger import journal_rows
from pos_app.ports.devices import (
    Connection,
    ConnectionKind,
    DeviceCategory,
    DeviceSettings,
)
from pos_app.ports.printing import PrintJob
from pos_app.services.label_changes import LABELS_PRINTED_KEY, read_printed
from pos_app.services.label_jobs import LABEL, LABEL_SHEET, PRICE_LIST
from pos_app.services.label_making import LabelWish
from pos_app.services.labels import LabelService
from pos_app.services.prices import PriceDraft
from pos_app.services.session import ApprovalNeeded
from pos_app.values.times import Timestamp
from tests.builders_stock import book
from tests.counter_shop import (
    APPLES,
    CASHIER,
    COLA,
    MANAGER,
    NOON,
    TEA,
    manager_shop,
    opened,
    refusal,
    sign_on,
    unit_of,
)

HOUR, PRINTER = 3600, "labels-1"


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with opened(
        manager_shop(tmp_path, "prices", "items", "stock"), number=MANAGER
    ) as till:
        yield till


@pytest.fixture
def labels(till: Till) -> LabelService:
    return till.counter.labels


def later(seconds: int) -> Timestamp:
    return NOON.plus_seconds(seconds)


def go_to(till: Till, moment: Timestamp) -> None:
    till.options.clock.set(moment)


def price(till: Till, code: str, minor: int, start: Timestamp | None = None) -> str:
    unit_id = unit_of(till.counter, code).unit_id
    change = till.counter.prices.schedule(PriceDraft(unit_id, minor, start))
    with till.editor() as editor:
        editor.change(change.edit)
    return unit_id


def add_printer(till: Till) -> None:
    device = DeviceSettings(
        PRINTER,
        DeviceCategory.LABEL_PRINTER,
        "Shelf",
        "label_virtual",
        Connection(ConnectionKind.FOLDER),
    )
    desk = till.counter.desk
    desk.device_book.adopt(desk.device_book.begin_put(desk.stamp(), device).result())


def jobs(till: Till) -> list[PrintJob]:
    till.ledger.flush()
    kinds = {LABEL, LABEL_SHEET, PRICE_LIST}
    return [x for x in till.ledger.open_print_jobs() if x.kind in kinds]


def printed(labels: LabelService, wishes, **way: bool) -> int:
    """Print as the screen does: made ready on another thread."""
    with ThreadPoolExecutor(1) as threads:
        ready = threads.submit(labels.printing(wishes, **way)).result()
    return labels.begin_queue(ready).result()


def due(labels: LabelService, moment: Timestamp | None = None):
    return [(x.unit.name, x.before_minor, x.after_minor) for x in labels.due(moment)]


def test_a_shelf_whose_prices_never_changed_needs_no_label(labels) -> None:
    assert due(labels) == []


def test_a_changed_price_asks_for_its_label_until_it_is_printed(till, labels) -> None:
    add_printer(till)
    unit_id = price(till, TEA, 1390)
    go_to(till, later(60))
    ((_name, before, after),) = due(labels)
    assert (before, after) == (1280, 1390)
    assert printed(labels, [LabelWish(unit_id)]) == 1
    assert due(labels) == []
    (job,) = jobs(till)
    assert (job.kind, job.printer) == (LABEL, PRINTER)
    assert "¥13.90" in "\n".join(text_lines(job.layout, 48))


def test_a_price_that_changed_and_changed_back_needs_no_label(till, labels) -> None:
    price(till, TEA, 1390)
    go_to(till, later(60))
    price(till, TEA, 1280)
    go_to(till, later(120))
    assert due(labels) == []


def test_a_label_printed_before_its_price_begins_is_not_asked_for_again(
    till, labels
) -> None:
    add_printer(till)
    unit_id = price(till, TEA, 1390, later(HOUR))
    assert due(labels) == []
    assert due(labels, later(2 * HOUR)) == [
        (unit_of(till.counter, TEA).name, 1280, 1390)
    ]
    printed(labels, [LabelWish(unit_id, at=later(2 * HOUR))])
    assert due(labels, later(2 * HOUR)) == []
    assert due(labels) == []  # nobody puts it up before its hour
    go_to(till, later(2 * HOUR))
    assert due(labels) == []
    price(till, TEA, 1490)
    go_to(till, later(3 * HOUR))
    assert [x[1:] for x in due(labels)] == [(1390, 1490)]


def test_some_are_printed_now_the_rest_stays_due(till, labels) -> None:
    add_printer(till)
    first = price(till, TEA, 1390)
    price(till, COLA, 399)
    go_to(till, later(60))
    printed(labels, [LabelWish(first)])
    assert [x[2] for x in due(labels)] == [399]
    labels.begin_settle().result()
    assert [x[2] for x in due(labels)] == [399]
    second = unit_of(till.counter, COLA).unit_id
    printed(labels, [LabelWish(second)])
    labels.begin_settle().result()
    till.ledger.flush()
    noted = read_printed(till.ledger.setting(LABELS_PRINTED_KEY))
    assert noted.through == later(60)
    assert noted.shown == {}
    assert due(labels) == []
    assert labels.last_printed() == (LabelWish(second),)


def test_what_is_due_outlives_the_till(till, labels, tmp_path) -> None:
    price(till, TEA, 1390)
    price(till, COLA, 399)
    go_to(till, later(60))
    labels.begin_note_printed([LabelWish(unit_of(till.counter, TEA).unit_id)]).result()
    assert [x[2] for x in due(LabelService(till.counter.desk))] == [399]


def test_labels_are_journalled_and_no_item_is_printed_without_a_printer(
    till, labels
) -> None:
    wish = LabelWish(unit_of(till.counter, TEA).unit_id, 3)
    assert refusal(labels.printing, [wish]).key == "label_no_printer"
    assert jobs(till) == []
    assert printed(labels, [wish], on_slips=True) == 3
    (job,) = jobs(till)
    assert job.printer == "receipt"
    assert sum(isinstance(x, Label) for x in job.layout.blocks) == 3
    with till.ledger.read_engine.begin() as connection:
        entries = list(journal_rows.entries(connection))
    (entry,) = [x for x in entries if x.kind == EntryKind.LABELS_PRINTED]
    assert json.loads(entry.canonical)["body"] == {"count": 3}


def test_the_list_of_changed_prices_is_a_slip_to_walk_with(till, labels) -> None:
    price(till, TEA, 1390)
    go_to(till, later(60))
    labels.begin_print_list(labels.due()).result()
    (job,) = jobs(till)
    text = "\n".join(text_lines(job.layout, 48))
    assert (job.kind, job.printer) == (PRICE_LIST, "receipt")
    assert "¥13.90" in text
    assert "¥12.80" in text
    assert TEA in text
    assert len(labels.due()) == 1  # a list is no label


def test_goods_received_get_one_label_for_each_piece(till, labels) -> None:
    drafts = till.counter.stock_drafts
    for code, count in ((TEA, 12), (COLA, 3)):
        line = drafts.scan(StockKind.RECEIVED, code)
        drafts.set_quantity(StockKind.RECEIVED, line.line_id, Decimal(count))
    document = book(till.counter, StockKind.RECEIVED)
    each = labels.wishes_of_document(document.document_id, each=True)
    assert [(x.count, x.use) for x in each] == [(12, LabelUse.ITEM), (3, LabelUse.ITEM)]
    lines = labels.wishes_of_document(document.document_id, each=False)
    assert [x.count for x in lines] == [1, 1]
    assert labels.wishes_of_document("nothing", each=True) == ()


def test_a_pack_weighed_here_carries_weight_price_and_a_code_the_till_reads(
    till, labels
) -> None:
    unit = unit_of(till.counter, APPLES)
    wish = LabelWish(unit.unit_id, use=LabelUse.WEIGHED)
    assert refusal(labels.labels, [wish]).key == "label_no_weight"
    wish = LabelWish(unit.unit_id, use=LabelUse.WEIGHED, weight=Decimal("0.436"))
    (made,) = labels.labels([wish])
    (code,) = made.codes
    scanned = till.counter.sale.look_up(code.data)
    assert scanned is not None
    assert scanned.unit.unit_id == unit.unit_id
    assert scanned.quantity == Decimal("0.436")


@pytest.mark.parametrize("count", [0, -1, 1000])
def test_a_count_that_nobody_means_is_refused(till, labels, count: int) -> None:
    wish = LabelWish(unit_of(till.counter, TEA).unit_id, count)
    assert refusal(labels.labels, [wish]).key == "label_count"


def test_how_labels_look_is_kept_and_journalled(till, labels) -> None:
    labels.adopt(labels.begin_change(shelf_form=SHELF_60.key, hidden=("sku",)).result())
    again = LabelService(till.counter.desk)
    assert again.settings.form(LabelUse.SHELF) is SHELF_60
    assert again.settings.hidden_fields == {LabelField.SKU}
    (made,) = again.labels([LabelWish(unit_of(till.counter, TEA).unit_id)])
    assert made.width_um == 60_000
    for wrong in (
        {"shelf_form": "item_40x30"},
        {"hidden": ("price",)},
        {"label_language": "de"},
    ):
        assert refusal(labels.begin_change, **wrong).key == "setting_refused"


def test_a_cashier_without_the_right_is_asked_for_an_approval(till, labels) -> None:
    add_printer(till)
    sign_on(till.counter, CASHIER)
    wish = LabelWish(unit_of(till.counter, TEA).unit_id)
    with pytest.raises(ApprovalNeeded):
        labels.printing([wish])
