"""Promotions: written, started, stopped; what was ever started is never edited.

A promotion has versions, a version has runs. A change is one transaction of the
catalogue with its entry in the journal; baskets that are open keep the promotions of
their own moment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pos_app.domain.permission import Demand, Permission
from pos_app.domain.promotion.book import PromotionBook
from pos_app.domain.promotion.checks import refuse_unsound
from pos_app.domain.promotion.doubts import Doubt
from pos_app.domain.promotion.promotion import Promotion
from pos_app.errors import UserError
from pos_app.ports.catalog_changes import CatalogChange
from pos_app.ports.journal_notes import JournalNote
from pos_app.ports.promotion_uses import UsedInAll
from pos_app.ports.promotions import PromotionRun, PromotionVersion
from pos_app.ports.shop_editing import ShopEditor
from pos_app.services.desk import Desk
from pos_app.services.promotion_changes import (
    begin_run,
    ended_run,
    next_version,
    promotion_told,
    refuse_changed,
    stored_version,
    to_come,
    told_change,
    was_started,
    while_of,
    write_draft,
)
from pos_app.services.promotion_list import ListedPromotion, PromotionState, listed
from pos_app.values.times import Period, Timestamp

__all__ = [
    "ListedPromotion",
    "PromotionService",
    "PromotionState",
    "VersionHistory",
]


@dataclass(frozen=True, slots=True)
class VersionHistory:
    """A version and its runs, the oldest first."""

    version: PromotionVersion
    runs: tuple[PromotionRun, ...]


class PromotionService:
    """Reads and changes promotions; used from the screen's thread."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # ------------------------------------------------------------------ reading

    def list(self) -> tuple[ListedPromotion, ...]:
        """Return every promotion: active, to come, drafts, stopped, over, unknown."""
        catalog, now = self._desk.catalog, self._desk.clock.now()
        used = self._desk.ledger.promotion_uses.in_all()
        runs: dict[str, list[PromotionRun]] = {}
        for run in catalog.promotion_runs():
            runs.setdefault(run.promotion_id, []).append(run)
        versions: dict[str, list[PromotionVersion]] = {}
        for version in catalog.promotion_versions():
            versions.setdefault(version.promotion_id, []).append(version)
        found = [
            listed(each, runs.get(key, []), now, used.get(key, UsedInAll()))
            for key, each in versions.items()
        ]
        order = list(PromotionState)
        return tuple(
            sorted(found, key=lambda x: (order.index(x.state), x.name, x.promotion_id))
        )

    def get(self, promotion_id: str) -> ListedPromotion | None:
        """Return one promotion as it stands in the list; None for a stranger."""
        catalog, now = self._desk.catalog, self._desk.clock.now()
        versions = catalog.promotion_versions(promotion_id)
        if not versions:
            return None
        runs = catalog.promotion_runs(promotion_id)
        used = self._desk.ledger.promotion_uses.in_all()
        return listed(versions, runs, now, used.get(promotion_id, UsedInAll()))

    def versions(self, promotion_id: str) -> tuple[VersionHistory, ...]:
        """Return the versions of a promotion with their runs, the newest first."""
        runs = self._desk.catalog.promotion_runs(promotion_id)
        return tuple(
            VersionHistory(each, tuple(x for x in runs if x.version == each.version))
            for each in reversed(self._desk.catalog.promotion_versions(promotion_id))
        )

    def active(self, moment: Timestamp | None = None) -> PromotionBook:
        """Return the promotions that hold at a moment; now, where none is given."""
        return self._desk.catalog.promotion_book(moment or self._desk.clock.now())

    def doubts(
        self, promotion: Promotion, until: Timestamp | None = None
    ) -> tuple[Doubt, ...]:
        """Return what a person should look at before it is started.

        Args:
            promotion: as it stands in the editor; it need not be stored.
            until: the end that is meant for its run; None for none.
        """
        from pos_app.services.promotion_doubts import look_around

        return look_around(self._desk, promotion, until)

    def new_id(self) -> str:
        """Return the id of a promotion that is about to be written."""
        return self._desk.ids.new()

    def next_version(self, promotion_id: str) -> int:
        """Return which version `save_draft` would write."""
        return next_version(self._desk.catalog, promotion_id)

    # ------------------------------------------------------------------ changes

    def save_draft(
        self, promotion: Promotion, seen: str | None = None
    ) -> CatalogChange:
        """Return the change that writes a draft: a new version where one was started.

        Args:
            promotion: with its id, or one of `new_id`; its version is given here.
            seen: the newest version's text as it was opened; None for whatever
                stands there.

        Raises:
            ApprovalNeeded: "not_permitted".
            UserError: what `refuse_unsound` says; from the edit "promotion_changed".
        """
        desk = self._desk
        assert promotion.promotion_id
        self._let_write(promotion.promotion_id)
        refuse_unsound(promotion)
        stamp = desk.stamp()

        def edit(editor: ShopEditor) -> Sequence[JournalNote]:
            refuse_changed(editor, promotion.promotion_id, seen)
            return write_draft(desk.ids, stamp, editor, promotion)

        return CatalogChange(stamp, edit)

    def _let_write(self, promotion_id: str) -> None:
        """Let somebody write who may; a draft changes no price, so no second person."""
        self._desk.session.clear(Demand(Permission.PROMOTIONS, promotion_id))

    def throw_away(self, promotion_id: str) -> CatalogChange:
        """Return the change that forgets the draft of a promotion.

        Raises:
            ApprovalNeeded: "not_permitted".
            UserError: from the edit "promotion_gone", and "promotion_is_running"
                where the newest version was ever started.
        """
        desk = self._desk
        self._let_write(promotion_id)
        stamp = desk.stamp()

        def edit(editor: ShopEditor) -> Sequence[JournalNote]:
            versions = editor.promotion_versions(promotion_id)
            if not versions:
                raise UserError("promotion_gone")
            newest = versions[-1]
            if was_started(newest.version, editor.promotion_runs(promotion_id)):
                raise UserError("promotion_is_running", blank="when")
            editor.drop_promotion_version(promotion_id, newest.version)
            known = newest.promotion
            before = promotion_told(known) if known else {"kind": newest.kind}
            return [told_change(desk.ids, stamp, newest, "throw_away", (before, None))]

        return CatalogChange(stamp, edit)

    def start(
        self,
        promotion_id: str,
        version: int,
        at: Timestamp | None = None,
        until: Timestamp | None = None,
        seen: str | None = None,
    ) -> CatalogChange:
        """Return the change that starts a version; one before it ends there.

        Args:
            promotion_id: of what.
            version: which version.
            at: from when on; None for now.
            until: None for no end but that of its schedule.
            seen: as in `save_draft`.

        Raises:
            ApprovalNeeded: "not_permitted".
            UserError: "promotion_start_past", "promotion_end_past"; from the edit
                "promotion_gone", "promotion_unknown_kind", "promotion_over",
                "promotion_is_running", "promotion_changed", and what
                `refuse_unsound` says.
        """
        desk = self._desk
        clearance = desk.allow(Demand(Permission.PROMOTIONS, promotion_id))
        stamp = desk.stamp()
        begins = stamp.at if at is None else at
        if begins < stamp.at:
            raise UserError("promotion_start_past", blank="when")
        if until is not None and until <= begins:
            raise UserError("promotion_end_past", blank="when")
        run = PromotionRun(
            run_id=desk.ids.new(),
            promotion_id=promotion_id,
            version=version,
            period=Period(begins, until),
            started_by=stamp.actor,
            started_approved_by=clearance.approved_by,
            made_at=stamp.at,
        )

        def edit(editor: ShopEditor) -> Sequence[JournalNote]:
            refuse_changed(editor, promotion_id, seen)
            return begin_run(desk.ids, stamp, editor, run)

        return CatalogChange(stamp, edit)

    def stop(self, promotion_id: str, at: Timestamp | None = None) -> CatalogChange:
        """Return the change that ends a promotion, now or at a moment.

        Raises:
            ApprovalNeeded: "not_permitted".
            UserError: "promotion_start_past" for a moment that is over; from the
                edit "promotion_not_running", and "promotion_end_past" where it ends
                before that moment anyway.
        """
        desk = self._desk
        clearance = desk.allow(Demand(Permission.PROMOTIONS, promotion_id))
        stamp = desk.stamp()
        ends = stamp.at if at is None else at
        if ends < stamp.at:
            raise UserError("promotion_start_past", blank="when")

        def edit(editor: ShopEditor) -> Sequence[JournalNote]:
            runs = editor.promotion_runs(promotion_id)
            running = [x for x in runs if x.period.covers(stamp.at)]
            if not running:
                raise UserError("promotion_not_running", blank="when")
            (run,) = running[-1:]
            if run.period.end is not None and run.period.end <= ends:
                raise UserError("promotion_end_past", blank="when")
            ended = ended_run(run, ends, stamp, clearance.approved_by)
            editor.put_promotion_run(ended)
            stored = stored_version(editor, promotion_id, run.version)
            return [
                told_change(
                    desk.ids, stamp, stored, "stop", (while_of(run), while_of(ended))
                )
            ]

        return CatalogChange(stamp, edit)

    def unschedule(self, promotion_id: str) -> CatalogChange:
        """Return the change that takes back what has not begun.

        Raises:
            ApprovalNeeded: "not_permitted".
            UserError: from the edit "promotion_not_running" where nothing is to come.
        """
        desk = self._desk
        clearance = desk.allow(Demand(Permission.PROMOTIONS, promotion_id))
        stamp = desk.stamp()

        def edit(editor: ShopEditor) -> Sequence[JournalNote]:
            coming = to_come(editor.promotion_runs(promotion_id), stamp.at)
            if not coming:
                raise UserError("promotion_not_running", blank="when")
            notes = []
            for run in coming:
                assert run.period.start is not None
                editor.put_promotion_run(
                    ended_run(run, run.period.start, stamp, clearance.approved_by)
                )
                stored = stored_version(editor, promotion_id, run.version)
                notes.append(
                    told_change(desk.ids, stamp, stored, "stop", (while_of(run), None))
                )
            return notes

        return CatalogChange(stamp, edit)
