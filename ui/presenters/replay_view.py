"""A replayed sale, step by step, as the ticket widgets show it."""

from __future__ import annotations

from pos_app.domain.basket import Basket
from pos_app.domain.open_sale import TakeTender
from pos_app.i18n import _, current_language
from pos_app.services.sale_replay import ReplayFrame, SaleReplay
from pos_app.services.tender_choice import known_tenders
from ui.format import amount, day_text
from ui.presenters.black_box_state import ReplayView
from ui.presenters.replay_offer_words import NAMES_PROMOTION
from ui.presenters.replay_words import Wording, step_words
from ui.presenters.ticket_state import BandView, LineView, SumView
from ui.presenters.ticket_view import TicketView
from ui.presenters.workplace import Workplace


class ReplayPresenter:
    """Knows which step is shown."""

    def __init__(self, work: Workplace, ticket: TicketView) -> None:
        self._work = work
        self._ticket = ticket
        self._replay: SaleReplay | None = None
        self._number = ""
        self._at = 0

    def begin(self, replay: SaleReplay | None, number: str) -> None:
        """Replay another sale, from its last step back; None for none."""
        self._replay, self._number = replay, number
        self._at = len(replay.steps) - 1 if replay else 0

    def go(self, steps: int) -> None:
        """Go some steps on, or back."""
        if self._replay is not None:
            self._at = max(0, min(len(self._replay.steps) - 1, self._at + steps))

    @property
    def view(self) -> ReplayView | None:
        """The step that is shown."""
        replay = self._replay
        if replay is None:
            return None
        frame, count = replay.frame(self._at), len(replay.steps)
        basket = frame.sale.basket
        sold = [line.line_id for line in basket.lines]
        ids = [*(line.line_id for line in basket.returns), *sold]
        chosen = basket.selected
        return ReplayView(
            band=self._band(frame),
            step=self._step(replay, frame),
            position=f"{self._at + 1} / {count}",
            lines=self._lines(frame),
            selected=ids.index(chosen) if chosen in ids else -1,
            sums=self._sums(frame),
            currency=self._work.currency,
            can_go_back=self._at > 0,
            can_go_on=self._at < count - 1,
        )

    def _step(self, replay: SaleReplay, frame: ReplayFrame) -> str:
        language = current_language()
        types = known_tenders(self._work.counter.desk)
        names = {kind.key: kind.name_in(language) for kind in types}
        wording = Wording(
            self._work.currency, names, self._work.zone, self._promotions(frame)
        )
        return step_words(frame.step.intent, self._before(replay), wording)

    def _promotions(self, frame: ReplayFrame) -> dict[str, str]:
        """Name promotions, where the step names one; as they are called now."""
        if not isinstance(frame.step.intent, NAMES_PROMOTION):
            return {}
        versions = self._work.counter.desk.catalog.promotion_versions()
        return {x.promotion_id: x.name for x in versions}

    def _before(self, replay: SaleReplay) -> Basket:
        """Return the basket that the step was done to."""
        if self._at == 0:
            return Basket("")
        return replay.frame(self._at - 1).sale.basket

    def _band(self, frame: ReplayFrame) -> BandView:
        moment = frame.step.at.at(self._work.zone)
        title = _("Sale {number}", number=self._number)
        if not self._number:
            title = _("A sale without a number")
        time = f"{day_text(moment.date())} {moment:%H:%M:%S}"
        return BandView(title, time, "receipt")

    def _lines(self, frame: ReplayFrame) -> tuple[LineView, ...]:
        if frame.priced is None:
            return ()
        return self._ticket.lines_of(frame.sale.basket, frame.priced)

    def _sums(self, frame: ReplayFrame) -> tuple[SumView, ...]:
        currency, sale = self._work.currency, frame.sale
        taken = sum(each.amount_minor for each in sale.tenders)
        given = sum(each.amount_minor for each in sale.refunds)
        found = [SumView(_("Items"), str(len(sale.basket.lines)))]
        if frame.priced is not None and frame.priced.discount_minor:
            off = amount(-frame.priced.discount_minor, currency)
            found.append(SumView(_("Discounts"), off))
        if taken or isinstance(frame.step.intent, TakeTender):
            found.append(SumView(_("Received"), amount(taken, currency)))
        if given:
            found.append(SumView(_("Refunded"), amount(given, currency)))
        found.append(SumView(_("To pay"), amount(frame.due_minor, currency)))
        return tuple(found)
