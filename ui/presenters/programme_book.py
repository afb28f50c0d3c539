"""The members' programme in the back office: its rules, section by section."""

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import override

from pos_app.domain.loyalty.programme import Programme
from pos_app.errors import GuitaiError, UserError
from pos_app.i18n import N_, _
from pos_app.ports.catalog_changes import CatalogChange
from pos_app.services.programme import Example, ProgrammeService
from ui.format import day_text, money
from ui.presenters.office_book import OfficeBook
from ui.presenters.office_form_state import FieldView, OfficeRow
from ui.presenters.programme_fields import SECTIONS, fields_of
from ui.presenters.programme_values import applied, values_of
from ui.presenters.section_form import SectionForm

#: What the live example sells: 199.00 in most currencies.
EXAMPLE_MINOR = 19_900
_WITH_EXAMPLE = frozenset({"earn", "burn", "life"})


#: A section of the rules as it stands in the form.
ProgrammeForm = SectionForm[Programme]


class ProgrammeBook(OfficeBook[ProgrammeForm]):
    """Lists the sections of the rules."""

    key = "programme_rules"
    title = N_("Rules")
    icon = "scales"
    can_order = False

    @property
    def service(self) -> ProgrammeService:
        """What reads and changes the rules."""
        return self.work.counter.programme

    @override
    def rows(self, wanted: str) -> tuple[OfficeRow, ...]:
        rules = self.service.current()
        off = {
            "earn": rules.earn is None,
            "burn": rules.burn is None,
            "value": not (rules.value.is_on or rules.value.has_gift_cards),
            "tier_rules": not rules.tiers,
        }
        return tuple(
            OfficeRow(
                key, _(title), _("Off") if off.get(key) else "", "", off.get(key, False)
            )
            for key, title in SECTIONS.items()
        )

    @override
    def read(self, key: str) -> ProgrammeForm | None:
        if key not in SECTIONS:
            return None
        rules = self.service.current()
        values = values_of(key, rules, self.work.currency)
        return SectionForm(key, rules, tuple(values.items()))

    @override
    def name(self, draft: ProgrammeForm) -> str:
        return _(SECTIONS[draft.section])

    @override
    def note(self, draft: ProgrammeForm) -> str:
        version = draft.base.version
        return _("Version {number}", number=version) if version else _("Not set up yet")

    @override
    def fields(self, draft: ProgrammeForm, *, is_new: bool) -> Sequence[FieldView]:
        del is_new
        example = self._example(draft) if draft.section in _WITH_EXAMPLE else ""
        return fields_of(draft.section, dict(draft.values), example)

    @override
    def edited(self, draft: ProgrammeForm, key: str, value: str) -> ProgrammeForm:
        return draft.with_value(key, value)

    @override
    def saving(
        self, draft: ProgrammeForm, *, is_new: bool
    ) -> tuple[str, CatalogChange]:
        del is_new
        return draft.section, self.service.changing(self._typed(draft))

    @override
    def problem_field(self, error: GuitaiError) -> str:
        if error.key in ("programme_number", "programme_amount"):
            return str(error.params.get("field", ""))
        return "medium_burn" if error.key == "member_limits_order" else ""

    def _typed(self, draft: ProgrammeForm) -> Programme:
        return applied(draft.section, draft.typed(self.work.currency), draft.base)

    def _example(self, draft: ProgrammeForm) -> str:
        """Say what the rules as typed make of a sale; nothing where they mean none."""
        try:
            rules = self._typed(draft)
        except UserError:
            return ""
        return example_words(
            self.service.example(rules, EXAMPLE_MINOR), self.work.currency
        )


def example_words(example: Example, currency: str) -> str:
    """Say what a sale earns, what that buys, and until when."""
    paid = money(example.paid_minor, currency)
    said = [
        _(
            "A sale of {amount} earns {points} points.",
            amount=paid,
            points=example.points,
        )
    ]
    if example.points and example.worth_minor:
        worth = money(example.worth_minor, currency)
        said.append(_("They take {amount} off a later sale.", amount=worth))
    if example.points:
        first = day_text(example.first_day)
        if example.last_day is None:
            said.append(_("Usable from {first} on, for ever.", first=first))
        else:
            # A year and more ahead: the day alone would say the wrong one.
            last = example.last_day.isoformat()
            said.append(_("Usable from {first} to {last}.", first=first, last=last))
    return " ".join(said)
