"""From when on the reports look at a member or a colleague, in the back office."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import asdict, replace
from typing import Any

from typing_extensions import override

from pos_app.domain.loyalty_report import StateDays
from pos_app.domain.loyalty_suspicion import SuspicionRule
from pos_app.errors import GuitaiError, UserError
from pos_app.i18n import N_, _
from pos_app.services.loyalty_reports import LoyaltyReports, ReportLimits
from ui.presenters.ledger_form import LedgerBook
from ui.presenters.limit_words import LIMIT_NAMES, PER_CENT, limit_text
from ui.presenters.office_form_state import FieldKind, FieldView, OfficeRow
from ui.presenters.programme_values import Typed
from ui.presenters.section_form import SectionForm

_SIGNS = 7
#: Days of ten years; more is nobody's meaning.
_MOST_DAYS, _MOST = 3650, 1_000_000
_NOTES = {
    "states": N_(
        "A member is new in the period of the enrolment, active until the first limit, "
        "at risk until the second one, then lost."
    ),
    "card": N_(
        "A card that is used again and again at one cashier is perhaps the cashier's own, "
        "or a friend's. A colleague's own card is held against the sales of customers "
        "whom nobody knows."
    ),
    "points": N_("Returns and corrections are looked at together with the points."),
    "people": N_("One person may stand behind several members."),
}
#: Groups of limits: title, and what stands in each.
GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "states": (N_("New, at risk, lost"), ("active", "lost")),
    "card": (
        N_("One card at the till"),
        ("card_uses_a_day", "card_share_permille", "card_least"),
    ),
    "points": (
        N_("Points used, changed, owed"),
        (
            "weak_burn_points",
            "adjusted_points",
            "refunds_after_burn",
            "earned_a_day",
            "debt_days",
        ),
    ),
    "people": (
        N_("Who brings, pays, enrols again"),
        ("payers", "ring_least", "phones"),
    ),
}
_DAYS = frozenset({"active", "lost", "debt_days"})
#: Two of something are the least that can look like one person.
_LEAST = {"active": 1, "lost": 1, "payers": 2, "ring_least": 2, "phones": 2}


#: A group as it stands in the form.
LimitForm = SectionForm[ReportLimits]


class LimitBook(LedgerBook[LimitForm]):
    """Lists the groups of limits."""

    key = "limits"
    title = N_("To look at")
    icon = "list-magnifying-glass"

    @property
    def service(self) -> LoyaltyReports:
        """What keeps the limits."""
        return self.work.counter.reports.loyalty

    @override
    def rows(self, wanted: str) -> tuple[OfficeRow, ...]:
        return tuple(OfficeRow(key, _(title)) for key, (title, _x) in GROUPS.items())

    @override
    def read(self, key: str) -> LimitForm | None:
        if key not in GROUPS:
            return None
        limits = self.service.limits()
        now = values_of(limits)
        fields = GROUPS[key][1]
        texts = tuple((field, limit_text(field, now[field])) for field in fields)
        return SectionForm(key, limits, texts)

    @override
    def name(self, draft: LimitForm) -> str:
        return _(GROUPS[draft.section][0])

    @override
    def fields(self, draft: LimitForm, *, is_new: bool) -> Sequence[FieldView]:
        del is_new
        usual = values_of(ReportLimits())
        found = [FieldView(FieldKind.NOTE, "why", detail=_(_NOTES[draft.section]))]
        for key, text in draft.values:
            label = _(
                "{limit} (usual: {number})",
                limit=_(LIMIT_NAMES[key]),
                number=limit_text(key, usual[key]),
            )
            found.append(FieldView(FieldKind.TEXT, key, label, text, limit=_SIGNS))
        proves = _("A finding proves nothing: it names the documents to look at.")
        if draft.section != "states":
            found.append(FieldView(FieldKind.NOTE, "proof", detail=proves))
        return found

    @override
    def edited(self, draft: LimitForm, key: str, value: str) -> LimitForm:
        return draft.with_value(key, value)

    @override
    def keeping(self, draft: LimitForm, *, is_new: bool) -> tuple[str, Future[Any]]:
        del is_new
        typed = draft.typed(self.work.currency)
        numbers = {key: _number(typed, key) for key, _text in draft.values}
        if draft.section == "states":
            limits = replace(draft.base, states=StateDays(**numbers))
        else:
            rule: SuspicionRule = replace(draft.base.suspicions, **numbers)
            limits = replace(draft.base, suspicions=rule)
        return draft.section, self.service.set_limits(limits)

    @override
    def problem_field(self, error: GuitaiError) -> str:
        if error.key == "programme_number":
            return str(error.params.get("field", ""))
        return "lost" if error.key == "member_states_order" else ""


def values_of(limits: ReportLimits) -> dict[str, int]:
    """Return all limits by their names."""
    return {**asdict(limits.states), **asdict(limits.suspicions)}


def _number(typed: Typed, key: str) -> int:
    if key in PER_CENT:
        try:
            millionths = typed.share(key).millionths
        except UserError:
            raise UserError("programme_number", field=key, least=0, most=100) from None
        return millionths // 1000
    most = _MOST_DAYS if key in _DAYS else _MOST
    return typed.number(key, _LEAST.get(key, 0), most)
