"""Taxes in the back office: categories, the rates of today and those announced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from typing_extensions import override

from pos_app.domain.rate_change import RateDraft
from pos_app.domain.tax import TaxCategory, TaxRate
from pos_app.errors import GuitaiError, UserError
from pos_app.i18n import N_, _, current_language
from pos_app.ports.catalog_changes import CatalogChange
from pos_app.services.tax_rules import TAX_NAME_LIMIT
from pos_app.values.percentage import Percentage
from pos_app.values.times import Timestamp
from ui.format import day_text
from ui.presenters.office_book import OfficeBook
from ui.presenters.office_form_state import (
    FieldKind,
    FieldView,
    OfficeKey,
    OfficeRow,
    Option,
)
from ui.presenters.question_state import Answer, Question

_DROP = "drop_"
_PROBLEMS = {
    "tax_name_missing": "name",
    "tax_name_taken": "name",
    "percentage_unreadable": "rate",
    "tax_rate_refused": "rate",
    "tax_from_past": "from_day",
    "day_unreadable": "from_day",
}


@dataclass(frozen=True, slots=True)
class TaxForm:
    """A category as it stands in the form.

    Attributes:
        category: as stored; an empty one for a new category.
        name: as typed. replaces: code of the rate that changes.
        rate, from_day: of the rate that begins, as typed; "" for none.
    """

    category: TaxCategory
    name: str
    replaces: str = ""
    rate: str = ""
    from_day: str = ""


class TaxBook(OfficeBook[TaxForm]):
    """Lists tax categories."""

    key = "taxes"
    title = N_("Taxes")
    icon = "percent"
    add_words = N_("Add a tax category")
    can_order = False

    @override
    def rows(self, wanted: str) -> tuple[OfficeRow, ...]:
        now = self._now()
        found = []
        for category in self.work.counter.taxes.categories():
            rates = category.rates_at(now)
            words = " + ".join(str(x.percentage) for x in rates) or _("no tax")
            planned = [x for x in category.rates if _is_planned(x, now)]
            mark = _("changes {day}", day=self._day(planned[0])) if planned else ""
            name = category.name_in(current_language())
            found.append(OfficeRow(category.key, name, words, mark))
        return tuple(found)

    @override
    def read(self, key: str) -> TaxForm | None:
        for category in self.work.counter.taxes.categories():
            if category.key == key:
                rates = category.rates_at(self._now())
                code = rates[0].code if rates else ""
                tomorrow = self.work.counter.desk.business_day() + timedelta(days=1)
                name = category.name_in(current_language())
                return TaxForm(category, name, code, "", tomorrow.isoformat())
        return None

    @override
    def blank(self, wanted: str) -> TaxForm:
        return TaxForm(TaxCategory("", "", ()), "")

    @override
    def name(self, draft: TaxForm) -> str:
        return draft.name or _("A new tax category")

    @override
    def fields(self, draft: TaxForm, *, is_new: bool) -> Sequence[FieldView]:
        label = _("Name of the category")
        name = FieldView(
            FieldKind.TEXT, "name", label, draft.name, limit=TAX_NAME_LIMIT
        )
        if is_new:
            rate = _("Rate in per cent, empty for no tax")
            return (name, FieldView(FieldKind.TEXT, "rate", rate, draft.rate, limit=10))
        now = self._now()
        rates = tuple(
            Option(self._span(x, now), _rate_words(x)) for x in draft.category.rates
        )
        found = [
            name,
            FieldView(FieldKind.HEAD, "history", _("Rates, old and to come")),
            FieldView(
                FieldKind.FACTS, "rates", options=rates or (Option("–", _("no tax")),)
            ),
        ]
        planned = [x for x in draft.category.rates if _is_planned(x, now)]
        keys = [
            OfficeKey(
                _DROP + x.code, _("Take back {rate}", rate=str(x.percentage)), "x", True
            )
            for x in planned
        ]
        keys.append(OfficeKey("delete", _("Delete the category"), "trash", True))
        found += self._change(draft, now)
        found.append(FieldView(FieldKind.KEYS, "tax_keys", keys=tuple(keys)))
        return found

    def _change(self, draft: TaxForm, now: Timestamp) -> list[FieldView]:
        rates = draft.category.rates_at(now)
        found = [FieldView(FieldKind.HEAD, "change", _("Another rate from a day on"))]
        if len(rates) > 1:
            options = tuple(Option(x.code, f"{x.name} {x.percentage}") for x in rates)
            label = _("Which rate changes")
            found.append(
                FieldView(
                    FieldKind.PICK, "replaces", label, draft.replaces, options=options
                )
            )
        found += [
            FieldView(
                FieldKind.TEXT, "rate", _("New rate in per cent"), draft.rate, limit=10
            ),
            FieldView(
                FieldKind.TEXT,
                "from_day",
                _("From the business day, such as {day}", day="2027-01-31"),
                draft.from_day,
                limit=10,
            ),
            FieldView(
                FieldKind.NOTE,
                "rate_note",
                detail=_(
                    "Until then the old rate holds. Finished documents keep the rate "
                    "that they were sold with."
                ),
            ),
        ]
        return found

    @override
    def edited(self, draft: TaxForm, key: str, value: str) -> TaxForm:
        changes = {key: value}
        return replace(draft, **changes)  # type: ignore[arg-type]

    @override
    def saving(self, draft: TaxForm, *, is_new: bool) -> tuple[str, CatalogChange]:
        taxes, typed = self.work.counter.taxes, draft.rate.strip()
        percentage = Percentage.parse(typed) if typed else None
        if is_new:
            return taxes.add(draft.name, percentage)
        key = draft.category.key
        if percentage is None:
            return key, taxes.rename(key, draft.name)
        if draft.name != draft.category.name_in(current_language()):
            raise UserError("tax_one_at_a_time")
        rate = RateDraft(
            percentage, _typed_day(draft.from_day), replaces=draft.replaces
        )
        return key, taxes.set_rate(key, rate)

    @override
    def problem_field(self, error: GuitaiError) -> str:
        return _PROBLEMS.get(error.key, "")

    @override
    def act(self, draft: TaxForm, key: str) -> None:
        if self.part.holds():
            return
        taxes, category = self.work.counter.taxes, draft.category
        if key.startswith(_DROP):
            code = key.removeprefix(_DROP)
            said = _("The announced rate is taken back")
            self.part.change_now(
                lambda: taxes.drop_planned(category.key, code),
                lambda: self.part.frame.say(said),
            )
            return
        question = Question(
            "trash",
            _("Delete the category {name}?", name=draft.name),
            _("This works only while no item is of it."),
            (
                Answer("leave", _("Leave it"), "x"),
                Answer("go", _("Delete it"), "trash", True),
            ),
        )
        self.part.ask(
            question, lambda x: self._delete(category.key) if x == "go" else None
        )

    def _delete(self, key: str) -> None:
        taxes = self.work.counter.taxes
        self.part.change_now(lambda: taxes.delete(key), self.part.close_form)

    def _now(self) -> Timestamp:
        return self.work.counter.desk.clock.now()

    def _day(self, rate: TaxRate) -> str:
        assert rate.period.start is not None
        return day_text(rate.period.start.at(self.work.zone).date())

    def _span(self, rate: TaxRate, now: Timestamp) -> str:
        """Say when a rate is in force."""
        period, zone = rate.period, self.work.zone
        start = period.start.at(zone).date().isoformat() if period.start else ""
        end = period.end.at(zone).date().isoformat() if period.end else ""
        if not start and not end:
            return _("always")
        if _is_planned(rate, now):
            return _("from {day}, announced", day=start)
        if not end:
            return _("since {day}", day=start)
        return _("until {day}", day=end)


def _rate_words(rate: TaxRate) -> str:
    """Name a rate; many names say the percentage already."""
    percentage = str(rate.percentage)
    name = dict(rate.names).get(current_language(), rate.name)
    return name if percentage in name else f"{name} · {percentage}"


def _is_planned(rate: TaxRate, now: Timestamp) -> bool:
    return rate.period.start is not None and rate.period.start > now


def _typed_day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip().replace("/", "-"))
    except ValueError as error:
        raise UserError("day_unreadable", text=text[:20]) from error
