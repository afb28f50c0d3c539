"""Tax categories and their dated rates: history stays, the future is announced."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from pos_app.domain.journal import EntryKind
from pos_app.domain.permission import Demand, Permission
from pos_app.domain.rate_change import RateDraft, changed_rates, without_planned
from pos_app.domain.shop import Shop
from pos_app.domain.tax import TaxCategory, TaxRate
from pos_app.errors import UserError
from pos_app.ports.catalog_changes import CatalogChange
from pos_app.ports.journal_notes import JournalNote
from pos_app.ports.ledger import Stamp
from pos_app.ports.shop_editing import ShopEditor
from pos_app.services.catalog_change import change_note
from pos_app.services.desk import Desk
from pos_app.services.typed_text import typed_text
from pos_app.values.percentage import Percentage
from pos_app.values.times import BusinessDay, Timestamp

TAX_NAME_LIMIT = 40
_WHOLE = Percentage(1_000_000)


class TaxRuleService:
    """Changes tax categories (Permission.SETTINGS)."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def categories(self) -> tuple[TaxCategory, ...]:
        """Return the categories with every rate that ever was or will be."""
        return self._desk.shop.rules.tax_categories

    def add(
        self, name: str, percentage: Percentage | None
    ) -> tuple[str, CatalogChange]:
        """Return a new key, and what adds a category whose rate holds since ever.

        Args:
            name: for people.
            percentage: None for goods that bear no tax.

        Raises:
            UserError: "tax_name_missing", "tax_rate_refused"; from the change
                "tax_name_taken".
            ApprovalNeeded: "not_permitted".
        """
        stamp = self._allowed("")
        called = _called(name)
        rates: tuple[TaxRate, ...] = ()
        if percentage is not None:
            _refuse_rate(percentage)
            words = str(percentage)
            rates = (TaxRate(words, words, percentage),)
        made = TaxCategory(self._desk.ids.new(), called, rates)

        def edit(editor: ShopEditor) -> Sequence[JournalNote]:
            present = editor.tax_categories()
            _refuse_taken(present, called, made.key)
            editor.put_tax_categories((*present, made))
            return [self._note(stamp, None, made)]

        return made.key, CatalogChange(stamp, edit)

    def rename(self, key: str, name: str) -> CatalogChange:
        """Return what gives a category another name.

        Raises:
            UserError: "tax_name_missing"; from the change "tax_unknown" or
                "tax_name_taken".
            ApprovalNeeded: "not_permitted".
        """
        stamp = self._allowed(key)
        called = _called(name)

        def edit(editor: ShopEditor) -> Sequence[JournalNote]:
            present = editor.tax_categories()
            before = _find(present, key)
            _refuse_taken(present, called, key)
            return self._put(editor, stamp, before, replace(before, name=called))

        return CatalogChange(stamp, edit)

    def set_rate(self, key: str, draft: RateDraft) -> CatalogChange:
        """Return what lets another rate be in force from a day on.

        Rates of the past stay as they were, and finished documents keep what they
        were sold with. What was announced for later gives way to this.

        Raises:
            UserError: "tax_rate_refused", "tax_from_past" for a day before today;
                from the change "tax_unknown".
            ApprovalNeeded: "not_permitted".
        """
        stamp = self._allowed(key)
        if draft.percentage is not None:
            _refuse_rate(draft.percentage)
        start = self._start(draft.from_day, stamp)

        def edit(editor: ShopEditor) -> Sequence[JournalNote]:
            before = _find(editor.tax_categories(), key)
            after = replace(before, rates=changed_rates(before.rates, draft, start))
            return self._put(editor, stamp, before, after)

        return CatalogChange(stamp, edit)

    def drop_planned(self, key: str, code: str) -> CatalogChange:
        """Return what takes back a rate that is not in force yet.

        Raises:
            UserError: from the change "tax_unknown", or "tax_not_planned" when it
                is in force by now.
            ApprovalNeeded: "not_permitted".
        """
        stamp = self._allowed(key)

        def edit(editor: ShopEditor) -> Sequence[JournalNote]:
            before = _find(editor.tax_categories(), key)
            rates = without_planned(before.rates, code, stamp.at)
            if rates == before.rates:
                raise UserError("tax_not_planned")
            return self._put(editor, stamp, before, replace(before, rates=rates))

        return CatalogChange(stamp, edit)

    def delete(self, key: str) -> CatalogChange:
        """Return what deletes a category that no item is of.

        Raises:
            UserError: "tax_in_basket" for one that lies in a sale not finished;
                from the change "tax_unknown", "tax_last", or "tax_in_use" with how
                many items are of it.
            ApprovalNeeded: "not_permitted".
        """
        stamp = self._allowed(key)
        if key in self._in_baskets():
            raise UserError("tax_in_basket")

        def edit(editor: ShopEditor) -> Sequence[JournalNote]:
            present = editor.tax_categories()
            before = _find(present, key)
            count = editor.items_taxed(key)
            if count:
                raise UserError("tax_in_use", name=before.name, count=count)
            if len(present) == 1:
                raise UserError("tax_last")
            editor.put_tax_categories([x for x in present if x.key != key])
            return [self._note(stamp, before, None)]

        return CatalogChange(stamp, edit)

    def _allowed(self, subject: str) -> Stamp:
        self._desk.allow(Demand(Permission.SETTINGS, subject))
        return self._desk.stamp()

    def _start(self, day: BusinessDay, stamp: Stamp) -> Timestamp:
        """Return when a rate of a day begins: with the day, or now if that is today."""
        if day < stamp.business_day:
            raise UserError("tax_from_past")
        if day == stamp.business_day:
            return stamp.at
        return day_start(self._desk.shop, day)

    def _in_baskets(self) -> set[str]:
        ledger = self._desk.ledger
        waiting = [parked.sale for parked in ledger.parked.all()]
        current = ledger.open_sale()
        sales = [*waiting, *([current] if current else [])]
        return {
            line.unit.tax_category
            for sale in sales
            for line in sale.basket.lines
            if line.unit is not None
        }

    def _put(
        self, editor: ShopEditor, stamp: Stamp, before: TaxCategory, after: TaxCategory
    ) -> Sequence[JournalNote]:
        if before == after:
            return ()
        present = editor.tax_categories()
        editor.put_tax_categories([after if x.key == after.key else x for x in present])
        return [self._note(stamp, before, after)]

    def _note(
        self, stamp: Stamp, before: TaxCategory | None, after: TaxCategory | None
    ) -> JournalNote:
        one = after or before
        assert one is not None
        return change_note(
            self._desk,
            EntryKind.TAX_CHANGED,
            stamp,
            before=_plain(before) if before else None,
            after=_plain(after) if after else None,
            tax=one.key,
        )


def day_start(shop: Shop, day: BusinessDay) -> Timestamp:
    """Return when a business day of a shop begins."""
    zone = ZoneInfo(shop.time_zone)
    return Timestamp.of(
        datetime.combine(day, time(shop.day_starts_at_hour), tzinfo=zone)
    )


def _called(name: str) -> str:
    called = typed_text(name, TAX_NAME_LIMIT)
    if not called:
        raise UserError("tax_name_missing")
    return called


def _refuse_rate(percentage: Percentage) -> None:
    if not Percentage(0) <= percentage <= _WHOLE:
        raise UserError("tax_rate_refused", rate=str(percentage))


def _refuse_taken(present: Iterable[TaxCategory], name: str, key: str) -> None:
    if any(x.name == name and x.key != key for x in present):
        raise UserError("tax_name_taken", name=name)


def _find(present: Iterable[TaxCategory], key: str) -> TaxCategory:
    for category in present:
        if category.key == key:
            return category
    raise UserError("tax_unknown")


def _plain(category: TaxCategory) -> dict[str, object]:
    rates = [
        f"{x.code} {x.percentage} {x.period.start or '…'} – {x.period.end or '…'}"
        for x in category.rates
    ]
    return {"name": category.name, "rates": rates}
