"""After payment: the change stays until the next scan, the slip is shown."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos_app.domain.correction import TenderCorrection
from pos_app.domain.permission import Permission
from pos_app.domain.sale import Sale
from pos_app.domain.tender import LEDGER_KINDS, TenderKind
from pos_app.i18n import N_, _, plural
from pos_app.ports.printing import PrintJobState
from pos_app.services.slip import SLIP
from ui import tasks
from ui.format import amount, clock_text, money
from ui.presenters.approval_state import ApprovalWords
from ui.presenters.done_member import DoneMember
from ui.presenters.done_state import DoneState, OutcomeView
from ui.presenters.entry import Entry
from ui.presenters.frame import FramePresenter
from ui.presenters.frame_state import KeyHint, Tone
from ui.presenters.return_rows import tender_words
from ui.presenters.slip_glance import at_a_glance
from ui.presenters.ticket_state import BandView, SumView
from ui.presenters.workplace import Workplace
from ui.tasks import TaskRunner

_SLIP_WORDS = {
    PrintJobState.QUEUED: (N_("Slip waiting to print"), Tone.PLAIN),
    PrintJobState.SENDING: (N_("Slip is printing"), Tone.PLAIN),
    PrintJobState.SENT: (N_("Slip sent to the printer"), Tone.GOOD),
    PrintJobState.CONFIRMED: (N_("Slip printed"), Tone.GOOD),
    PrintJobState.HELD: (N_("Slip waits: look at the printer"), Tone.WARN),
    PrintJobState.UNKNOWN: (N_("Slip may be incomplete"), Tone.WARN),
    PrintJobState.FAILED: (N_("Slip could not be printed"), Tone.BAD),
    PrintJobState.CANCELLED: (N_("Slip cancelled"), Tone.PLAIN),
}
_GUARDED = {
    "reprint": Permission.REPRINT,
    "correct": Permission.TENDER_CORRECT,
    "drawer": Permission.DRAWER_OPEN,
    "void": Permission.SALE_REVERSE,
}
DRAWER_SHUT = N_("Drawer did not open: open it with the key")


class DonePresenter(QObject):
    """Shows the sale that ended last."""

    state_changed = Signal()
    """The screen must show `state` anew."""

    def __init__(
        self, work: Workplace, frame: FramePresenter, runner: TaskRunner
    ) -> None:
        super().__init__()
        self._work = work
        self._frame = frame
        self._runner = runner
        self._sale: Sale | None = None
        self._png = b""
        self._entry = Entry()
        self._was_kicked: bool | None = None
        self._member = DoneMember(work)

    @property
    def sale(self) -> Sale | None:
        """The sale on screen."""
        return self._sale

    def show(self, sale: Sale) -> None:
        """Show a sale that has just ended, or look at the last one again."""
        if self._sale is not None and sale.sale_id == self._sale.sale_id:
            self._was_kicked = None  # that was minutes ago
        self._sale, self._png, self._entry = sale, b"", Entry()
        slip = self._work.counter.slip
        layout = at_a_glance(slip.layout(sale, slip.form(sale.language)))
        draw = self._work.upkeep.draw
        self._runner.run(lambda: draw(layout)).then(self._on_drawn)
        self.say_drawer()
        self.state_changed.emit()

    def _on_drawn(self, png: bytes) -> None:
        self._png = png
        self.state_changed.emit()

    def refresh(self) -> None:
        """Show the present state: a print job moved on."""
        self.state_changed.emit()

    @property
    def state(self) -> DoneState:
        """Return everything the screen shows."""
        sale = self._sale
        assert sale is not None
        currency = sale.priced.currency
        cash = sum(t.amount_minor for t in sale.tenders if t.kind is TenderKind.CASH)
        ended = sale.ended_at.at(self._work.zone).time()
        title, label, back_minor = _outcome(sale)
        return DoneState(
            frame=self._frame.state((KeyHint("Enter", _("New sale")),)),
            currency=currency,
            band=BandView(_("Sale {number}", number=sale.number), title, "receipt"),
            title=title,
            detail=_(
                "On this till's disk · {time}",
                time=f"{clock_text(ended)}:{ended.second:02}",
            ),
            change_minor=back_minor,
            change_label=label,
            received_text=self._refunded(sale) or self._received(cash, currency),
            saved_minor=sale.priced.discount_minor,
            invitation=_("Scan the next item to begin a new sale"),
            invitation_detail=_("Change and slip stay until then"),
            slip_png=self._png,
            extra_text=self._member.earned(sale),
            outcomes=(*self._outcomes(sale), *self._member.outcomes(sale)),
            sums=self._sums(sale),
            entry_text=self._entry.shown,
            entry_hint=_("Quantity × barcode / number"),
            can_void=self._can_void(sale),
            can_correct=any(t.kind not in LEDGER_KINDS for t in sale.tenders),
            locked=self._locked(),
        )

    def _locked(self) -> frozenset[str]:
        needs = self._work.counter.desk.needs_approval
        return frozenset(key for key, guard in _GUARDED.items() if needs(guard))

    def _can_void(self, sale: Sale) -> bool:
        desk = self._work.counter.desk
        is_today = sale.business_day == desk.business_day()
        return is_today and not sale.returns

    def _refunded(self, sale: Sale) -> str:
        """Say how money went back; "" where none did."""
        if not sale.refunds:
            return ""
        keys = tuple(dict.fromkeys(refund.key for refund in sale.refunds))
        return _("Back to {tender}", tender=tender_words(keys, self._work))

    def _received(self, cash_minor: int, currency: str) -> str:
        if not cash_minor:
            return ""
        return _("Cash {amount}", amount=amount(cash_minor, currency))

    def _outcomes(self, sale: Sale) -> tuple[OutcomeView, ...]:
        found = []
        found_jobs = self._work.counter.desk.ledger.print_jobs_of(sale.sale_id)
        jobs = [job for job in found_jobs if job.kind == SLIP]
        if jobs:
            words, tone = _SLIP_WORDS[jobs[-1].state]
            text = _(words)
            if self._work.practice and jobs[-1].state is PrintJobState.CONFIRMED:
                text = _("Slip on the screen")
            if jobs[-1].copy_number:
                text += " · " + _("COPY {number}", number=jobs[-1].copy_number)
            icon = "printer" if tone is not Tone.WARN else "warning"
            found.append(OutcomeView("slip", text, icon, tone))
        else:
            found.append(OutcomeView("slip", _("No slip"), "receipt-x", Tone.PLAIN))
        if self._work.practice is not None:
            words = _("Drawer stays shut in training")
            found.append(OutcomeView("drawer", words, "cash-register", Tone.PLAIN))
        elif self._was_kicked is not None:
            found.append(_drawer_outcome(is_open=self._was_kicked))
        return tuple(found)

    def _sums(self, sale: Sale) -> tuple[SumView, ...]:
        seconds = (sale.ended_at.unix_ms - sale.started_at.unix_ms) // 1000
        count = sale.priced.item_count
        total = sale.due_minor + sale.rounding_minor
        name = _("Refunded") if total < 0 else _("Received")
        took = plural("{count} second", "{count} seconds", max(0, seconds))
        return (
            SumView(_("Last sale"), sale.number),
            SumView(_("Items"), str(count)),
            SumView(name, amount(abs(total), sale.priced.currency)),
            SumView(_("Took"), took),
        )

    # -------------------------------------------------------------- the drawer

    def on_commit_began(self) -> None:
        """A sale is being committed: its drawer has not been heard of."""
        self._was_kicked = None

    def on_drawer_kicked(self, was_kicked: bool) -> None:
        """The printer said whether it opened the drawer."""
        self._was_kicked = was_kicked
        if not was_kicked:
            self._work.beep()
        self.say_drawer()
        self.state_changed.emit()

    def say_drawer(self) -> None:
        """Say once more if the drawer stayed shut: nobody can give change."""
        if self._was_kicked is False:
            self._frame.say(_(DRAWER_SHUT), Tone.BAD)

    # ----------------------------------------------------------------- intents

    def on_reprint(self) -> None:
        """Print the slip again, marked COPY n."""
        if self._sale is not None:
            sale_id = self._sale.sale_id
            self._frame.attempt(lambda: self._reprint(sale_id))

    def _reprint(self, sale_id: str) -> None:
        future = self._work.counter.slip.reprint(sale_id)
        tasks.watch(future).then(self._on_reprinted).otherwise(self._frame.refuse)

    def _on_reprinted(self, _job: object) -> None:
        self._frame.say(_("A copy of the slip is on its way"))
        self.state_changed.emit()

    def on_tender_corrected(self, tender_id: str, to_key: str, reference: str) -> None:
        """A wrong tender becomes the right one, by a new document."""
        if self._sale is None:
            return
        sale = self._sale
        words = ApprovalWords(title=_("Sale {number}", number=sale.number))
        self._frame.attempt(
            lambda: self._correct(sale, tender_id, to_key, reference), words
        )

    def _correct(self, sale: Sale, tender_id: str, to_key: str, reference: str) -> None:
        service = self._work.counter.tender_correction
        future = service.correct(sale.sale_id, tender_id, to_key, reference)
        tasks.watch(future).then(self._on_corrected).otherwise(self._frame.refuse)

    def _on_corrected(self, done: TenderCorrection) -> None:
        self._frame.say(_("Tender corrected: {number}", number=done.number))
        self.state_changed.emit()


def _drawer_outcome(*, is_open: bool) -> OutcomeView:
    if is_open:
        return OutcomeView("drawer", _("Drawer opened"), "cash-register")
    return OutcomeView("drawer", _(DRAWER_SHUT), "warning", Tone.BAD)


def finished_words(sale: Sale) -> str:
    """Say in one sentence what ended, and what goes back to the customer."""
    if sale.refunds:
        back = money(sum(x.amount_minor for x in sale.refunds), sale.priced.currency)
        return _("Finished {number} · refunded {back}", number=sale.number, back=back)
    if not sale.change_minor:
        return _("Finished {number}", number=sale.number)
    change = money(sale.change_minor, sale.priced.currency)
    return _("Finished {number} · change {change}", number=sale.number, change=change)


def _outcome(sale: Sale) -> tuple[str, str, int]:
    """Return title, label and amount of what the customer gets."""
    if sale.refunds:
        back_minor = sum(refund.amount_minor for refund in sale.refunds)
        title = _("Sale voided") if sale.reverses else _("Refunded")
        return title, _("Given back"), back_minor
    if sale.returns and not sale.tenders:
        words = _("Even exchange") if sale.lines else _("No refund")
        return words, words, 0
    return _("Paid"), _("Change"), sale.change_minor
