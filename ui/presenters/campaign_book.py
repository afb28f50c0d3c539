"""Campaigns in the back office: what is given, to whom, for what, at what cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from pos_app.domain.coupon.happening import RewardTrigger
from pos_app.domain.promotion.promotion import AudienceKind
from pos_app.errors import GuitaiError
from pos_app.i18n import N_, _, current_language, plural
from pos_app.services.campaign_reach import Reach
from pos_app.services.campaign_rules import ListedRule, RuleState
from ui.format import money
from ui.presenters import campaign_draft
from ui.presenters.campaign_draft import COUPON, CampaignDraft, Reading
from ui.presenters.campaign_words import STATES, TRIGGERS, members_words
from ui.presenters.ledger_form import LedgerBook
from ui.presenters.office_form_state import (
    FieldKind,
    FieldView,
    OfficeKey,
    OfficeRow,
    Option,
)
from ui.presenters.promotion_card_words import AUDIENCES, PERIODS

if TYPE_CHECKING:
    from ui.presenters.campaigns import CampaignsPart

START, STOP, COUNT = "start", "stop", "count"
#: Coupons that a form offers; a shop with more has better ones in mind.
MOST_TEMPLATES = 12
_PERCENTS = ("100", "150", "200", "300")
_NAMED = frozenset({AudienceKind.TIER.value, AudienceKind.TAG.value})
_LIVES = frozenset({RuleState.RUNNING, RuleState.TO_COME})
#: Part of a rule that the domain refuses -> the field it is said at.
_FIELD_OF = {
    "name": "name",
    "effect": "percent",
    "cost": "cost",
    "condition": "days_absent",
    "cap": "by_member",
    "budget": "budget",
    "when": "until",
    "audience": "values",
}


class CampaignBook(LedgerBook[CampaignDraft]):
    """Lists the reward rules: running, to come, drafts, stopped, over."""

    key = "campaigns"
    title = N_("Campaigns")
    icon = "gift"
    add_words = N_("New campaign")

    part: CampaignsPart

    @property
    def how(self) -> Reading:
        """How amounts and days are read here."""
        return self.work.currency, self.work.zone

    # ------------------------------------------------------------------ reading

    @override
    def rows(self, wanted: str) -> tuple[OfficeRow, ...]:
        return tuple(
            OfficeRow(
                each.newest.rule_id,
                each.newest.name,
                self._row_words(each),
                _(STATES[each.state]),
                is_off=each.state not in _LIVES,
            )
            for each in self.work.counter.campaign_rules.list()
        )

    def _row_words(self, each: ListedRule) -> str:
        rule = each.newest.rule
        what = _(TRIGGERS[rule.trigger]) if rule else each.newest.trigger
        given = plural("{count} gift", "{count} gifts", each.given.count)
        return f"{what} · {given}"

    @override
    def read(self, key: str) -> CampaignDraft | None:
        listed = self.work.counter.campaign_rules.get(key)
        if listed is None or listed.newest.rule is None:
            return None
        return campaign_draft.draft_of(listed.newest.rule, self.how)

    @override
    def blank(self, wanted: str) -> CampaignDraft:
        return CampaignDraft(self.work.counter.campaign_rules.new_id())

    @override
    def name(self, draft: CampaignDraft) -> str:
        return draft.name or _("A new campaign")

    @override
    def note(self, draft: CampaignDraft) -> str:
        listed = self.work.counter.campaign_rules.get(draft.rule_id)
        return "" if listed is None else _(STATES[listed.state])

    # ------------------------------------------------------------------- fields

    @override
    def fields(self, draft: CampaignDraft, *, is_new: bool) -> Sequence[FieldView]:
        return [
            *self._standing(draft, is_new=is_new),
            _text("name", _("What it is called"), draft.name),
            _pick("trigger", _("What it is for"), draft.trigger, _named(TRIGGERS)),
            *self._conditions(draft),
            _pick("audience", _("For whom"), draft.audience, _named(AUDIENCES)),
            *self._audience(draft),
            *self._effect(draft),
            *self._limits(draft),
        ]

    def _standing(self, draft: CampaignDraft, *, is_new: bool) -> list[FieldView]:
        if is_new:
            return []
        listed = self.work.counter.campaign_rules.get(draft.rule_id)
        if listed is None:
            return []
        currency, given = self.work.currency, listed.given
        rows = [
            (_("Gifts so far"), str(given.count)),
            (_("Those given cost at most"), money(given.cost_minor, currency)),
        ]
        if given.taken_back:
            rows.append((_("Taken back"), str(given.taken_back)))
        reach = self.part.reach_of(draft.rule_id)
        if reach is not None:
            rows += self._reach_rows(reach)
        return [
            FieldView(
                FieldKind.FACTS, "facts", options=tuple(Option(*row) for row in rows)
            ),
            FieldView(FieldKind.KEYS, "keys", keys=self._keys(listed)),
        ]

    def _reach_rows(self, reach: Reach) -> list[tuple[str, str]]:
        currency = self.work.currency
        rows = [
            (_("Members it is for"), members_words(reach.members)),
            (_("It reaches today"), members_words(reach.today)),
            (_("Today's would cost at most"), money(reach.most_minor, currency)),
        ]
        if reach.left_minor is not None:
            rows.append((_("Left of the budget"), money(reach.left_minor, currency)))
        return rows

    def _keys(self, listed: ListedRule) -> tuple[OfficeKey, ...]:
        dirty = _("Save or discard it first") if self.part.is_dirty else ""
        keys = [OfficeKey(COUNT, _("Whom it reaches"), "users", reason=dirty)]
        running = listed.running
        if running is None or running.version != listed.newest.version:
            words = _("Start") if running is None else _("Start what is new")
            keys.append(OfficeKey(START, words, "check-circle", reason=dirty))
        if running is not None:
            keys.append(OfficeKey(STOP, _("Stop"), "prohibit", is_danger=True))
        return tuple(keys)

    def _conditions(self, draft: CampaignDraft) -> list[FieldView]:
        notes = {
            RewardTrigger.NEWCOMER.value: _(
                "With the enrolment, at most once for each phone number, ever."
            ),
            RewardTrigger.TRY_ON.value: _(
                "When the cashier notes a try-on; once a day. Let the coupon live "
                "for 72 hours."
            ),
            RewardTrigger.CHECK_IN.value: _(
                "When the cashier notes that a member came; once a day."
            ),
            RewardTrigger.REFERRAL.value: _(
                "For the member who brought a friend, once the friend's first order "
                "can no longer be returned."
            ),
        }
        found = []
        if draft.trigger in notes:
            note = notes[draft.trigger]
            found.append(FieldView(FieldKind.NOTE, "note", detail=note))
        if draft.trigger == RewardTrigger.BIRTHDAY.value:
            label = _("So many days ahead of the birthday")
            found.append(_text("days_before", label, draft.days_before, 2))
        if draft.trigger == RewardTrigger.WIN_BACK.value:
            label = _("After so many days without a purchase")
            found.append(_text("days_absent", label, draft.days_absent, 3))
        if draft.trigger == RewardTrigger.REFERRAL.value:
            label = _("Only if the first order comes to at least")
            found.append(_text("least_spend", label, draft.least_spend, 12))
        return found

    def _audience(self, draft: CampaignDraft) -> list[FieldView]:
        if draft.audience not in _NAMED:
            return []
        label = _("Which ones, with commas between them")
        found = [_text("values", label, draft.values, 120)]
        tags = self.work.counter.segments.tags()
        if draft.audience == AudienceKind.TAG.value and tags:
            words = _("Tags of segments: {tags}", tags=", ".join(tags))
            found.append(FieldView(FieldKind.NOTE, "tags", detail=words))
        return found

    def _effect(self, draft: CampaignDraft) -> list[FieldView]:
        language, currency = current_language(), self.work.currency
        templates = self.work.counter.campaign_rules.templates()
        head = _("Coupons that it gives") if templates else _("There is no coupon yet")
        found = [FieldView(FieldKind.HEAD, "effect", head)]
        mine = [x for x in templates if x.template_id in draft.coupons]
        others = [x for x in templates if x.template_id not in draft.coupons]
        for each in [*mine, *others][:MOST_TEMPLATES]:
            cost = money(each.cost_minor, currency)
            found.append(
                FieldView(
                    FieldKind.SWITCH,
                    COUPON + each.template_id,
                    each.name_in(language),
                    "1" if each.template_id in draft.coupons else "",
                    _("Costs at most {amount}", amount=cost),
                )
            )
        if draft.trigger in {
            RewardTrigger.NEWCOMER.value,
            RewardTrigger.BIRTHDAY.value,
        }:
            options = tuple(
                Option(x, _("as always") if x == "100" else f"× {int(x) / 100:g}")
                for x in _PERCENTS
            )
            label = _("Points of the next purchase")
            found.append(
                FieldView(
                    FieldKind.CHOICE, "percent", label, draft.percent, options=options
                )
            )
        found.append(_text("cost", _("One gift costs at most"), draft.cost, 12))
        return found

    def _limits(self, draft: CampaignDraft) -> list[FieldView]:
        periods = _named(PERIODS)
        return [
            FieldView(FieldKind.HEAD, "limits", _("Limits; empty for none")),
            _text("by_member", _("To one member at most"), draft.by_member, 4),
            FieldView(FieldKind.CHOICE, "period", "", draft.period, options=periods),
            _text("in_all", _("Gifts in all"), draft.in_all, 6),
            _text("budget", _("Budget of all gifts"), draft.budget, 12),
            _text("since", _("From this day on (2026-03-01)"), draft.since, 10),
            _text("until", _("Until this day, with it"), draft.until, 10),
        ]

    # ----------------------------------------------------------------- changing

    @override
    def edited(self, draft: CampaignDraft, key: str, value: str) -> CampaignDraft:
        return campaign_draft.edited(draft, key, value)

    @override
    def keeping(self, draft: CampaignDraft, *, is_new: bool) -> tuple[str, Future[Any]]:
        rule = campaign_draft.rule_of(draft, self.how)
        return rule.rule_id, self.work.counter.campaign_rules.save(rule)

    @override
    def act(self, draft: CampaignDraft, key: str) -> None:
        self.part.act_on_rule(draft.rule_id, key)

    @override
    def problem_field(self, error: GuitaiError) -> str:
        blank = str(error.params.get("blank", ""))
        return _FIELD_OF.get(blank, blank)


def _text(key: str, label: str, value: str, limit: int = 60) -> FieldView:
    return FieldView(FieldKind.TEXT, key, label, value, limit=limit)


def _pick(key: str, label: str, value: str, options: tuple[Option, ...]) -> FieldView:
    return FieldView(FieldKind.PICK, key, label, value, options=options)


def _named(words: Mapping[Any, str]) -> tuple[Option, ...]:
    return tuple(Option(key.value, _(text)) for key, text in words.items())
