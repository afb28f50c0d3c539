"""The back office's door to training, and how far everybody has come."""

from __future__ import annotations

from dataclasses import dataclass

from typing_extensions import override

from pos_app.domain.permission import Permission
from pos_app.domain.training.card import CardKey
from pos_app.domain.training.cards import CARDS
from pos_app.domain.training.score import (
    ADVANCED_CARDS,
    ADVANCED_SCORE,
    EXPERT_SCORE,
    PASSED,
    Level,
)
from pos_app.i18n import _, current_language
from pos_app.services.training_progress import PersonProgress, read_progress
from ui.format import day_text
from ui.presenters.back_office_part import BackOfficePart, BackOfficePlace
from ui.presenters.drill_words import CARD_WORDS, LEVEL_WORDS
from ui.presenters.frame_state import Tone
from ui.presenters.report_state import ListRowView, ListTableView

_TONES = {Level.EXPERT: Tone.GOOD, Level.ADVANCED: Tone.GOOD, Level.NONE: Tone.WARN}


@dataclass(frozen=True, slots=True)
class TrainingPartState:
    """What the page shows.

    Attributes:
        can_enter: whether this person may practise. problem: why not now, or "".
        people: everybody's level; None where this person may not see it.
        cards: one person's cards: one's own, or those of whoever was tapped.
        rule: of the levels.
    """

    can_enter: bool
    people: ListTableView | None
    cards: ListTableView
    rule: str


class TrainingPart(BackOfficePart):
    """Reads the real journal; practising itself is in a window of its own."""

    def __init__(self, place: BackOfficePlace) -> None:
        super().__init__(place)
        self._progress: tuple[PersonProgress, ...] = ()
        self._chosen = ""

    @override
    def begin(self, subject: str = "") -> None:
        """Read how far everybody has come; off the screen's thread."""
        self._chosen = subject or self._own_id()
        journal = self.work.counter.desk.ledger.black_box
        reading = self.place.runner.run(lambda: read_progress(journal))
        reading.then(self._on_read).otherwise(self.on_refused)

    def _on_read(self, progress: tuple[PersonProgress, ...]) -> None:
        self._progress = progress
        self.changed.emit()

    def choose(self, staff_id: str) -> None:
        """Look at somebody's cards."""
        self._chosen = staff_id
        self.changed.emit()

    @property
    @override
    def state(self) -> TrainingPartState:
        """Return everything the page shows."""
        staff = self.work.counter.desk.session.staff
        may_review = staff is not None and staff.may(Permission.TRAINING_REVIEW)
        chosen = self._chosen if may_review else self._own_id()
        return TrainingPartState(
            can_enter=staff is not None and staff.may(Permission.TRAINING),
            people=self._people() if may_review else None,
            cards=self._cards(chosen),
            rule=_(
                "Basic: a card with {passed} points. Advanced: {cards} cards with "
                "{advanced}. Expert: all cards with {expert}. The best try counts.",
                passed=PASSED,
                cards=ADVANCED_CARDS,
                advanced=ADVANCED_SCORE,
                expert=EXPERT_SCORE,
            ),
        )

    def _own_id(self) -> str:
        staff = self.work.counter.desk.session.staff
        return staff.staff_id if staff else ""

    def _people(self) -> ListTableView:
        """Return everybody who works here, and how far they have come."""
        language = current_language()
        found = {person.staff_id: person for person in self._progress}
        rows = []
        for staff in self.work.counter.desk.catalog.staff():
            person = found.get(staff.staff_id)
            level = person.level if person else Level.NONE
            cards = person.cards if person else {}
            name, played = staff.name_in(language), f"{len(cards)}/{len(CARDS)}"
            cells = (name, _(LEVEL_WORDS[level]), played)
            tone = _TONES.get(level, Tone.PLAIN) if cards else Tone.PLAIN
            tones = (Tone.PLAIN, tone, Tone.PLAIN)
            rows.append(ListRowView(staff.staff_id, cells, tones))
        return ListTableView(
            title=_("People"),
            heads=(_("Name"), _("Level"), _("Cards")),
            is_number=(False, False, True),
            weights=(10, 5, 4),
            rows=tuple(rows),
            empty=_("Nobody works here yet"),
            chosen=self._chosen,
        )

    def _cards(self, staff_id: str) -> ListTableView:
        """Return somebody's cards: best score, tries, when last."""
        found = {person.staff_id: person for person in self._progress}
        person = found.get(staff_id)
        rows = tuple(self._card_row(card.key, person) for card in CARDS)
        name = next(
            (
                x.name_in(current_language())
                for x in self.work.counter.desk.catalog.everybody()
                if x.staff_id == staff_id
            ),
            "",
        )
        return ListTableView(
            title=name,
            heads=(name or _("Cards"), _("Best"), _("Tries"), _("Last")),
            is_number=(False, True, True, True),
            weights=(9, 2, 2, 4),
            rows=rows,
            empty="",
        )

    def _card_row(self, key: CardKey, person: PersonProgress | None) -> ListRowView:
        title = _(CARD_WORDS[key].title)
        done = person.cards.get(key) if person else None
        if done is None:
            return ListRowView("", (title, "–", "", ""))
        moment = done.last_at.at(self.work.zone)
        when = day_text(moment.date())
        tone = Tone.GOOD if done.best >= PASSED else Tone.WARN
        cells = (title, str(done.best), str(done.attempts), when)
        return ListRowView("", cells, (Tone.PLAIN, tone, Tone.PLAIN, Tone.PLAIN))
