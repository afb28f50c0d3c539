"""The list of promotions: each one a sentence, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pos_app.documents.promotion_speech import Speech
from pos_app.documents.promotion_words import (
    deal_sentence,
    promotion_sentence,
    terms_sentence,
)
from pos_app.domain.promotion.promotion import TriggerKind
from pos_app.i18n import N_, _, current_language, plural
from pos_app.ports.promotions import PromotionRun
from pos_app.services.promotion_list import (
    ListedPromotion,
    PromotionState,
    restored_lately,
)
from pos_app.services.promotions import VersionHistory
from pos_app.values.times import Period
from ui.format import money
from ui.presenters.frame_state import Tone
from ui.presenters.price_words import moment_text
from ui.presenters.promotion_names import speech_for
from ui.presenters.promotion_templates import TEMPLATES
from ui.presenters.promotions_state import PromotionsTab, PromotionView
from ui.presenters.two_line import TwoLineRow
from ui.presenters.workplace import Workplace

_TABS = {
    PromotionState.ACTIVE: PromotionsTab.ACTIVE,
    PromotionState.TO_COME: PromotionsTab.COMING,
    PromotionState.DRAFT: PromotionsTab.DRAFT,
    PromotionState.STOPPED: PromotionsTab.STOPPED,
    PromotionState.ENDED: PromotionsTab.STOPPED,
    PromotionState.UNKNOWN: PromotionsTab.STOPPED,
}
_MARKS = {
    PromotionState.ACTIVE: (N_("running"), Tone.GOOD),
    PromotionState.TO_COME: (N_("to begin"), Tone.INFO),
    PromotionState.DRAFT: (N_("draft"), Tone.PLAIN),
    PromotionState.STOPPED: (N_("stopped"), Tone.PLAIN),
    PromotionState.ENDED: (N_("over"), Tone.PLAIN),
    PromotionState.UNKNOWN: (N_("not known here"), Tone.WARN),
}
#: Not "Change", which at a till is money.
_EDIT = ("edit", N_("Edit"), "pencil-simple")
_START = ("start", N_("Start"), "check-circle")
_COUPON = ("coupon", N_("Its coupon"), "ticket")
_ACTIONS = {
    PromotionState.ACTIVE: (
        ("stop", N_("Stop now"), "prohibit"),
        ("edit", N_("Change: a new version"), "pencil-simple"),
    ),
    PromotionState.TO_COME: (
        ("unschedule", N_("Do not start it"), "x"),
        ("edit", N_("Change: a new version"), "pencil-simple"),
    ),
    PromotionState.DRAFT: (
        ("throw_away", N_("Throw the draft away"), "trash"),
        _EDIT,
        _START,
    ),
    PromotionState.STOPPED: (_EDIT, ("start", N_("Start again"), "check-circle")),
    PromotionState.ENDED: (("edit", N_("Change: a new version"), "pencil-simple"),),
    PromotionState.UNKNOWN: (),
}


class PromotionList:
    """Reads the promotions of the shop and writes them down."""

    def __init__(self, work: Workplace) -> None:
        self._work = work
        self._known: tuple[ListedPromotion, ...] = ()
        self.tab, self.search, self.chosen = PromotionsTab.ACTIVE, "", ""

    def look(self) -> None:
        """Read the list anew."""
        self._known = self._work.counter.promotions.list()

    def find(self, promotion_id: str) -> ListedPromotion | None:
        """Return a promotion of the list."""
        found = (x for x in self._known if x.promotion_id == promotion_id)
        return next(found, None)

    def open(self, promotion_id: str) -> None:
        """Show a promotion, on its tab."""
        found = self.find(promotion_id)
        if found is not None:
            self.tab, self.chosen = _TABS[found.state], promotion_id

    def counts(self) -> tuple[tuple[str, int], ...]:
        """Return how many stand on each tab."""
        tabs = [_TABS[one.state] for one in self._known]
        return tuple((tab.value, tabs.count(tab)) for tab in PromotionsTab)

    def rows(self) -> tuple[TwoLineRow, ...]:
        """Return the rows of the tab, or of all tabs where something is searched."""
        speech = replace(speech_for(self._work), named=1)
        rows = []
        for one in self._known:
            row = self._row(one, speech)
            is_found = self.search.casefold() in f"{row.words} {one.name}".casefold()
            if is_found if self.search else _TABS[one.state] is self.tab:
                rows.append(row)
        return tuple(rows)

    def _row(self, one: ListedPromotion, speech: Speech) -> TwoLineRow:
        words, tone = _MARKS[one.state]
        is_said = not self.search and one.state.value == self.tab.value
        title = one.name
        called = terms = ""
        if one.promotion is not None:
            title = deal_sentence(one.promotion.deal, speech)
            called = one.promotion.name_in(current_language())
            terms = terms_sentence(one.promotion, speech)
        # What slips call it: by that name the shop knows it.
        told = ["" if called == title else called, terms, self._uses(one)]
        is_over = _TABS[one.state] is PromotionsTab.STOPPED
        return TwoLineRow(
            one.promotion_id,
            title,
            " · ".join(x for x in told if x),
            mark="" if is_said else _(words),
            tone=tone,
            icon="tag",
            is_dim=is_over,
        )

    def _uses(self, one: ListedPromotion) -> str:
        if not one.used.times and not one.used.saving_minor:
            return _("not used yet")
        saved = money(one.used.saving_minor, self._work.currency)
        return plural(
            "used once, {saved} saved",
            "used {count} times, {saved} saved",
            one.used.times,
            saved=saved,
        )

    # ------------------------------------------------------------------ the chosen one

    def detail(self) -> PromotionView | None:
        """Return what is told of the promotion that is chosen."""
        one = self.find(self.chosen)
        if one is None:
            return None
        speech = speech_for(self._work)
        sentence = ""
        title = one.name
        if one.promotion is not None:
            sentence = deal_sentence(one.promotion.deal, speech)
            title = one.promotion.name_in(current_language()) or one.name
        actions = tuple((key, _(words), icon) for key, words, icon in _actions(one))
        return PromotionView(
            title=title,
            sentence=sentence,
            facts=tuple(self._facts(one, speech)),
            history=self._history(one.promotion_id),
            actions=actions,
            note=self._note(one),
        )

    def _note(self, one: ListedPromotion) -> str:
        if one.promotion is None:
            return _(
                "It comes from a newer program. It is kept and listed, but not applied."
            )
        desk = self._work.counter.desk
        at = restored_lately(desk.catalog, one, desk.clock.now())
        if at is None:
            return ""
        return _(
            "The shop was restored {moment}. This stands as in the copy: see whether "
            "it was stopped or changed since.",
            moment=moment_text(at, self._work.zone),
        )

    def _facts(self, one: ListedPromotion, speech: Speech) -> Iterator[tuple[str, str]]:
        if one.promotion is not None:
            terms = terms_sentence(one.promotion, speech)
            yield _("Terms"), terms or _("always, for everybody")
        yield _("Runs"), self._period(one)
        yield _("So far"), self._uses(one)
        if one.newest > one.version:
            yield _("Draft"), _("version {version} waits", version=one.newest)

    def _period(self, one: ListedPromotion) -> str:
        if one.state is PromotionState.DRAFT:
            return _("not started yet")
        return period_words(one.period, self._work)

    def _history(self, promotion_id: str) -> tuple[TwoLineRow, ...]:
        staff = self._work.counter.desk.catalog.everybody()
        names = {x.staff_id: x.name_in(current_language()) for x in staff}
        rows: list[TwoLineRow] = []
        for each in self._work.counter.promotions.versions(promotion_id):
            rows.extend(self._runs(each, names))
            made = each.version
            title = _("Version {version}", version=made.version)
            when = moment_text(made.made_at, self._work.zone)
            who = names.get(made.made_by, "")
            rows.append(
                TwoLineRow(
                    f"v{made.version}",
                    title,
                    _people(_("written {moment}", moment=when), (who,)),
                    icon="note-pencil",
                )
            )
        return tuple(rows)

    def _runs(
        self, each: VersionHistory, names: dict[str, str]
    ) -> Iterator[TwoLineRow]:
        for run in reversed(each.runs):
            yield TwoLineRow(
                run.run_id,
                period_words(run.period, self._work)
                if not run.is_taken_back
                else _("taken back before it began"),
                _run_people(run, names),
                icon="clock",
                is_dim=run.is_taken_back,
            )


def template_rows(work: Workplace) -> tuple[TwoLineRow, ...]:
    """Return what a new promotion may begin with."""
    speech = speech_for(work)
    return tuple(
        TwoLineRow(
            one.key,
            _(one.title),
            promotion_sentence(one.begin("", work.currency), speech),
            icon="tag",
        )
        for one in TEMPLATES
    )


def name_of(history: VersionHistory) -> str:
    """Return what a version is called in the language in use."""
    known = history.version.promotion
    return known.name_in(current_language()) if known else history.version.name


def _actions(one: ListedPromotion) -> Sequence[tuple[str, str, str]]:
    known = one.promotion
    if known is not None and known.trigger.kind is TriggerKind.COUPON:
        return (_COUPON, *_ACTIONS[one.state])
    return _ACTIONS[one.state]


def period_words(period: Period, work: Workplace) -> str:
    """Say from when until when a promotion runs."""
    start = moment_text(period.start, work.zone) if period.start else ""
    end = moment_text(period.end, work.zone) if period.end else ""
    if start and end:
        return _("{start} until {end}", start=start, end=end)
    return _("from {moment} on", moment=start) if start else ""


def _run_people(run: PromotionRun, names: dict[str, str]) -> str:
    started = _people(
        _("started"),
        (names.get(run.started_by, ""), names.get(run.started_approved_by, "")),
    )
    if not run.stopped_by:
        return started
    stopped = _people(
        _("ended"),
        (names.get(run.stopped_by, ""), names.get(run.stopped_approved_by, "")),
    )
    return f"{started} · {stopped}"


def _people(what: str, who: Sequence[str]) -> str:
    people = " + ".join(name for name in who if name)
    return f"{what}: {people}" if people else what
