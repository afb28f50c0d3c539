"""Reward rules: written, looked at before they cost anything, started and stopped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from zoneinfo import ZoneInfo

from pos_app.domain.campaign.reward_checks import refuse_unsound
from pos_app.domain.campaign.rule_text import reward_to_text
from pos_app.domain.coupon.reward import RewardRule
from pos_app.domain.coupon.template import Template
from pos_app.domain.journal import EntryKind
from pos_app.domain.permission import Demand, Permission
from pos_app.errors import UserError
from pos_app.ports.campaigns import (
    GivenSums,
    RewardSwitch,
    RewardVersion,
    StoredGift,
)
from pos_app.ports.ledger import UnitOfWork
from pos_app.services.campaign_reach import Now, Reach, reach_of
from pos_app.services.desk import Desk
from pos_app.values.times import Timestamp


class RuleState(StrEnum):
    """Where a rule stands; the order of the list."""

    RUNNING = "running"
    TO_COME = "to_come"  # started, and its period has not begun
    DRAFT = "draft"  # never started
    STOPPED = "stopped"
    OVER = "over"  # started, and its period has ended
    UNKNOWN = "unknown"  # of a newer program


@dataclass(frozen=True, slots=True)
class ListedRule:
    """A rule as the list shows it.

    Attributes:
        newest: what the editor opens. running: the version that gives; None for none.
        state: see there. given: what all versions gave so far.
    """

    newest: RewardVersion
    running: RewardVersion | None
    state: RuleState
    given: GivenSums


class CampaignRuleService:
    """Reads and changes reward rules; used from the screen's thread."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # ------------------------------------------------------------------ reading

    def list(self) -> tuple[ListedRule, ...]:
        """Return every rule: running, to come, drafts, stopped, over, unknown."""
        campaigns, now = self._desk.ledger.campaigns, self._desk.clock.now()
        given = campaigns.given_sums()
        switches = {each.rule_id: each for each in campaigns.reward_switches()}
        versions: dict[str, dict[int, RewardVersion]] = {}
        for each in campaigns.reward_versions():
            versions.setdefault(each.rule_id, {})[each.version] = each
        found = [
            _listed(mine, switches.get(key), given.get(key, GivenSums()), now)
            for key, mine in versions.items()
        ]
        order = list(RuleState)
        return tuple(
            sorted(
                found,
                key=lambda x: (order.index(x.state), x.newest.name, x.newest.rule_id),
            )
        )

    def get(self, rule_id: str) -> ListedRule | None:
        """Return one rule as it stands in the list; None for a stranger."""
        return next((x for x in self.list() if x.newest.rule_id == rule_id), None)

    def gifts(self, rule_id: str, limit: int = 50) -> tuple[StoredGift, ...]:
        """Return the latest gifts of a rule, the newest first."""
        return tuple(self._desk.ledger.campaigns.gifts_by(rule_id, limit))

    def templates(self) -> tuple[Template, ...]:
        """Return the coupons that a rule may give, by name."""
        found = self._desk.ledger.coupons.templates()
        return tuple(sorted(found, key=lambda each: (each.name, each.template_id)))

    def cost_minor(self, rule: RewardRule) -> int:
        """Return what one gift may cost at most, by the costs of its coupons.

        A template that says no cost counts as nothing: the rule's own number is what
        is held against the budget.
        """
        costs = {each.template_id: each.cost_minor for each in self.templates()}
        return sum(costs.get(each, 0) for each in rule.effect.template_ids)

    def reaching(self, rule: RewardRule) -> Callable[[], Reach]:
        """Return what counts whom a rule would reach and what it would cost at most.

        Asked on the screen's thread, called on another: it counts members.
        """
        desk = self._desk
        zone, today = ZoneInfo(desk.shop.time_zone), desk.business_day()
        now = Now(today, desk.clock.now().at(zone).month)
        return partial(reach_of, desk, rule, now)

    def new_id(self) -> str:
        """Return the id of a rule that is about to be written."""
        return self._desk.ids.new()

    # ------------------------------------------------------------------ changes

    def save(self, rule: RewardRule) -> Future[RewardRule]:
        """Store a new version; what runs goes on as it was until this one is started.

        Raises:
            ApprovalNeeded: "not_permitted".
            UserError: what `refuse_unsound` says, "campaign_template_unknown".
        """
        desk = self._desk
        desk.session.clear(Demand(Permission.LOYALTY, rule.rule_id))
        refuse_unsound(rule)
        known = {each.template_id for each in self.templates()}
        if not set(rule.effect.template_ids) <= known:
            raise UserError("campaign_template_unknown", blank="effect")
        newest = self._newest(rule.rule_id)
        number = 1 if newest is None else newest.version + 1
        whole = replace(rule, name=" ".join(rule.name.split()), version=number)
        if newest is not None and newest.rule == replace(whole, version=number - 1):
            return _done(newest.rule)
        stamp = desk.stamp()
        version = RewardVersion(
            rule_id=whole.rule_id,
            version=number,
            name=whole.name,
            trigger=whole.trigger.value,
            text=reward_to_text(whole),
            rule=whole,
            made_at=stamp.at,
            made_by=stamp.actor,
        )
        body = _told(version, "draft")

        def work(unit: UnitOfWork) -> RewardRule:
            unit.campaigns.put_reward_version(version)
            unit.append(EntryKind.CAMPAIGN_CHANGED, body, stamp)
            return whole

        return desk.record(work)

    def _newest(self, rule_id: str) -> RewardVersion | None:
        found = self._desk.ledger.campaigns.reward_versions()
        mine = [each for each in found if each.rule_id == rule_id]
        return mine[-1] if mine else None

    def start(self, rule_id: str, version: int) -> Future[None]:
        """Start a version; one that ran before it ends there.

        Raises:
            ApprovalNeeded: "not_permitted".
            UserError: "campaign_gone", "campaign_unknown_kind", "campaign_over",
                and what `refuse_unsound` says.
        """
        desk = self._desk
        mine = [
            each
            for each in desk.ledger.campaigns.reward_versions()
            if (each.rule_id, each.version) == (rule_id, version)
        ]
        if not mine:
            raise UserError("campaign_gone")
        if mine[0].rule is None:
            raise UserError("campaign_unknown_kind")
        refuse_unsound(mine[0].rule)
        end = mine[0].rule.period.end
        if end is not None and end <= desk.clock.now():
            raise UserError("campaign_over", blank="when")
        return self._switch(mine[0], is_on=True)

    def stop(self, rule_id: str) -> Future[None]:
        """Stop a rule: it gives nothing from now on; what it gave stays.

        Raises:
            ApprovalNeeded: "not_permitted".
            UserError: "campaign_not_running".
        """
        listed = self.get(rule_id)
        if listed is None or listed.running is None:
            raise UserError("campaign_not_running")
        return self._switch(listed.running, is_on=False)

    def _switch(self, version: RewardVersion, *, is_on: bool) -> Future[None]:
        desk = self._desk
        clearance = desk.allow(Demand(Permission.LOYALTY, version.rule_id))
        stamp = desk.stamp()
        switch = RewardSwitch(
            switch_id=desk.ids.new(),
            rule_id=version.rule_id,
            version=version.version,
            is_on=is_on,
            at=stamp.at,
            by=stamp.actor,
            approved_by=clearance.approved_by,
        )
        body = {
            **_told(version, "start" if is_on else "stop"),
            "approved_by": clearance.approved_by,
        }

        def work(unit: UnitOfWork) -> None:
            unit.campaigns.put_reward_switch(switch)
            unit.append(EntryKind.CAMPAIGN_CHANGED, body, stamp)

        return desk.record(work)


def _done(rule: RewardRule) -> Future[RewardRule]:
    found: Future[RewardRule] = Future()
    found.set_result(rule)
    return found


def _listed(
    versions: Mapping[int, RewardVersion],
    switch: RewardSwitch | None,
    given: GivenSums,
    now: Timestamp,
) -> ListedRule:
    newest = versions[max(versions)]
    running = versions[switch.version] if switch and switch.is_on else None
    if running is None:
        state = RuleState.STOPPED if switch else RuleState.DRAFT
        if newest.rule is None:
            state = RuleState.UNKNOWN
    elif running.rule is None:
        state = RuleState.UNKNOWN
    else:
        state = _running_state(running.rule, now)
    return ListedRule(newest, running, state, given)


def _running_state(rule: RewardRule, now: Timestamp) -> RuleState:
    start, end = rule.period.start, rule.period.end
    if end is not None and end <= now:
        return RuleState.OVER
    if start is not None and now < start:
        return RuleState.TO_COME
    return RuleState.RUNNING


def _told(version: RewardVersion, what: str) -> dict[str, object]:
    return {
        "rule": version.rule_id,
        "version": str(version.version),
        "name": version.name,
        "trigger": version.trigger,
        "what": what,
    }
