"""Marking fresh goods down: the ladders, the price of a piece, its new labels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from pos_app.documents.label_forms import LabelUse
from pos_app.domain.item import Scanned, SellBy, SellingUnit
from pos_app.domain.journal import EntryKind
from pos_app.domain.markdown import (
    Ladder,
    Proposal,
    ladder_for,
    propose,
    refuse_unsound_ladder,
)
from pos_app.domain.marked_code import MarkedLabel, number_of
from pos_app.domain.permission import Demand, Permission
from pos_app.errors import UserError
from pos_app.i18n import current_language
from pos_app.ports.catalog_changes import CatalogChange
from pos_app.ports.journal_notes import JournalNote
from pos_app.ports.ledger import UnitOfWork
from pos_app.ports.shop_editing import ShopEditor
from pos_app.services.catalog_change import change_note
from pos_app.services.desk import Desk
from pos_app.services.label_jobs import ReadyLabels
from pos_app.services.label_making import LabelWish
from pos_app.services.labels import LabelService
from pos_app.services.markdown_ladders import (
    LADDERS_KEY,
    read_ladders,
    told_ladder,
    written_ladders,
)
from pos_app.services.markdown_results import MarkdownResults
from pos_app.services.marked_goods import is_marked
from pos_app.services.traced_goods import trace_of
from pos_app.services.typed_code import find_code
from pos_app.values.quantity import to_thousandths
from pos_app.values.rounding import divide


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece in somebody's hand.

    Attributes:
        unit: what it is. day: its last day; None where nobody said it yet.
        is_best_before: whether it may be sold after that day.
        weight: of a weighed pack, in its own unit; None for counted goods.
        count: how many equal ones.
        is_again: it has a label of this kind already.
    """

    unit: SellingUnit
    day: date | None = None
    is_best_before: bool = False
    weight: Decimal | None = None
    count: int = 1
    is_again: bool = False


