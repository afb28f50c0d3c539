"""Top bar and status bar: shop, cashier, clock, devices, the last message."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from pos_app.errors import GuitaiError
from pos_app.i18n import N_, _, current_language, plural
from pos_app.ports.printing import PrinterStatus
from pos_app.services.print_relief import PrintCounts
from ui.format import clock_text, day_text
from ui.messages import explain
from ui.presenters.approval_state import ApprovalWords
from ui.presenters.frame_state import (
    ChipView,
    FrameState,
    KeyHint,
    MessageView,
    TabView,
    ToastView,
    Tone,
)
from ui.presenters.workplace import Workplace


class Surroundings(Protocol):
    """Who knows which tabs and chips there are for the person signed on."""

    def tabs(self) -> tuple[TabView, ...]:
        """Return the tabs of the top bar."""
        ...

    def shown_tab(self) -> str:
        """Return the key of the tab that one is on."""
        ...

    def till_note(self) -> str:
        """Return what stands behind the till's number; "" for nothing."""
        ...

    def chips(self) -> tuple[ChipView, ...]:
        """Return further chips of the status bar."""
        ...


class Consent(Protocol):
    """Who asks a second person where an action needs one."""

    def attempt(
        self, action: Callable[[], None], words: ApprovalWords | None = None
    ) -> None:
        """Do something; ask for consent and do it again where it needs that."""
        ...


class _SaleAlone:
    """A counter without features."""

    def tabs(self) -> tuple[TabView, ...]:
        """Return the one tab."""
        return (TabView("sale", _("Sale"), "cash-register"),)

    def shown_tab(self) -> str:
        """Return its key."""
        return "sale"

    def till_note(self) -> str:
        """Return nothing."""
        return ""

    def chips(self) -> tuple[ChipView, ...]:
        """Return none."""
        return ()


