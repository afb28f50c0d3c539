"""Goods that earn more points, or none, in the back office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from typing_extensions import override

from pos_app.domain.loyalty.earn_rule import Multiplier, MultiplierKind
from pos_app.domain.loyalty.programme import Programme
from pos_app.domain.loyalty.shop_calendar import end_of, start_of
from pos_app.errors import GuitaiError, UserError
from pos_app.i18n import N_, _, current_language
from pos_app.ports.catalog_changes import CatalogChange
from pos_app.ports.catalog_editing import ItemDraft
from pos_app.values.times import Period, Timestamp
from ui.presenters.multiplier_typed import day_of, times_of
from ui.presenters.office_book import OfficeBook
from ui.presenters.office_form_state import (
    FieldKind,
    FieldView,
    OfficeKey,
    OfficeRow,
    Option,
)
from ui.presenters.programme_book import EXAMPLE_MINOR, example_words
from ui.presenters.programme_values import percent_of

#: The field of the goods, and what stands before an id in it.
GOODS, CATEGORY, ITEM = "goods", "category:", "item:"
_KINDS = {MultiplierKind.CATEGORY: CATEGORY, MultiplierKind.ITEM: ITEM}
_FOUND = 6
_SEARCH_SIGNS, _DAY_SIGNS = 40, 10


@dataclass(frozen=True, slots=True)
class MultiplierForm:
    """A multiplier as it stands in the form.

    Attributes:
        at: its place among all of the rule; -1 for a new one. base: the rules looked at.
        goods: a category or an item behind its prefix; "" for none yet.
        times, first, last: as typed. search: what goods are looked for, no part of it.
    """

    at: int
    base: Programme
    goods: str = ""
    times: str = "200"
    first: str = ""
    last: str = ""
    search: str = field(default="", compare=False)


class MultiplierBook(OfficeBook[MultiplierForm]):
    """Lists the goods whose points are multiplied."""

    key = "multipliers"
    title = N_("More points")
    icon = "sparkle"
    add_words = N_("Add goods")
    can_order = False

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.work.counter.desk.shop.time_zone)

    @override
    def rows(self, wanted: str) -> tuple[OfficeRow, ...]:
        rules = self.work.counter.programme.current()
        forms = (
            self._form(rules, at, one)
            for at, one in enumerate(_multipliers(rules))
            if one.kind in _KINDS
        )
        return tuple(
            OfficeRow(
                str(form.at),
                self._named(form.goods),
                _days(form),
                _("points × {times}", times=form.times + "%"),
            )
            for form in forms
        )

    @override
    def read(self, key: str) -> MultiplierForm | None:
        rules = self.work.counter.programme.current()
        known = _multipliers(rules)
        if not key.isdecimal() or int(key) >= len(known):
            return None
        one = known[int(key)]
        return self._form(rules, int(key), one) if one.kind in _KINDS else None

    @override
    def blank(self, wanted: str) -> MultiplierForm:
        return MultiplierForm(-1, self.work.counter.programme.current())

    def _form(self, rules: Programme, at: int, one: Multiplier) -> MultiplierForm:
        start, end = one.period.start, one.period.end
        last = Timestamp(end.unix_ms - 1).at(self._zone).date() if end else None
        return MultiplierForm(
            at,
            rules,
            _KINDS[one.kind] + one.key,
            percent_of(one.times),
            start.at(self._zone).date().isoformat() if start else "",
            last.isoformat() if last else "",
        )

    @override
    def name(self, draft: MultiplierForm) -> str:
        return self._named(draft.goods) if draft.goods else _("More points for goods")

    def _named(self, goods: str) -> str:
        catalog = self.work.counter.desk.catalog
        if goods.startswith(ITEM):
            item = catalog.listing.item(goods.removeprefix(ITEM))
            return self._item_name(item) if item is not None else _("no longer sold")
        known = dict(self._categories())
        return known.get(goods) or _("no longer a category")

    def _item_name(self, item: ItemDraft) -> str:
        """Name an item; one that has variants stands for all of them."""
        name = dict(item.names).get(current_language(), item.name)
        if self.work.counter.desk.catalog.listing.heads_of_variants([item.item_id]):
            return _("{name}, all variants", name=name)
        return " ".join(x for x in (name, item.variant) if x)

    def _categories(self) -> Sequence[tuple[str, str]]:
        """Return every category with its name, and that of the one above it."""
        tag = current_language()
        every = self.work.counter.desk.catalog.categories()
        names = {one.category_id: one.name_in(tag) for one in every}
        return [
            (
                CATEGORY + one.category_id,
                " · ".join(
                    name
                    for name in (names.get(one.parent_id or ""), names[one.category_id])
                    if name
                ),
            )
            for one in every
        ]

    # ------------------------------------------------------------------- fields

    @override
    def fields(self, draft: MultiplierForm, *, is_new: bool) -> Sequence[FieldView]:
        text = FieldKind.TEXT
        find = _("Find an item by name or code, or scan it")
        found = [
            FieldView(text, "search", find, draft.search, limit=_SEARCH_SIGNS),
            FieldView(
                FieldKind.PICK,
                GOODS,
                _("For which goods; a category with those below it"),
                draft.goods,
                options=tuple(self._options(draft)),
            ),
            FieldView(
                text, "times", _("Points in per cent, 0 for none"), draft.times, limit=6
            ),
            FieldView(
                text,
                "first",
                _("From this day on, empty for always"),
                draft.first,
                limit=_DAY_SIGNS,
            ),
            FieldView(
                text,
                "last",
                _("Until the end of this day, empty for ever"),
                draft.last,
                limit=_DAY_SIGNS,
            ),
        ]
        example = self._example(draft)
        if example:
            found.append(FieldView(FieldKind.NOTE, "example", detail=example))
        if not is_new:
            drop = OfficeKey("drop", _("Take it off the list"), "trash", True)
            found.append(FieldView(FieldKind.KEYS, "multiplier_keys", keys=(drop,)))
        return tuple(found)

    def _options(self, draft: MultiplierForm) -> Sequence[Option]:
        """Return what was looked for, what is chosen, then every category."""
        desk = self.work.counter.desk
        options: dict[str, str] = {}
        if draft.search.strip():
            now = desk.clock.now()
            for unit in desk.catalog.search(draft.search.strip(), now, _FOUND):
                for item_id in filter(None, (unit.parent_id, unit.item_id)):
                    options.setdefault(ITEM + item_id, "")
        if draft.goods.startswith(ITEM):
            options.setdefault(draft.goods, "")
            item = desk.catalog.listing.item(draft.goods.removeprefix(ITEM))
            if item is not None and item.parent_id:
                options.setdefault(ITEM + item.parent_id, "")
        options = {key: self._named(key) for key in options}
        options |= dict(self._categories())
        return [Option(key, words) for key, words in options.items()]

    def _example(self, draft: MultiplierForm) -> str:
        """Say what a sale of these goods earns; nothing where that means none."""
        try:
            one = self._typed(draft)
            rules = _with(draft, one)
        except UserError:
            return ""
        service = self.work.counter.programme
        return example_words(
            service.example(rules, EXAMPLE_MINOR, one), self.work.currency
        )

    # ----------------------------------------------------------------- changing

    @override
    def edited(self, draft: MultiplierForm, key: str, value: str) -> MultiplierForm:
        changes = {key: value}
        return replace(draft, **changes)  # type: ignore[arg-type]

    @override
    def saving(
        self, draft: MultiplierForm, *, is_new: bool
    ) -> tuple[str, CatalogChange]:
        rules = _with(draft, self._typed(draft))
        at = len(_multipliers(rules)) - 1 if is_new else draft.at
        return str(at), self.work.counter.programme.changing(rules)

    def _typed(self, draft: MultiplierForm) -> Multiplier:
        prefix = ITEM if draft.goods.startswith(ITEM) else CATEGORY
        key = draft.goods.removeprefix(prefix)
        if not key:
            raise UserError("programme_goods")
        kind = MultiplierKind.ITEM if prefix == ITEM else MultiplierKind.CATEGORY
        first, last = day_of(draft.first, "first"), day_of(draft.last, "last")
        if first and last and last < first:
            raise UserError("programme_days_order")
        period = Period(
            start_of(first, self._zone) if first else None,
            end_of(last, self._zone) if last else None,
        )
        return Multiplier(kind, key, times_of(draft.times), period)

    @override
    def problem_field(self, error: GuitaiError) -> str:
        if error.key in ("programme_number", "programme_day"):
            return str(error.params.get("field", ""))
        known = {"programme_goods": GOODS, "programme_days_order": "last"}
        return known.get(error.key, "")

    @override
    def act(self, draft: MultiplierForm, key: str) -> None:
        if key != "drop" or self.part.holds():
            return
        rules, service = _with(draft, None), self.work.counter.programme
        self.part.change_now(lambda: service.changing(rules), self.part.close_form)


def _multipliers(rules: Programme) -> tuple[Multiplier, ...]:
    return rules.earn.multipliers if rules.earn else ()


def _with(draft: MultiplierForm, one: Multiplier | None) -> Programme:
    """Return the rules with a multiplier in its place; None takes it out."""
    earn = draft.base.earn
    if earn is None:
        raise UserError("programme_earns_nothing")
    known = list(earn.multipliers)
    at = slice(draft.at, draft.at + 1) if draft.at >= 0 else slice(len(known), None)
    known[at] = [one] if one else []
    return replace(draft.base, earn=replace(earn, multipliers=tuple(known)))


def _days(form: MultiplierForm) -> str:
    """Say when a multiplier holds; nothing for always."""
    if form.first and form.last:
        return _("{first} to {last}", first=form.first, last=form.last)
    if form.first:
        return _("from {first} on", first=form.first)
    return _("until {last}", last=form.last) if form.last else ""