class MarkdownService:
    """Used from the screen's thread; what it stores is stored behind it.

    Attributes:
        results: what became of goods that were marked down.
    """

    def __init__(self, desk: Desk, labels: LabelService) -> None:
        self._desk, self._labels = desk, labels
        self.results = MarkdownResults(desk)

    # ------------------------------------------------------------------- ladders

    def ladders(self) -> tuple[Ladder, ...]:
        """Return the shop's ladders, by target."""
        return read_ladders(self._desk.catalog.setting(LADDERS_KEY))

    def put(self, ladder: Ladder) -> CatalogChange:
        """Return what makes a ladder hold; its version is counted here.

        Raises:
            UserError: what `refuse_unsound_ladder` refuses.
            ApprovalNeeded: "not_permitted".
        """
        refuse_unsound_ladder(ladder)
        return self._changing(ladder.target, ladder)

    def drop(self, target: str) -> CatalogChange:
        """Return what takes a ladder away.

        Raises:
            ApprovalNeeded: "not_permitted".
        """
        return self._changing(target, None)

    def _changing(self, target: str, fresh: Ladder | None) -> CatalogChange:
        desk = self._desk
        desk.allow(Demand(Permission.PROMOTIONS, f"ladder/{target}"))
        stamp = desk.stamp()

        def edit(editor: ShopEditor) -> Sequence[JournalNote]:
            present = read_ladders(editor.setting(LADDERS_KEY))
            before = next((x for x in present if x.target == target), None)
            after = fresh
            if after is not None:
                after = replace(after, version=before.version if before else 1)
                if after == before:
                    return ()
                if before is not None:
                    after = replace(after, version=before.version + 1)
            rest = tuple(x for x in present if x.target != target)
            kept = rest if after is None else (*rest, after)
            editor.put_setting(LADDERS_KEY, written_ladders(kept))
            return [
                change_note(
                    desk,
                    EntryKind.SETTINGS_CHANGED,
                    stamp,
                    before={"markdown": told_ladder(before)},
                    after={"markdown": told_ladder(after)},
                    ladder=target or "all",
                )
            ]

        return CatalogChange(stamp, edit)

    # --------------------------------------------------------------------- pieces

    def look(self, code: str) -> Piece | None:
        """Return the piece that a scan names; None where nobody knows the code.

        Its day is the label's, where it says one. A weighed pack keeps its weight.

        Raises:
            UserError: what `find_code` refuses, or "markdown_no_weight" for weighed
                goods whose label says none.
        """
        _shown, found = find_code(self._desk, code)
        if found is None:
            return None
        unit, trace = found.unit, trace_of(code, self.now().date())
        weight = None
        if unit.sell_by is SellBy.WEIGHT:
            weight = found.quantity or _weight_by_price(found)
            if weight is None:
                raise UserError("markdown_no_weight", name=unit.name)
        shelf = self._desk.catalog.unit(unit.unit_id, self._desk.clock.now())
        day = trace.use_by or trace.best_before
        is_best, is_again = trace.use_by is None and bool(day), is_marked(unit)
        return Piece(shelf or unit, day, is_best, weight, is_again=is_again)

    def ladder(self, unit: SellingUnit) -> Ladder | None:
        """Return the ladder of goods; None where they have none."""
        parents = {
            x.category_id: x.parent_id
            for x in self._desk.catalog.categories()
            if x.parent_id
        }
        items = (unit.item_id, unit.parent_id or "")
        return ladder_for(self.ladders(), items, unit.category_id or "", parents)

    def propose(self, piece: Piece) -> Proposal:
        """Return what a piece costs by its ladder at this moment.

        Raises:
            UserError: "markdown_no_day", "markdown_no_price", "markdown_expired",
                "markdown_never", "markdown_no_ladder", "markdown_too_early" with
                the moment from which it may, or "markdown_at_floor".
        """
        unit, day, now = piece.unit, piece.day, self.now()
        name = unit.name_in(current_language())
        if unit.price is None:
            raise UserError("markdown_no_price", name=name)
        if unit.discount_cap is not None and not unit.discount_cap.millionths:
            raise UserError("markdown_never", name=name)
        if day is None:
            raise UserError("markdown_no_day", name=name)
        if day < now.date():
            raise UserError("markdown_expired", name=name, day=day.isoformat())
        ladder = self.ladder(unit)
        if ladder is None:
            raise UserError("markdown_no_ladder", name=name)
        rung = ladder.rung_at(day, now)
        if rung is None:
            first = ladder.rungs[0].begins(day)
            raise UserError(
                "markdown_too_early", name=name, since=f"{first:%m-%d %H:%M}"
            )
        cost = self._cost_minor(unit)
        return propose(
            ladder,
            rung,
            of_piece(unit.price.minor, piece),
            None if cost is None else of_piece(cost, piece),
            of_piece(unit.floor_minor, piece),
        )

    def wish(self, piece: Piece, proposal: Proposal) -> LabelWish:
        """Return the labels of a piece at its proposed price."""
        assert piece.day is not None
        grams = 0
        if piece.weight is not None:
            scale = {"GRM": Decimal(1), "HGM": Decimal(100)}.get(piece.unit.unit_code)
            grams = int(piece.weight * (scale or 1000))
        unit = piece.unit
        marked = MarkedLabel(
            number_of("" if grams else unit.barcode, unit.sku),
            proposal.minor,
            piece.day,
            piece.is_best_before,
            grams,
        )
        return LabelWish(
            unit.unit_id,
            piece.count,
            LabelUse.MARKDOWN,
            before_minor=proposal.before_minor,
            marked=marked,
        )

    def now(self) -> datetime:
        """Return the wall clock of the shop, without its zone."""
        zone = ZoneInfo(self._desk.shop.time_zone)
        return self._desk.clock.now().at(zone).replace(tzinfo=None)

    def _cost_minor(self, unit: SellingUnit) -> int | None:
        item = self._desk.catalog.listing.item(unit.item_id)
        drafts = item.units if item else ()
        found = (x.cost_minor for x in drafts if x.unit_id == unit.unit_id)
        return next(found, None)

    # ------------------------------------------------------------------- printing

    def printing(
        self, wishes: Sequence[LabelWish], *, on_slips: bool = False
    ) -> Callable[[], ReadyLabels]:
        """Return what makes labels ready, on any thread; see `LabelService.printing`."""
        return self._labels.printing(wishes, on_slips=on_slips)

    def begin_mark(
        self, ready: ReadyLabels, marked: Sequence[tuple[Piece, Proposal]]
    ) -> Future[int]:
        """Queue labels and journal what was marked down, in one transaction."""
        desk, stamp = self._desk, self._desk.stamp()
        bodies = [self._body(piece, proposal) for piece, proposal in marked]

        def work(unit: UnitOfWork) -> int:
            for job in ready.jobs:
                unit.add_print_job(job)
            for body in bodies:
                unit.append(EntryKind.GOODS_MARKED_DOWN, body, stamp)
            return ready.count

        future = desk.record(work)
        future.add_done_callback(lambda _done: desk.devices.wake())
        return future

    def _body(self, piece: Piece, proposal: Proposal) -> dict[str, object]:
        ladder = self.ladder(piece.unit)
        return {
            "outcome": "made",
            "sku": piece.unit.sku,
            "name": piece.unit.name,
            "again": piece.is_again,
            "cost_minor": proposal.cost_minor,
            "count": piece.count,
            "weight": str(piece.weight) if piece.weight is not None else "",
            "use_by": piece.day.isoformat() if piece.day else "",
            "before_minor": proposal.before_minor,
            "minor": proposal.minor,
            "floor_minor": proposal.floor_minor,
            "off": str(proposal.rung.off),
            "ladder": ladder.target or "all" if ladder else "",
            "version": ladder.version if ladder else 0,
        }


def _weight_by_price(found: Scanned) -> Decimal | None:
    """Return the weight of a pack whose label says its price only, to the gram."""
    price = found.unit.price
    if found.total_minor is None or price is None or not price.minor:
        return None
    return Decimal(divide(found.total_minor * 1000, price.minor)).scaleb(-3)


def of_piece(minor: int, piece: Piece) -> int:
    """Return what a piece costs at a price of one unit: a pack by its weight."""
    if piece.weight is None:
        return minor
    return divide(minor * to_thousandths(piece.weight), 1000)
