"""The questions of the counter: asked over the ticket, answered to presenters."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from pos_app.domain.item import SellingUnit
from pos_app.domain.sale import Sale
from pos_app.domain.tender import LEDGER_KINDS, TenderKind
from pos_app.errors import GuitaiError
from pos_app.i18n import _, current_language, plural
from pos_app.ports.printing import BADGE_PAPER, PrintJob, PrintJobState
from pos_app.services.parked_slip import PARKED_SLIP
from ui import tasks
from ui.dialogs.dialog import Dialog
from ui.dialogs.entry import NoteDialog, WeightDialog
from ui.dialogs.question import (
    Answer,
    Question,
    QuestionDialog,
    large_quantity,
    unknown_badge,
    unknown_paper,
    unknown_print,
)
from ui.dialogs.reason import ReasonDialog
from ui.dialogs.tender_correction import (
    OfferedTender,
    TakenTender,
    TenderCorrectionDialog,
)
from ui.dialogs.void_sale import VoidSaleDialog
from ui.format import money
from ui.main_window import MainWindow
from ui.panels.keymap_overlay import KeymapOverlay
from ui.presenters.approval_state import ApprovalWords
from ui.presenters.frame import FramePresenter
from ui.presenters.sale import SalePresenter
from ui.presenters.workplace import Workplace


class DialogFlow(QObject):
    """Opens dialogs and carries their answers."""

    sale_voided = Signal()
    """The whole open sale was given up."""

    def __init__(
        self,
        window: MainWindow,
        work: Workplace,
        frame: FramePresenter,
        sale: SalePresenter,
    ) -> None:
        super().__init__(window)
        self._work = work
        self._frame = frame
        self._sale = sale
        self._job: PrintJob | None = None
        self._doubted = ""
        self._noted = ""
        self._weigh: Callable[[SellingUnit], bool] | None = None
        self.weight = WeightDialog(window)
        self.note = NoteDialog(window)
        self.void = VoidSaleDialog(window)
        self.correction = TenderCorrectionDialog(window)
        self.quantity = QuestionDialog(window, "quantityQuestion")
        self.unknown_job = QuestionDialog(window, "unknownJobQuestion")
        self.clock = QuestionDialog(window, "clockQuestion")
        self.no_sale = ReasonDialog(window, "noSaleDialog", "cash-register")
        self.help = KeymapOverlay(window)
        self._all: tuple[Dialog, ...] = (
            self.weight,
            self.note,
            self.void,
            self.correction,
            self.quantity,
            self.unknown_job,
            self.clock,
            self.no_sale,
            self.help,
        )
        self._connect()

    def _connect(self) -> None:
        self._sale.weight_wanted.connect(self.ask_weight)
        self._sale.lines.quantity_doubted.connect(self.ask_quantity)
        self.weight.weighed.connect(self._sale.on_weighed)
        self.weight.closed.connect(self._sale.on_weighing_left)
        self.note.noted.connect(self._on_noted)
        self.void.confirmed.connect(self._on_void)
        self.quantity.answered.connect(self._on_quantity)
        self.unknown_job.answered.connect(self._on_job_answered)
        self.clock.answered.connect(self._on_clock_answered)

    def own(self, dialog: Dialog) -> None:
        """Close a feature's dialog with the others."""
        self._all = (*self._all, dialog)

    def give_way(self) -> None:
        """Close the questions: the person has gone on scanning.

        Words that are being written stay; they know which line they are for.
        """
        for dialog in self._all:
            if dialog is not self.note and dialog.isVisible():
                dialog.leave()

    def leave_all(self) -> None:
        """Close everything, also what is half typed: the till is being locked."""
        self._sale.on_escape()
        for dialog in self._all:
            if dialog.isVisible():
                dialog.leave()

    # --------------------------------------------------------------- questions

    def weigh_on_scale(self, weigh: Callable[[SellingUnit], bool]) -> None:
        """Say who weighs goods on a scale; it answers whether it does."""
        self._weigh = weigh

    def ask_weight(self, unit: SellingUnit) -> None:
        """Ask how heavy goods without a label are: the scale, else the person."""
        if self._weigh is None or not self._weigh(unit):
            self.ask_typed_weight(unit)

    def ask_typed_weight(self, unit: SellingUnit) -> None:
        """Let the weight be typed."""
        price = money(unit.price.minor if unit.price else 0, self._work.currency)
        self.weight.ask(unit.name_in(current_language()), price)

    def ask_note(self) -> None:
        """Ask for a note on the selected line."""
        name = self._selected_name()
        basket = self._work.counter.sale.basket
        if name and basket is not None:
            self._noted = basket.selected or ""
            self.note.ask(name, self._sale.lines.selected_note())

    def _on_noted(self, text: str) -> None:
        self._sale.lines.on_note_written(self._noted, text)

    def _selected_name(self) -> str:
        """Return what the selected line sells; "" for an empty ticket."""
        basket = self._work.counter.sale.basket
        if basket is None or basket.selected is None:
            return ""
        line = basket.line(basket.selected)
        return line.unit.name_in(current_language()) if line.unit else line.scanned

    def ask_quantity(self, text: str) -> None:
        """Ask once whether more than 99 is meant."""
        self._doubted = text
        self.quantity.ask(large_quantity(text, self._selected_name()))

    def _on_quantity(self, answer: str) -> None:
        if answer == "take":
            self._sale.lines.on_quantity_confirmed(self._doubted)

    def ask_void(self) -> None:
        """Ask why the whole sale is given up."""
        priced = self._work.counter.sale.priced
        basket = self._work.counter.sale.basket
        back = len(basket.returns) if basket else 0
        if priced is None or basket is None or not (basket.lines or back):
            self._frame.say(_("There is nothing to void"))
            return
        language = current_language()
        reasons = self._work.counter.desk.catalog.reasons("sale_void")
        words = [(reason.key, reason.name_in(language)) for reason in reasons]
        count = priced.item_count + back
        pieces = plural("{count} item", "{count} items", count)
        self.void.ask(words, pieces, money(priced.total_minor, priced.currency))

    def _on_void(self, reason: str) -> None:
        words = ApprovalWords(reason=reason)
        self._frame.attempt(lambda: self._void(reason), words)

    def _void(self, reason: str) -> None:
        future = self._work.counter.checkout.void_sale(reason)
        self._sale.hold()
        task = tasks.watch(future).then(self._on_voided)
        task.otherwise(self._on_void_failed).after_bug(self._sale.release)

    def _on_voided(self, _void: object) -> None:
        self._work.counter.checkout.finished()
        self._frame.drop_toast()
        self._frame.say(_("Sale voided"))
        self._sale.release()
        self.sale_voided.emit()

    def _on_void_failed(self, error: GuitaiError) -> None:
        self._frame.on_lost(error)
        self._sale.release()

    # ------------------------------------------------------------ after a sale

    def ask_correction(self, sale: Sale) -> None:
        """Ask which tender was wrong and what it really was."""
        language, currency = current_language(), sale.priced.currency
        catalog = self._work.counter.desk.catalog
        names = {x.key: x.name_in(language) for x in catalog.known_tenders()}
        taken = [
            TakenTender(t.tender_id, names[t.key], money(t.amount_minor, currency))
            for t in sale.tenders
            if t.kind not in LEDGER_KINDS  # its own ledger has moved with it
        ]
        offers = [
            OfferedTender(
                kind.key, names[kind.key], _ICONS[kind.kind], kind.asks_reference
            )
            for kind in catalog.tender_types()
        ]
        self.correction.ask(sale.number, taken, offers)

    def ask_no_sale(self) -> None:
        """Ask why the drawer is to open without a sale."""
        language = current_language()
        reasons = self._work.counter.drawer.reasons()
        self.no_sale.ask(
            _("Open the drawer without a sale?"),
            _("Who opened it, when and why goes into the journal."),
            [(one.key, one.name_in(language)) for one in reasons],
        )

    def ask_unknown_job(self) -> None:
        """Ask whether a slip whose end nobody saw came out whole."""
        jobs = self._work.counter.desk.ledger.open_print_jobs()
        unknown = [job for job in jobs if job.state is PrintJobState.UNKNOWN]
        if not unknown:
            return
        self._job = unknown[0]
        sale = self._work.counter.desk.ledger.sale(self._job.document_id)
        if self._job.kind == BADGE_PAPER:
            self.unknown_job.ask(unknown_badge())
        elif sale is not None:
            self.unknown_job.ask(unknown_print(sale.number))
        else:  # a parked slip is known by its number, other papers by none
            is_parked = self._job.kind == PARKED_SLIP
            number = self._job.document_id if is_parked else ""
            self.unknown_job.ask(unknown_paper(number))

    def _on_job_answered(self, answer: str) -> None:
        job, self._job = self._job, None
        if job is None:
            return
        slip = self._work.counter.slip
        try:
            future = slip.answer_unknown(job, printed=answer == "came")
        except GuitaiError as error:
            self._frame.refuse(error)
            return
        tasks.watch(future).then(self._on_job_settled).otherwise(self._frame.refuse)

    def _on_job_settled(self, _done: object) -> None:
        self._frame.look_at_print_jobs()

    def ask_clock(self) -> None:
        """Ask a manager whether the machine's clock is right now."""
        minutes = self._work.counter.desk.clock.behind_ms // 60_000
        now = self._work.local_now()
        self.clock.ask(
            Question(
                icon="clock",
                title=_("The clock went back"),
                text=_(
                    "It is {minutes} minutes behind the last entry. Sales go on at"
                    " {time}, flagged. Is the machine's clock right now?",
                    minutes=minutes,
                    time=f"{now:%H:%M}",
                ),
                answers=(
                    Answer("right", _("Yes, the clock is right"), "check"),
                    Answer("wrong", _("No, I will set it"), "x", is_main=True),
                ),
            )
        )

    def _on_clock_answered(self, answer: str) -> None:
        if answer == "right":
            self._frame.attempt(self._confirm_clock)

    def _confirm_clock(self) -> None:
        future = self._work.counter.sign_on.begin_clock_confirm()
        task = tasks.watch(future).then(self._on_clock_confirmed)
        task.otherwise(self._frame.refuse)

    def _on_clock_confirmed(self, behind_ms: int) -> None:
        self._work.counter.sign_on.clock_confirmed(behind_ms)
        self._frame.say(_("The clock is confirmed"))


_ICONS = {
    TenderKind.CASH: "money-wavy",
    TenderKind.CARD: "credit-card",
    TenderKind.CODE: "qr-code",
    TenderKind.OTHER: "ticket",
}
