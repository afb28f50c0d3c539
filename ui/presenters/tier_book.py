"""Tiers in the back office: names, what they ask for, what they give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from typing_extensions import override

from pos_app.domain.loyalty.programme import Programme
from pos_app.domain.loyalty.tier import Tier, TierBenefits, TierMetric
from pos_app.domain.promotion.levels import MEMBER_LEVEL
from pos_app.errors import GuitaiError, UserError
from pos_app.i18n import N_, _, current_language, plural
from pos_app.ports.catalog_changes import CatalogChange
from pos_app.values.money import format_minor
from pos_app.values.percentage import Percentage
from ui.format import money
from ui.presenters.office_book import OfficeBook
from ui.presenters.office_form_state import (
    FieldKind,
    FieldView,
    OfficeKey,
    OfficeRow,
    Option,
)
from ui.presenters.programme_values import Typed, percent_of

if TYPE_CHECKING:
    from ui.presenters.programme import ProgrammePart

NAME_LIMIT = 20
#: Stands before the id of a coupon in the key of its switch.
_COUPON = "coupon:"
_ONCE = Percentage(1_000_000)


@dataclass(frozen=True, slots=True)
class TierForm:
    """A tier as it stands in the form.

    Attributes:
        tier: as stored; an empty one for a new tier. base: the rules looked at.
        name, asks, times, price_level, coupons: as typed.
    """

    tier: Tier
    base: Programme
    name: str
    asks: str
    times: str
    price_level: str
    coupons: str


class TierBook(OfficeBook[TierForm]):
    """Lists the tiers, the lowest first."""

    key = "tiers"
    title = N_("Tiers")
    icon = "crown"
    add_words = N_("Add a tier")
    can_order = False

    part: ProgrammePart

    @override
    def rows(self, wanted: str) -> tuple[OfficeRow, ...]:
        rules = self.work.counter.programme.current()
        return tuple(
            OfficeRow(
                tier.key,
                tier.name_in(current_language()),
                self._asked(rules, tier),
                _("points × {times}", times=percent_of(tier.benefits.earn_times) + "%")
                if tier.benefits.earn_times != _ONCE
                else "",
            )
            for tier in rules.tiers
        )

    def _asked(self, rules: Programme, tier: Tier) -> str:
        if rules.metric is TierMetric.VISITS:
            return plural("from {count} visit", "from {count} visits", tier.threshold)
        return _("from {amount}", amount=money(tier.threshold, self.work.currency))

    @override
    def read(self, key: str) -> TierForm | None:
        rules = self.work.counter.programme.current()
        for tier in rules.tiers:
            if tier.key == key:
                return self._form(rules, tier)
        return None

    @override
    def blank(self, wanted: str) -> TierForm:
        rules = self.work.counter.programme.current()
        form = self._form(rules, Tier("", "", 0))
        return replace(form, asks="")

    def _form(self, rules: Programme, tier: Tier) -> TierForm:
        asks = (
            str(tier.threshold)
            if rules.metric is TierMetric.VISITS
            else format_minor(tier.threshold, self.work.currency)
        )
        gives = tier.benefits
        return TierForm(
            tier,
            rules,
            tier.name_in(current_language()),
            asks,
            percent_of(gives.earn_times),
            gives.price_level,
            " ".join(gives.entry_coupons),
        )

    @override
    def name(self, draft: TierForm) -> str:
        return draft.name or _("A new tier")

    @override
    def fields(self, draft: TierForm, *, is_new: bool) -> Sequence[FieldView]:
        visits = draft.base.metric is TierMetric.VISITS
        asks = _("From so many visits on") if visits else _("From this amount on")
        text = FieldKind.TEXT
        said = _(
            "Whoever reaches the amount has the tier at once, until the end of the "
            "next period. What the tier gives holds from the next sale on."
        )
        found = [
            FieldView(
                text, "name", _("Name of the tier"), draft.name, limit=NAME_LIMIT
            ),
            FieldView(text, "asks", asks, draft.asks, limit=15),
            FieldView(text, "times", _("Points in per cent"), draft.times, limit=6),
            self._level(draft),
            *self._coupons(draft),
            FieldView(FieldKind.NOTE, "tier_note", detail=said),
        ]
        if not is_new:
            drop = OfficeKey("drop", _("Take the tier off the list"), "trash", True)
            found.append(FieldView(FieldKind.KEYS, "tier_keys", keys=(drop,)))
        return tuple(found)

    def _level(self, draft: TierForm) -> FieldView:
        """Return the levels that there are, with that of this tier and of others."""
        used = (tier.benefits.price_level for tier in draft.base.tiers)
        priced = self.part.levels
        keys = dict.fromkeys((*priced, *used, draft.tier.benefits.price_level))
        others = [key for key in keys if key and key != MEMBER_LEVEL]
        options = (
            Option("", _("None: what members pay")),
            *(
                Option(
                    key,
                    key if key in priced else _("{level}, without prices", level=key),
                )
                for key in others
            ),
        )
        chosen = "" if draft.price_level == MEMBER_LEVEL else draft.price_level
        words = _("Price level")
        return FieldView(FieldKind.PICK, "price_level", words, chosen, options=options)

    def _coupons(self, draft: TierForm) -> Sequence[FieldView]:
        """Return a switch for each coupon that is given out, or was chosen before."""
        chosen = draft.coupons.split()
        known = {
            each.template.template_id: each.template
            for each in self.work.counter.coupon_office.templates()
        }
        offered = [x for x in known if not known[x].is_ended or x in chosen]
        offered += [x for x in chosen if x not in known]
        head = FieldView(FieldKind.HEAD, "coupons", _("Coupons on entry"))
        if not offered:
            none = _("The shop gives out no coupons yet")
            return (head, FieldView(FieldKind.NOTE, "no_coupons", detail=none))
        return (
            head,
            *(
                FieldView(
                    FieldKind.SWITCH,
                    f"{_COUPON}{each}",
                    known[each].name if each in known else each,
                    "1" if each in chosen else "",
                    _("given out no more")
                    if each not in known or known[each].is_ended
                    else "",
                )
                for each in offered
            ),
        )

    @override
    def edited(self, draft: TierForm, key: str, value: str) -> TierForm:
        if key.startswith(_COUPON):
            mine = key.removeprefix(_COUPON)
            kept = [each for each in draft.coupons.split() if each != mine]
            chosen = [*kept, mine] if value else kept
            return replace(draft, coupons=" ".join(chosen))
        changes = {key: value}
        return replace(draft, **changes)  # type: ignore[arg-type]

    @override
    def saving(self, draft: TierForm, *, is_new: bool) -> tuple[str, CatalogChange]:
        tier = self._typed(draft, is_new=is_new)
        others = tuple(x for x in draft.base.tiers if x.key != tier.key)
        tiers = tuple(sorted((*others, tier), key=lambda one: one.threshold))
        rules = replace(draft.base, tiers=tiers)
        return tier.key, self.work.counter.programme.changing(rules)

    def _typed(self, draft: TierForm, *, is_new: bool) -> Tier:
        values = {"asks": draft.asks, "times": draft.times}
        typed = Typed(values, self.work.currency)
        visits = draft.base.metric is TierMetric.VISITS
        threshold = typed.number("asks", 1) if visits else typed.minor("asks", 1)
        try:
            times = Percentage.parse(draft.times.strip() or "100")
        except UserError as error:
            raise UserError(
                "programme_number", field="times", least=0, most=1000
            ) from error
        gives = TierBenefits(
            draft.price_level.strip(),
            times,
            tuple(draft.coupons.split()),
            draft.tier.benefits.advisor,
            draft.tier.benefits.priority,
        )
        before, language = draft.tier, current_language()
        name = draft.name.strip()
        is_other = gives != before.benefits and not is_new
        return Tier(
            self.work.counter.desk.ids.new() if is_new else before.key,
            before.name or name,
            threshold,
            gives,
            tuple({**dict(before.names), language: name}.items()),
            before.version + 1 if is_other else before.version,
        )

    @override
    def problem_field(self, error: GuitaiError) -> str:
        if error.key in ("programme_number", "programme_amount"):
            return str(error.params.get("field", ""))
        return {
            "programme_tier_unnamed": "name",
            "programme_tier_doubled": "name",
            "programme_tiers_order": "asks",
        }.get(error.key, "")

    @override
    def act(self, draft: TierForm, key: str) -> None:
        if key != "drop" or self.part.holds():
            return
        tiers = tuple(x for x in draft.base.tiers if x.key != draft.tier.key)
        rules = replace(draft.base, tiers=tiers)
        service = self.work.counter.programme
        self.part.change_now(lambda: service.changing(rules), self.part.close_form)
