"""Segments in the back office: who belongs to them, and how many that are."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from pos_app.domain.campaign.segment import LONGEST_TAG, SegmentMetric
from pos_app.domain.item import Category
from pos_app.errors import GuitaiError
from pos_app.i18n import N_, _, current_language
from ui.presenters import segment_draft
from ui.presenters.campaign_words import (
    COMPARISONS,
    GROUPS,
    METRICS,
    members_words,
)
from ui.presenters.ledger_form import LedgerBook
from ui.presenters.office_form_state import (
    FieldKind,
    FieldView,
    OfficeKey,
    OfficeRow,
    Option,
)
from ui.presenters.segment_draft import (
    BABY,
    CATEGORY,
    GROUP,
    HIGH_VALUE,
    LEAVING,
    SegmentDraft,
)

if TYPE_CHECKING:
    from ui.presenters.campaigns import CampaignsPart

COUNT, REFRESH = "count", "refresh"
#: Categories that a form offers; those that are chosen come first.
MOST_CATEGORIES = 40
_FIELD_OF = {"tests": "metric0", "segment_tag_taken": "tag"}
_UNITS = {
    SegmentMetric.SPEND: N_("Amount"),
    SegmentMetric.AVERAGE: N_("Amount"),
}


class SegmentBook(LedgerBook[SegmentDraft]):
    """Lists the groups of customers and how many members carry their tags."""

    key = "segments"
    title = N_("Segments")
    icon = "users"
    add_words = N_("New segment")

    part: CampaignsPart

    # ------------------------------------------------------------------ reading

    @override
    def rows(self, wanted: str) -> tuple[OfficeRow, ...]:
        found = []
        for each in self.work.counter.segments.list():
            rule = each.version.rule
            is_on = rule is not None and rule.is_on
            found.append(
                OfficeRow(
                    each.version.segment_id,
                    each.version.name,
                    rule.tag if rule else "",
                    members_words(each.members) if is_on else _("off"),
                    is_off=not is_on,
                )
            )
        return tuple(found)

    @override
    def list_keys(self) -> tuple[OfficeKey, ...]:
        reason = _("Counting") if self.part.is_counting else ""
        words = _("Count all anew")
        return (OfficeKey(REFRESH, words, "arrow-counter-clockwise", reason=reason),)

    @override
    def read(self, key: str) -> SegmentDraft | None:
        for each in self.work.counter.segments.list():
            rule = each.version.rule
            if each.version.segment_id == key and rule is not None:
                return segment_draft.draft_of(rule, self.work.currency)
        return None

    @override
    def blank(self, wanted: str) -> SegmentDraft:
        return SegmentDraft(self.work.counter.segments.new_id())

    @override
    def name(self, draft: SegmentDraft) -> str:
        return draft.name or _("A new segment")

    # ------------------------------------------------------------------- fields

    @override
    def fields(self, draft: SegmentDraft, *, is_new: bool) -> Sequence[FieldView]:
        return [
            *(self._presets(draft) if is_new else self._standing(draft)),
            _text("name", _("What it is called"), draft.name),
            _text("tag", _("Tag that its members carry"), draft.tag, LONGEST_TAG),
            *self._tests(draft),
            _text("days", _("Days that count; empty for all"), draft.days, 4),
            *self._goods(draft),
            *self._groups(draft),
            _switch(
                "is_on",
                _("In use"),
                _("Off: nobody carries its tag"),
                is_on=draft.is_on,
            ),
        ]

    def _presets(self, draft: SegmentDraft) -> list[FieldView]:
        if draft.name:
            return []
        keys = (
            OfficeKey(HIGH_VALUE, _("High value"), "crown"),
            OfficeKey(LEAVING, _("About to leave"), "timer"),
            OfficeKey(BABY, _("Parents of a baby"), "package"),
        )
        return [FieldView(FieldKind.KEYS, "presets", keys=keys)]

    def _standing(self, draft: SegmentDraft) -> list[FieldView]:
        keys = (OfficeKey(COUNT, _("Who would be in it today"), "users"),)
        found = [FieldView(FieldKind.KEYS, "keys", keys=keys)]
        count = self.part.size_of(draft)
        if count is not None:
            rows = (Option(_("Would be in it today"), members_words(count)),)
            found.insert(0, FieldView(FieldKind.FACTS, "facts", options=rows))
        return found

    def _tests(self, draft: SegmentDraft) -> list[FieldView]:
        found = [FieldView(FieldKind.HEAD, "tests", _("All of this must be so"))]
        metrics = (
            Option("", _("nothing more")),
            *(Option(x.value, _(words)) for x, words in METRICS.items()),
        )
        comparisons = tuple(Option(x.value, _(w)) for x, w in COMPARISONS.items())
        for number, test in enumerate(draft.tests):
            found.append(
                FieldView(
                    FieldKind.PICK,
                    f"metric{number}",
                    _("What is measured"),
                    test.metric,
                    options=metrics,
                )
            )
            if not test.metric:
                break
            unit = _(_UNITS.get(SegmentMetric(test.metric), N_("Number")))
            found += [
                FieldView(
                    FieldKind.CHOICE,
                    f"comparison{number}",
                    "",
                    test.comparison,
                    options=comparisons,
                ),
                _text(f"value{number}", unit, test.value, 12),
            ]
        return found

    def _goods(self, draft: SegmentDraft) -> list[FieldView]:
        words = _("Only goods of some categories")
        detail = _("With everything below them: baby goods, for example")
        found = [_switch("by_goods", words, detail, is_on=draft.by_goods)]
        if not draft.by_goods:
            return found
        language = current_language()
        every = self.work.counter.desk.catalog.categories()
        chosen = [x for x in every if x.category_id in draft.category_ids]
        others = [x for x in every if x.category_id not in draft.category_ids]
        paths = {x.category_id: x for x in every}
        for each in [*chosen, *others][:MOST_CATEGORIES]:
            is_on = each.category_id in draft.category_ids
            above = paths.get(each.parent_id or "")
            detail = _named(above, language) if above else ""
            key = CATEGORY + each.category_id
            found.append(_switch(key, _named(each, language), detail, is_on=is_on))
        return found

    def _groups(self, draft: SegmentDraft) -> list[FieldView]:
        words = _("Only some groups by recency, frequency and money")
        detail = _("The shop's own members, cut into fifths each night")
        found = [_switch("by_groups", words, detail, is_on=draft.by_groups)]
        if draft.by_groups:
            sizes = self.work.counter.segments.group_sizes()
            found += [
                _switch(
                    GROUP + group.value,
                    _(words),
                    members_words(sizes[group]),
                    is_on=group.value in draft.groups,
                )
                for group, words in GROUPS.items()
            ]
        return found

    # ----------------------------------------------------------------- changing

    @override
    def edited(self, draft: SegmentDraft, key: str, value: str) -> SegmentDraft:
        return segment_draft.edited(draft, key, value)

    @override
    def keeping(self, draft: SegmentDraft, *, is_new: bool) -> tuple[str, Future[Any]]:
        rule = segment_draft.rule_of(draft, self.work.currency)
        return rule.segment_id, self.work.counter.segments.save(rule)

    @override
    def stored(self) -> None:
        self.part.count_anew()

    @override
    def act(self, draft: SegmentDraft, key: str) -> None:
        self.part.act_on_segment(draft, key)

    @override
    def problem_field(self, error: GuitaiError) -> str:
        if error.key in _FIELD_OF:
            return _FIELD_OF[error.key]
        blank = str(error.params.get("blank", error.params.get("field", "")))
        return _FIELD_OF.get(blank, blank)


def _named(category: Category, language: str) -> str:
    return dict(category.names).get(language, category.name)


def _text(key: str, label: str, value: str, limit: int = 60) -> FieldView:
    return FieldView(FieldKind.TEXT, key, label, value, limit=limit)


def _switch(key: str, label: str, detail: str, *, is_on: bool) -> FieldView:
    return FieldView(FieldKind.SWITCH, key, label, "1" if is_on else "", detail)
