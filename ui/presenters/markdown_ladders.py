"""The ladders in the back office: how much comes off when, and the floor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from typing_extensions import override

from pos_app.documents.promotion_speech import phrases_of
from pos_app.domain.markdown import RUNGS_LIMIT, LadderTarget
from pos_app.errors import GuitaiError
from pos_app.i18n import N_, _, current_language
from pos_app.ports.catalog_changes import CatalogChange
from pos_app.values.percentage import Percentage
from ui.presenters.markdown_ladder_draft import LadderDraft, StepDraft, off_text
from ui.presenters.office_book import OfficeBook
from ui.presenters.office_form_state import (
    FieldKind,
    FieldView,
    OfficeKey,
    OfficeRow,
    Option,
)
from ui.presenters.promotion_off import off_hint

if TYPE_CHECKING:
    from ui.presenters.markdown import MarkdownPart

_PROBLEMS = {
    "ladder_days": "days_0",
    "ladder_hour": "hour_0",
    "ladder_percentage": "off_0",
    "ladder_order": "off_0",
    "ladder_floor": "above",
}


class LadderBook(OfficeBook[LadderDraft]):
    """Lists the ladders: of all goods, of categories, of single items."""

    key = "ladders"
    title = N_("Ladders")
    icon = "percent"
    add_words = N_("Add a ladder")
    can_order = False
    part: MarkdownPart
    ADD, LESS, DROP = "rungAdd", "rungLess", "ladderDrop"

    @override
    def rows(self, wanted: str) -> tuple[OfficeRow, ...]:
        said = phrases_of(current_language()).percentage
        return tuple(
            OfficeRow(
                x.target or "all",
                self._target(x.target),
                " · ".join(said(step.off) for step in x.rungs),
                "" if x.is_on else _("off"),
                not x.is_on,
            )
            for x in self.part.service.ladders()
        )

    @override
    def read(self, key: str) -> LadderDraft | None:
        target = "" if key == "all" else key
        found = (x for x in self.part.service.ladders() if x.target == target)
        ladder = next(found, None)
        return LadderDraft.of(ladder) if ladder is not None else None

    @override
    def blank(self, wanted: str) -> LadderDraft:
        known = {x.target for x in self.part.service.ladders()}
        free = (key for key, _words in self._targets() if key not in known)
        usual = (("1", "00:00", "20"), ("0", "00:00", "30"), ("0", "19:00", "50"))
        steps = tuple(
            StepDraft(days, hour, off_text(Percentage.parse(off)))
            for days, hour, off in usual
        )
        return LadderDraft(next(free, LadderTarget.EVERYTHING), steps)

    @override
    def name(self, draft: LadderDraft) -> str:
        return self._target(draft.target)

    @override
    def fields(self, draft: LadderDraft, *, is_new: bool) -> Sequence[FieldView]:
        fields: list[FieldView] = []
        if is_new:
            options = [Option(key or "all", words) for key, words in self._targets()]
            if draft.target.startswith(LadderTarget.ITEM):
                options.append(Option(draft.target, self._target(draft.target)))
            fields += [
                FieldView(
                    FieldKind.PICK,
                    "target",
                    _("For which goods"),
                    draft.target or "all",
                    options=tuple(options),
                ),
                FieldView(
                    FieldKind.NOTE,
                    "scan",
                    detail=_("For a single item, scan it. The nearest ladder holds."),
                ),
            ]
        else:
            on = _("Off: these goods are left out of wider ladders, too")
            is_on = "1" if draft.is_on else ""
            fields.append(
                FieldView(FieldKind.SWITCH, "is_on", _("Marks down"), is_on, on)
            )
        for at, step in enumerate(draft.steps):
            fields += _step_fields(at, step)
        fields += [
            self._step_keys(draft),
            FieldView(FieldKind.HEAD, "floor", _("Floor")),
            FieldView(
                FieldKind.TEXT,
                "above",
                _("Never below the cost and so many percent of it"),
                draft.above,
                limit=6,
            ),
        ]
        if not is_new:
            drop = OfficeKey(self.DROP, _("Take this ladder away"), "trash", True)
            fields.append(FieldView(FieldKind.KEYS, "drop", keys=(drop,)))
        return fields

    def _step_keys(self, draft: LadderDraft) -> FieldView:
        full = _("A ladder has at most {limit} steps.", limit=RUNGS_LIMIT)
        last = _("A ladder has a step at least")
        return FieldView(
            FieldKind.KEYS,
            "steps",
            keys=(
                OfficeKey(
                    self.ADD,
                    _("Add a step"),
                    "plus",
                    reason=full if len(draft.steps) >= RUNGS_LIMIT else "",
                ),
                OfficeKey(
                    self.LESS,
                    _("Without the last step"),
                    "minus",
                    reason=last if len(draft.steps) < 2 else "",
                ),
            ),
        )

    def _targets(self) -> list[tuple[str, str]]:
        tag = current_language()
        found = self.work.counter.desk.catalog.categories()
        return [
            (LadderTarget.EVERYTHING, _("All goods")),
            *(
                (f"{LadderTarget.CATEGORY}{x.category_id}", x.name_in(tag))
                for x in found
            ),
        ]

    def _target(self, target: str) -> str:
        known = dict(self._targets())
        if target in known:
            return known[target]
        item_id = target.removeprefix(LadderTarget.ITEM)
        item = self.work.counter.desk.catalog.listing.item(item_id)
        return item.name if item is not None else _("no longer sold")

    # ----------------------------------------------------------------- changing

    @override
    def edited(self, draft: LadderDraft, key: str, value: str) -> LadderDraft:
        if key == "target":
            return replace(draft, target="" if value == "all" else value)
        if key == "is_on":
            return replace(draft, is_on=bool(value))
        if key == "above":
            return replace(draft, above=value)
        name, _gap, at = key.partition("_")
        steps = list(draft.steps)
        changes = {name: value}
        steps[int(at)] = replace(steps[int(at)], **changes)
        return replace(draft, steps=tuple(steps))

    @override
    def saving(self, draft: LadderDraft, *, is_new: bool) -> tuple[str, CatalogChange]:
        return draft.target or "all", self.part.service.put(draft.ladder())

    @override
    def problem_field(self, error: GuitaiError) -> str:
        return _PROBLEMS.get(error.key, "")


def _step_fields(at: int, step: StepDraft) -> Sequence[FieldView]:
    texts = (
        ("days", _("Days before the last day"), step.days, 2),
        ("hour", _("From this hour on"), step.hour, 5),
        ("off", off_hint("percentage", current_language(), ""), step.off, 5),
    )
    return (
        FieldView(FieldKind.HEAD, f"step_{at}", _("Step {number}", number=at + 1)),
        *(
            FieldView(FieldKind.TEXT, f"{key}_{at}", label, value, limit=limit)
            for key, label, value, limit in texts
        ),
    )
