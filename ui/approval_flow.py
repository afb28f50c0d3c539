"""Actions that may need somebody's consent: ask for it in place, do them again."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from pos_app.domain.permission import Approval
from pos_app.errors import GuitaiError, UserError
from pos_app.i18n import _
from pos_app.ports.sounds import Sound
from pos_app.services.credentials import is_badge
from pos_app.services.payment_secrets import is_payment_code
from pos_app.services.session import ApprovalNeeded
from ui.dialogs.approval import ApprovalDialog
from ui.main_window import MainWindow
from ui.presenters.approval import ApprovalPresenter
from ui.presenters.approval_state import ApprovalWords
from ui.presenters.frame import FramePresenter
from ui.presenters.frame_state import Tone
from ui.presenters.workplace import Workplace


@dataclass(frozen=True, slots=True)
class _Asked:
    """An action that waits, and what was approved of it so far.

    An action with two demands raises for the first, then for the second: what
    was given for the first is given to the session again.
    """

    action: Callable[[], None]
    words: ApprovalWords
    given: tuple[Approval, ...] = ()


class ApprovalFlow(QObject):
    """One dialog over whatever screen asks; the cashier stays signed on."""

    scan_waited = Signal(str)
    """A code that was scanned while somebody was asked; now it may be served."""

    def __init__(
        self, window: MainWindow, work: Workplace, frame: FramePresenter
    ) -> None:
        super().__init__(window)
        self._work, self._frame = work, frame
        self._asked: _Asked | None = None
        self._waiting: deque[str] = deque()
        self.presenter = ApprovalPresenter(work)
        self.dialog = ApprovalDialog(window)
        self.dialog.approver_chosen.connect(self.presenter.on_approver_chosen)
        self.dialog.reason_chosen.connect(self.presenter.on_reason_chosen)
        self.dialog.pad_pressed.connect(self.presenter.on_pad)
        self.dialog.agreed.connect(self.presenter.on_agreed)
        self.dialog.closed.connect(self._on_left)
        self.presenter.state_changed.connect(self.show)
        self.presenter.approved.connect(self._on_approved)
        frame.changed.connect(self.presenter.refresh)

    def attempt(
        self, action: Callable[[], None], words: ApprovalWords | None = None
    ) -> None:
        """Do something; where it needs a second person, ask and do it again.

        Args:
            action: checks first and changes nothing before (ApprovalNeeded); what
                it raises is said, so it need not catch anything.
            words: what the dialog says of it; None for what the demand tells.
        """
        if self._asked is None:
            self._try(_Asked(action, words or ApprovalWords()))

    def show(self) -> None:
        """Show the present state, if something is asked."""
        if self.presenter.is_open:
            self.dialog.show_state(self.presenter.state)

    def leave(self) -> None:
        """Ask no more: the till is being locked."""
        if self.dialog.isVisible():
            self.dialog.leave()

    def takes_scan(self, code: str) -> bool:
        """Serve a scan while somebody is asked: a badge chooses its owner.

        Goods wait until the dialog is gone; none is lost (law 8).
        """
        if self._asked is None:
            return False
        if is_badge(code):
            self.presenter.on_badge(code)
        else:
            self._waiting.append(code)
            shown = "•••" if is_payment_code(code) else code
            self._frame.say(
                _("Kept until this is answered: {code}", code=shown), Tone.INFO
            )
        return True

    def _try(self, asked: _Asked) -> None:
        session = self._work.counter.desk.session
        for approval in asked.given:
            session.approve(approval)
        try:
            asked.action()
        except ApprovalNeeded as needed:
            self._ask(asked, needed)
        except GuitaiError as error:
            self._frame.refuse(error)
        finally:
            session.forget_approvals()

    def _ask(self, asked: _Asked, needed: ApprovalNeeded) -> None:
        """Open the dialog; or say that nobody could agree, or that it did not help."""
        was_given = any(one.demand == needed.demand for one in asked.given)
        if was_given:
            self._frame.refuse(needed)
            return
        self._asked = asked
        if not self.presenter.begin(needed.demand, asked.words):
            self._asked = None
            self._frame.refuse(_nobody(needed))
            return
        self.dialog.open()
        self._work.sounds.play(Sound.APPROVAL)

    def _on_approved(self, approval: Approval) -> None:
        asked = self._asked
        assert asked is not None
        self._asked = None
        self.dialog.hide()
        self._try(replace(asked, given=(*asked.given, approval)))
        self._serve_waiting()

    def _on_left(self) -> None:
        """Nobody agreed: nothing was changed."""
        was_asked, self._asked = self._asked is not None, None
        self.presenter.leave()
        self._work.counter.desk.session.forget_approvals()
        if was_asked:
            self._frame.say(_("Not approved; nothing was changed"), Tone.INFO)
        self._serve_waiting()

    def _serve_waiting(self) -> None:
        while self._waiting and self._asked is None:
            self.scan_waited.emit(self._waiting.popleft())


def _nobody(needed: ApprovalNeeded) -> UserError:
    """Return what is said where there is nobody to ask; the limit, where it has one."""
    if needed.key != "not_permitted":
        return needed
    return UserError("approval_nobody", action=needed.demand.action.value)
