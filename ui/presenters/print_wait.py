"""Slips that wait for a printer: what is wrong, what to do, and three ways out."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos_app.i18n import _, plural
from pos_app.ports.devices import DeviceReport
from pos_app.ports.printing import PrinterStatus, PrintJob, PrintJobState
from pos_app.services.device_names import device_name
from pos_app.services.devices import RECEIPT_ID
from pos_app.services.slip import SLIP
from ui import tasks
from ui.format import clock_text
from ui.presenters.frame import FramePresenter
from ui.presenters.print_wait_state import PrintWaitState, WaitingSlipView
from ui.presenters.print_wait_words import (
    FINE,
    NO_LABEL_PRINTER,
    OF_FAULT,
    OF_REPORT,
    OF_STATUS,
    STALLED,
    TroubleWords,
)
from ui.presenters.workplace import Workplace

#: More than a panel has room for; the rest is a number.
_SHOWN = 2


class PrintWaitPresenter(QObject):
    """Reads the queue when it is looked at; never waits for a printer."""

    changed = Signal()
    """Something about the slips is different."""

    def __init__(self, work: Workplace, frame: FramePresenter) -> None:
        super().__init__()
        self._work, self._frame = work, frame
        self._relief = work.counter.relief

    @property
    def has_waiting(self) -> bool:
        """Tell whether any slip waits, or a printer is in trouble."""
        if self._relief.waiting() or self._frame.prints.stray_labels:
            return True
        return self._work.counter.desk.printer.status() in OF_STATUS

    @property
    def state(self) -> PrintWaitState:
        """What the panel shows now."""
        jobs = self._relief.waiting()
        labels = self._frame.prints.stray_labels
        if labels and not jobs:
            return _stray_labels(labels)
        printer = jobs[0].printer if jobs else RECEIPT_ID
        words = self._words(printer, jobs)
        helper = next(iter(self._relief.helpers(printer)), None) if jobs else None
        first = self._title(jobs[0]) if jobs else ""
        return PrintWaitState(
            title=_(words.title),
            steps=tuple(_(step) for step in words.steps),
            picture=words.picture,
            slips=tuple(self._view(job) for job in jobs[:_SHOWN]),
            count=len(jobs),
            helper=device_name(helper) if helper else "",
            helper_id=helper.device_id if helper else "",
            printer=printer,
            jobs=tuple(job.job_id for job in jobs if job.printer == printer),
            lets_go=_("Drop {slip}", slip=first) if first else "",
        )

    def _words(self, printer: str, jobs: tuple[PrintJob, ...]) -> TroubleWords:
        desk = self._work.counter.desk
        reports = {x.device_id: x for x in desk.devices.reports()}
        report = reports.get(printer)
        if report is not None and report.key in OF_REPORT:
            return OF_REPORT[report.key]
        status = self._status(report)
        said = dict(report.facts) if report else {}
        is_jammed = said.get("cutter") == "error"
        fault = "cutter" if is_jammed else said.get("fault", "")
        if status is PrinterStatus.OFFLINE and fault in OF_FAULT:
            return OF_FAULT[fault]
        is_under_way = any(job.state is PrintJobState.SENDING for job in jobs)
        return OF_STATUS.get(status, STALLED if is_under_way else FINE)

    def _status(self, report: DeviceReport | None) -> PrinterStatus:
        if report is None or report.device_id == RECEIPT_ID:
            return self._work.counter.desk.printer.status()
        return _STATUS_OF.get(report.key, PrinterStatus.READY)

    def _view(self, job: PrintJob) -> WaitingSlipView:
        zone = self._work.zone
        since = clock_text(job.queued_at.at(zone).time())
        if job.state is PrintJobState.SENDING:
            note = _("half way since {time}", time=since)
        else:
            note = _("waits since {time}", time=since)
        return WaitingSlipView(job.job_id, self._title(job), note)

    def _title(self, job: PrintJob) -> str:
        """Name a slip by its number; other papers have none that people know."""
        sale = None
        if job.kind == SLIP:
            sale = self._work.counter.desk.ledger.sale(job.document_id)
        if sale is None:
            return _("another paper")
        return _("slip {number}", number=sale.number)

    # ----------------------------------------------------------------- intents

    def try_now(self) -> None:
        """Look at the printers at once."""
        self._relief.try_now()
        self._work.counter.desk.printer.wake()
        self._frame.say(_("The printer is asked again"))

    def use_helper(self, shown: PrintWaitState) -> None:
        """Hand what was shown to wait to the printer that the key names, or say why not.

        No other slip goes, and to no other printer, whatever is so by now.
        """
        helpers = self._relief.helpers(shown.printer)
        named = [x for x in helpers if x.device_id == shown.helper_id]
        if named and device_name(named[0]) == shown.helper:
            self._frame.attempt(lambda: self._move(shown))
            return
        said = _(
            "Nothing was moved: {printer} does not print now", printer=shown.helper
        )
        self._frame.say(said)
        self.changed.emit()

    def _move(self, shown: PrintWaitState) -> None:
        future = self._relief.begin_move(shown.printer, shown.helper_id, shown.jobs)
        tasks.watch(future).then(self._on_asked_to_move).otherwise(self._frame.refuse)

    def _on_asked_to_move(self, count: int) -> None:
        self.on_moved(count)
        if not count:
            self._frame.say(_("Nothing was moved: these slips wait no more"))
            self._look_again()

    def on_moved(self, count: object) -> None:
        """Slips went to another printer, by rule or because somebody asked."""
        assert isinstance(count, int)
        if count:
            self._frame.say(_("{count} slips went to the other printer", count=count))
        self._look_again()

    def let_go(self, shown: PrintWaitState) -> None:
        """Let go what was shown to go: the oldest slip, or labels without a printer.

        What is printed by now has gone; nothing else goes in its place. The sale of a
        slip stays, and it can be reprinted.
        """
        wanted = shown.slips[0].job_id if shown.slips else ""
        job = next((x for x in self._relief.waiting() if x.job_id == wanted), None)
        if job is not None:
            self._frame.attempt(lambda: self._cancel(job))
        elif not wanted and self._frame.prints.stray_labels:
            self._frame.attempt(self._cancel_labels)
        else:
            self.changed.emit()

    def _cancel_labels(self) -> None:
        future = self._relief.begin_cancel_labels()
        tasks.watch(future).then(self._on_labels_gone).otherwise(self._frame.refuse)

    def _on_labels_gone(self, _count: int) -> None:
        self._frame.say(_("The labels were let go; they can be printed any time"))
        self._look_again()

    def _cancel(self, job: PrintJob) -> None:
        future = self._relief.begin_cancel(job)
        tasks.watch(future).then(self._on_cancelled).otherwise(self._frame.refuse)

    def _on_cancelled(self, _done: object) -> None:
        self._frame.say(_("The slip was let go; it can be reprinted any time"))
        self._look_again()

    def _look_again(self) -> None:
        self._frame.look_at_print_jobs()
        self.changed.emit()


def _stray_labels(count: int) -> PrintWaitState:
    title = plural("{count} label waits", "{count} labels wait", count)
    return PrintWaitState(
        title=_(NO_LABEL_PRINTER.title),
        steps=tuple(_(step) for step in NO_LABEL_PRINTER.steps),
        picture=NO_LABEL_PRINTER.picture,
        slips=(WaitingSlipView("", title, ""),),
        lets_go=_("Drop these labels"),
    )


_STATUS_OF = {
    "printer_paper_out": PrinterStatus.PAPER_OUT,
    "printer_cover_open": PrinterStatus.COVER_OPEN,
    "printer_refuses": PrinterStatus.OFFLINE,
    "printer_unreachable": PrinterStatus.UNREACHABLE,
}
