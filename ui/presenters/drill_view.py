"""Turns a card and how far it has come into what the screen shows."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.domain.training.card import Card, CardKey, Need
from pos_app.domain.training.cards import CARDS
from pos_app.domain.training.evidence import Given, Good
from pos_app.domain.training.score import (
    HELP_COSTS,
    MISTAKE_COSTS,
    PASSED,
    SLOW_COSTS,
    Attempt,
)
from pos_app.i18n import _, current_language, plural
from ui.format import money
from ui.presenters.drill_state import (
    CardRow,
    CodeView,
    DrillMode,
    DrillState,
    ResultView,
    StepView,
    StripView,
)
from ui.presenters.drill_words import CARD_WORDS, MISTAKE_WORDS, STEP_WORDS
from ui.presenters.frame_state import FrameState, Tone
from ui.presenters.workplace import Workplace

_GOOD = 85


@dataclass(frozen=True, slots=True)
class Moment:
    """A card and how far it has come."""

    card: Card
    mode: DrillMode
    given: Given
    reached: tuple[bool, ...]
    attempts: tuple[Attempt, ...]
    shows_help: bool
    is_ready: bool
    leads_back: bool = False


class DrillView:
    """Words, codes and result of a card."""

    def __init__(self, work: Workplace) -> None:
        self._work = work
        assert work.practice is not None
        self._practice = work.practice
        self._pictures: dict[str, bytes] = {}

    def state(self, frame: FrameState, moment: Moment) -> DrillState:
        """Return everything the screen shows."""
        words = CARD_WORDS[moment.card.key]
        is_known = moment.mode is not DrillMode.PREPARING
        best = _best(moment.attempts)
        played = f"{len(best)}/{len(CARDS)}"
        return DrillState(
            frame=frame,
            rows=tuple(
                CardRow(
                    card.key.value,
                    _(CARD_WORDS[card.key].title),
                    card.icon,
                    str(best[card.key]) if card.key in best else "",
                )
                for card in CARDS
            ),
            chosen=moment.card.key.value,
            mode=moment.mode,
            title=_(words.title),
            goal=self._filled(words.goal, moment.given) if is_known else "",
            steps=self._steps(moment),
            codes=self._codes(moment) if is_known else (),
            pin_words=_("Every PIN is {pin} here.", pin=self._practice.pin),
            help=_(words.help) if moment.shows_help else "",
            can_start=moment.is_ready,
            result=self._result(moment),
            rule=_(
                "100 points for all steps; {mistake} off for each mistake, {help} "
                "for help, {slow} when it takes much longer than {seconds} seconds.",
                mistake=MISTAKE_COSTS,
                help=HELP_COSTS,
                slow=SLOW_COSTS,
                seconds=moment.card.seconds,
            ),
            progress=played,
            strip=self._strip(moment),
            leads_back=moment.leads_back,
        )

    # ------------------------------------------------------------------------ words

    def _filled(self, words: str, given: Given) -> str:
        """Fill a sentence of the card from what it gives."""
        language, currency = current_language(), self._work.currency
        names = [good.name_in(language) for good in given.goods]
        pieces = " · ".join(
            f"{money(value, currency)} × {count}"
            for value, count in given.pieces
            if count
        )
        return _(
            words,
            first=names[0] if names else "",
            second=names[1] if len(names) > 1 else "",
            cash=money(given.cash_minor, currency),
            price=money(given.price_minor, currency),
            tender=given.tender_name,
            number=given.sale_number,
            minutes=given.behind_minutes,
            pieces=pieces or money(0, currency),
        )

    def _steps(self, moment: Moment) -> tuple[StepView, ...]:
        is_known = moment.mode is not DrillMode.PREPARING
        if not is_known:
            return ()
        reached = moment.reached
        first_open = reached.index(False) if False in reached else -1
        return tuple(
            StepView(
                self._filled(STEP_WORDS[key], moment.given),
                reached[at],
                at == first_open and moment.mode is DrillMode.RUNNING,
            )
            for at, key in enumerate(moment.card.steps)
        )

    def _codes(self, moment: Moment) -> tuple[CodeView, ...]:
        given, key = moment.given, moment.card.key
        language = current_language()
        found = []
        if key is CardKey.EXCHANGE:
            found.append(self._code(_("Slip of the sale"), given.sale_number))
        for at, good in enumerate(_scanned(moment.card, given)):
            twice = "×2" if key is CardKey.SALE and at == 0 else ""
            found.append(self._code(good.name_in(language), good.code, twice))
        if key is CardKey.UNKNOWN_BARCODE:
            found.append(self._code(_("The other package"), given.unknown_code))
        return tuple(found)

    def _code(self, name: str, code: str, note: str = "") -> CodeView:
        if code not in self._pictures:
            self._pictures[code] = self._practice.barcode(code)
        return CodeView(name, code, self._pictures[code], note)

    # ----------------------------------------------------------------------- result

    def _result(self, moment: Moment) -> ResultView | None:
        if moment.mode is not DrillMode.OVER:
            return None
        last = moment.attempts[-1]
        lines = [
            plural(
                "It took {count} second; practised cashiers need {due}.",
                "It took {count} seconds; practised cashiers need {due}.",
                last.seconds,
                due=moment.card.seconds,
            )
        ]
        lines += [f"− {_(MISTAKE_WORDS[mistake])}" for mistake in last.mistakes]
        if last.helps:
            lines.append("− " + _("Help was taken"))
        if not last.mistakes and not last.helps:
            lines.append(_("No mistake, no help."))
        tone = Tone.GOOD if last.score >= PASSED else Tone.WARN
        return ResultView(last.score, _verdict(last.score), tone, tuple(lines))

    def _strip(self, moment: Moment) -> StripView | None:
        if moment.mode not in {DrillMode.RUNNING, DrillMode.OVER}:
            return None
        steps = self._steps(moment)
        title = _(CARD_WORDS[moment.card.key].title)
        done = sum(step.is_done for step in steps)
        place = f"{done}/{len(steps)}"
        if moment.mode is DrillMode.OVER:
            result = self._result(moment)
            assert result is not None
            words = _("{score} points", score=result.score) + " · " + result.words
            tone, back = result.tone, moment.leads_back
            return StripView(title, words, place, tone, (), False, True, back)
        text = next((step.text for step in steps if step.is_next), "")
        if moment.shows_help:
            text = _(CARD_WORDS[moment.card.key].help)
        tone = Tone.WARN if moment.shows_help else Tone.PLAIN
        needs_paper = Need.NO_PAPER in moment.card.needs and not (
            self._practice.has_paper
        )
        codes = self._codes(moment)
        return StripView(title, text, place, tone, codes, needs_paper, False)


def _scanned(card: Card, given: Given) -> tuple[Good, ...]:
    """Return the goods whose codes the card shows."""
    if card.key is CardKey.UNKNOWN_BARCODE:
        return given.goods[:1]
    if card.key is CardKey.WRONG_TENDER:
        return ()
    if card.key is CardKey.EXCHANGE:
        return given.goods[1:]
    return given.goods


def _best(attempts: tuple[Attempt, ...]) -> dict[CardKey, int]:
    found: dict[CardKey, int] = {}
    for attempt in attempts:
        found[attempt.card] = max(attempt.score, found.get(attempt.card, 0))
    return found


def _verdict(score: int) -> str:
    if score >= _GOOD:
        return _("Very good")
    return _("Passed") if score >= PASSED else _("Not yet: try it again")
