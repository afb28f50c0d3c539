"""Labels for shelves and goods: chosen, laid out, queued, and remembered as printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from itertools import islice
from zoneinfo import ZoneInfo

from pos_app.documents.label import COPIES_LIMIT, Label
from pos_app.documents.label_forms import LabelUse
from pos_app.documents.layout import Layout
from pos_app.documents.price_list_slip import PriceListRow, price_list_slip
from pos_app.domain.journal import EntryKind
from pos_app.domain.permission import Permission
from pos_app.domain.stock_document import StockKind
from pos_app.errors import UserError
from pos_app.i18n import Words
from pos_app.ports.devices import DeviceCategory, DeviceSettings
from pos_app.ports.ledger import UnitOfWork
from pos_app.services.desk import Desk
from pos_app.services.label_changes import (
    LABELS_PRINTED_KEY,
    LIST_LIMIT,
    ChangedPrice,
    out_of_date,
    read_printed,
    settled,
    with_printed,
    written_printed,
)
from pos_app.services.label_jobs import PRICE_LIST, LabelJobs, ReadyLabels
from pos_app.services.label_making import LabelMaker, LabelWish
from pos_app.services.label_settings import (
    LABEL_SETTINGS_KEY,
    LabelSettings,
    begin_label_change,
    read_label_settings,
)
from pos_app.services.slip import RECEIPT_PRINTER
from pos_app.values.times import Timestamp


class LabelService:
    """Used from the screen's thread; what it stores is stored behind it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._settings = read_label_settings(desk.ledger.setting(LABEL_SETTINGS_KEY))

    # ---------------------------------------------------------------- how they look

    @property
    def settings(self) -> LabelSettings:
        """How labels look."""
        return self._settings

    def begin_change(self, **changes: object) -> Future[LabelSettings]:
        """Change how labels look; `adopt` puts it in force.

        Raises:
            UserError: "setting_refused".
            ApprovalNeeded: "not_permitted".
        """
        self._allow()
        return begin_label_change(self._desk.ledger, self._desk.stamp(), changes)

    def adopt(self, settings: LabelSettings) -> None:
        """Put in force what is on the disk now."""
        self._settings = settings

    @property
    def language(self) -> str:
        """The language of labels."""
        return self._settings.label_language or self._desk.shop.language

    @property
    def printer(self) -> DeviceSettings | None:
        """The label printer; None where there is none."""
        found = self._desk.device_book.of(DeviceCategory.LABEL_PRINTER)
        return next((device for device in found if device.is_on), None)

    # -------------------------------------------------------------- what they say

    def labels(self, wishes: Iterable[LabelWish]) -> tuple[Label, ...]:
        """Return the labels as they will be printed.

        Raises:
            UserError: "label_count" with the limit, "label_goods_gone",
                "label_no_weight", "label_no_price" and "label_no_rule" for goods that
                are weighed here.
        """
        return self.jobs().labels(tuple(wishes))

    def layout(self, wish: LabelWish) -> Layout:
        """Return one label as a layout, for its preview."""
        desk = self._desk
        maker = LabelMaker(desk, self._settings, self.language, desk.clock.now())
        return Layout((maker.label(wish),), self.language)

    def jobs(self) -> LabelJobs:
        """Return what makes labels, now and on any thread: many take a while."""
        now = self._desk.clock.now()
        return LabelJobs(self._desk, self._settings, self.language, now)

    # --------------------------------------------------------------- what is due

    def due(self, moment: Timestamp | None = None) -> tuple[ChangedPrice, ...]:
        """Return the shelf labels that are out of date, `LIST_LIMIT` at most.

        Args:
            moment: when; None for now.
        """
        now = self._desk.clock.now()
        printed = read_printed(self._desk.ledger.setting(LABELS_PRINTED_KEY))
        found = out_of_date(printed, self._desk.catalog, moment or now, now)
        return tuple(islice(found, LIST_LIMIT))

    def last_printed(self) -> tuple[LabelWish, ...]:
        """Return the shelf labels printed last, to print them once more."""
        printed = read_printed(self._desk.ledger.setting(LABELS_PRINTED_KEY))
        return tuple(LabelWish(unit_id) for unit_id, _minor in printed.last)

    def wishes_of_document(
        self, document_id: str, *, each: bool
    ) -> tuple[LabelWish, ...]:
        """Return item labels for goods received.

        Args:
            document_id: of a stock document.
            each: one for every piece, not one for every line.
        """
        document = self._desk.ledger.stock.document(document_id)
        if document is None or document.kind is not StockKind.RECEIVED:
            return ()
        return tuple(
            LabelWish(
                line.unit_id,
                _pieces(line.quantity_thousandths) if each else 1,
                LabelUse.ITEM,
            )
            for line in document.lines
            if line.quantity_thousandths > 0
        )

    # ------------------------------------------------------------------- printing

    def printing(
        self, wishes: Sequence[LabelWish], *, on_slips: bool = False
    ) -> Callable[[], ReadyLabels]:
        """Return what makes labels ready for `begin_queue`, on any thread.

        Args:
            wishes: what is printed.
            on_slips: on the slip printer's paper, to be cut out.

        Raises:
            UserError: "label_no_printer"; as `labels` once it is called.
            ApprovalNeeded: "not_permitted".
        """
        self._allow()
        printer = self.printer
        if printer is None and not on_slips:
            raise UserError("label_no_printer")
        name = RECEIPT_PRINTER if on_slips or not printer else printer.device_id
        jobs, wanted = self.jobs(), tuple(wishes)
        return lambda: jobs.ready(wanted, name, on_slips=on_slips)

    def begin_queue(self, ready: ReadyLabels) -> Future[int]:
        """Queue labels; the number of labels, once they are queued for good.

        Shelf labels count as being on the shelf from now on.
        """
        return self._record(ready, is_print=True)

    def begin_note_printed(self, wishes: Sequence[LabelWish]) -> Future[int]:
        """Take note that labels were printed in another way, as by a PDF.

        Raises:
            ApprovalNeeded: "not_permitted".
        """
        self._allow()
        shelf, count = self.jobs().shelf(wishes), sum(wish.count for wish in wishes)
        return self._record(ReadyLabels((), shelf, count), is_print=True)

    def begin_print_list(self, changes: Sequence[ChangedPrice]) -> Future[int]:
        """Queue the list of changed prices on the slip printer.

        Raises:
            ApprovalNeeded: "not_permitted".
        """
        self._allow()
        layout = self.price_list(changes)
        job = self.jobs().job(layout, PRICE_LIST, RECEIPT_PRINTER)
        return self._record(ReadyLabels((job,), (), 0), is_print=False)

    def price_list(self, changes: Sequence[ChangedPrice]) -> Layout:
        """Return the list of changed prices as it is printed."""
        shop = self._desk.shop
        zone = ZoneInfo(shop.time_zone)
        tag = self._desk.settings.current.slip_language or shop.language
        rows = [
            PriceListRow(
                " ".join(x for x in (c.unit.name_in(tag), c.unit.variant) if x),
                c.unit.barcode or c.unit.sku,
                c.before_minor,
                c.after_minor,
                c.at.at(zone),
            )
            for c in changes
        ]
        now = self._desk.clock.now().at(zone)
        return price_list_slip(rows, shop, Words(tag), now)

    def _allow(self) -> None:
        """Whoever looks after goods or after prices prints their labels."""
        staff = self._desk.session.staff
        knows_prices = staff is not None and staff.may(Permission.PRICES)
        self._desk.allow(Permission.PRICES if knows_prices else Permission.ITEMS)

    def _record(self, ready: ReadyLabels, *, is_print: bool) -> Future[int]:
        desk, stamp = self._desk, self._desk.stamp()

        def work(unit: UnitOfWork) -> int:
            for job in ready.jobs:
                unit.add_print_job(job)
            if ready.shelf:
                present = read_printed(unit.setting(LABELS_PRINTED_KEY))
                fresh = with_printed(present, ready.shelf, stamp.at)
                unit.set_setting(LABELS_PRINTED_KEY, written_printed(fresh))
            if is_print:
                body = {"count": ready.count}
                unit.append(EntryKind.LABELS_PRINTED, body, stamp)
            return ready.count

        future = desk.record(work)
        future.add_done_callback(lambda _done: desk.devices.wake())
        return future

    def begin_settle(self) -> Future[None]:
        """Shorten the note of what is printed, where every label is right now."""
        now, ledger = self._desk.clock.now(), self._desk.ledger
        stored = ledger.setting(LABELS_PRINTED_KEY)
        present = read_printed(stored)
        fresh = settled(present, self._desk.catalog, now)

        def work(unit: UnitOfWork) -> None:
            if fresh != present and unit.setting(LABELS_PRINTED_KEY) == stored:
                unit.set_setting(LABELS_PRINTED_KEY, written_printed(fresh))

        return self._desk.record(work)


def _pieces(quantity_thousandths: int) -> int:
    """Return labels for a quantity: one for every piece begun, at most the limit."""
    return min(COPIES_LIMIT, -(-quantity_thousandths // 1000))