class FramePresenter(QObject):
    """Keeps what surrounds every screen; screens put it into their own state."""

    changed = Signal()
    """Something around the screens is different."""

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self._work = work
        self._message: MessageView | None = None
        self._toast: ToastView | None = None
        self._undo: Callable[[], None] | None = None
        self._serial = 0
        self._lost: GuitaiError | None = None
        self._prints: PrintCounts | None = None
        self._features: Surroundings = _SaleAlone()
        self._consent: Consent | None = None

    def ask_features(self, features: Surroundings) -> None:
        """Say who knows tabs and further chips."""
        self._features = features

    def ask_consent(self, consent: Consent) -> None:
        """Say who asks a second person."""
        self._consent = consent

    def attempt(
        self, action: Callable[[], None], words: ApprovalWords | None = None
    ) -> None:
        """Do something that may need somebody's consent, or say why not.

        Args:
            action: raises what is to be said; done a second time, whole, when
                somebody approved it.
            words: what the dialog says of it; None for what the demand tells.
        """
        if self._consent is not None:
            self._consent.attempt(action, words)
            return
        try:
            action()
        except GuitaiError as error:
            self.refuse(error)

    def state(
        self, hints: tuple[KeyHint, ...] = (), *, tab: str = "sale"
    ) -> FrameState:
        """Return the bars as they are now."""
        desk = self._work.counter.desk
        shop, staff, now = desk.shop, desk.session.staff, self._work.local_now()
        language = current_language()
        help_hint = KeyHint("F1", _("Help"))
        return FrameState(
            shop_name=shop.name_in(language),
            till_label=self._till_label(shop.till),
            tabs=self._features.tabs() if staff else (),
            tab=self._features.shown_tab() if tab == "sale" else tab,
            cashier_name=staff.name_in(language) if staff else "",
            clock_text=clock_text(now.time()),
            date_text=day_text(now.date()),
            chips=self._chips(),
            message=self._message_now(),
            hints=(help_hint, *hints),
            toast=self._toast,
            training=self._training(),
        )

    def _message_now(self) -> MessageView | None:
        """Return the last message; a locked training shows its PIN all the time."""
        standing = self._standing()
        is_locked = self._work.counter.desk.session.staff is None
        if standing is not None and is_locked:
            return standing
        return self._message or standing

    def _training(self) -> tuple[str, str]:
        """Return the words of the mark of training; none at the real till."""
        if self._work.practice is None:
            return "", ""
        return _("Training · sales do not count"), _("Training")

    def _standing(self) -> MessageView | None:
        """Return what is said while nothing else is: in training, of its slips."""
        practice = self._work.practice
        if practice is None:
            return None
        if self._work.counter.desk.session.staff is None:
            return MessageView(_("Every PIN is {pin} here.", pin=practice.pin))
        return MessageView(_("Training slips are shown here, not printed"))

    def _till_label(self, till: str) -> str:
        """Name the till, and the shift where one is open."""
        words = (_("Till {till}", till=till), self._features.till_note())
        return " · ".join(x for x in words if x)

    def say(self, text: str, tone: Tone = Tone.GOOD) -> None:
        """Show a message until the next one."""
        self._message = MessageView(text, tone)
        self.changed.emit()

    def refuse(self, error: GuitaiError) -> None:
        """Show why something was refused, with the problem's sound."""
        sentence = explain(error, self._work.currency).sentence
        self._work.beep()
        self.say(sentence, Tone.BAD)

    def offer_undo(
        self, text: str, action: str, undo: Callable[[], None] | None = None
    ) -> None:
        """Show a toast that can be undone for a while.

        Args:
            text: what was done.
            action: words of its key.
            undo: what the key does; None for putting the line voided last back.
        """
        self._undo = undo
        self._serial += 1
        self._toast = ToastView(self._serial, text, action)
        # What was said before may be about the very line that is gone.
        self._message = None
        self.changed.emit()

    def undo(self) -> bool:
        """Undo what the toast is about; False where that is a line's void."""
        undo, self._undo = self._undo, None
        if undo is not None:
            undo()
        return undo is not None

    def drop_toast(self) -> None:
        """Take the toast away: it was undone, or is void."""
        self._undo = None
        self._toast = None
        self.changed.emit()

    def unsay(self, text: str) -> None:
        """Take a message away that is no longer so, unless another came since."""
        if self._message is not None and self._message.text == text:
            self._message = None
            self.changed.emit()

    def forget_words(self) -> None:
        """Take message and toast away: they are in another language."""
        self._message = self._toast = None
        self.changed.emit()

    def on_lost(self, error: GuitaiError) -> None:
        """Keep saying that the disk does not take what is sold."""
        self._lost = error
        self.refuse(error)

    def on_stored(self) -> None:
        """The disk takes what is sold again."""
        self._lost = None

    def tick(self) -> None:
        """Let the clock and the device chips show the present."""
        self.look_at_print_jobs()

    def look_at_print_jobs(self) -> None:
        """A print job came or moved on: count anew."""
        self._prints = None
        self.changed.emit()

    @property
    def prints(self) -> PrintCounts:
        """How much is not printed yet; not counted for every scan."""
        if self._prints is None:
            self._prints = self._work.counter.relief.counts()
        return self._prints

    def _chips(self) -> tuple[ChipView, ...]:
        found = [self._printer_chip()]
        if self._lost is not None:
            text = explain(self._lost, self._work.currency).text
            found.append(ChipView("storage", text, "warning", Tone.BAD))
        clock = self._work.counter.desk.clock
        if clock.is_suspect:
            minutes = clock.behind_ms // 60_000
            words = _("Clock is {minutes} min behind", minutes=minutes)
            found.append(ChipView("clock", words, "clock", Tone.WARN, _("Clock")))
        return (*found, *self._features.chips())

    def _printer_chip(self) -> ChipView:
        desk = self._work.counter.desk
        if self.prints.asks:
            words = _("Did the slip print? Tap to answer")
            return ChipView("unknown_job", words, "question", Tone.WARN)
        status = desk.printer.status()
        waiting = self.prints.slips
        trouble = _TROUBLE.get(status)
        if trouble and (waiting or status is not PrinterStatus.UNREACHABLE):
            text = _(trouble)
            if waiting:
                text += " · " + plural(
                    "{count} slip waiting", "{count} slips waiting", waiting
                )
            return ChipView("printer", text, "warning", Tone.WARN, _(trouble))
        tone = Tone.PLAIN if trouble else Tone.GOOD
        return ChipView("printer", _("Printer"), "printer", tone)


_TROUBLE = {
    PrinterStatus.PAPER_OUT: N_("Printer out of paper"),
    PrinterStatus.COVER_OPEN: N_("Printer cover open"),
    PrinterStatus.OFFLINE: N_("Printer refuses to print"),
    PrinterStatus.UNREACHABLE: N_("Printer does not answer"),
}
