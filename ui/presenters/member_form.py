"""The form of a new member while it is filled in."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from pos_app.errors import UserError
from pos_app.i18n import _
from ui.presenters.errand_state import ErrandView
from ui.presenters.member_enrol import EnrolTyping
from ui.presenters.member_keys import MemberKeys
from ui.presenters.member_state import EnrolField
from ui.presenters.pad_key import PadKey
from ui.presenters.sale_state import SaleState
from ui.presenters.workplace import Workplace

#: What the pad types.
_PADDED = frozenset({EnrolField.PHONE, EnrolField.BIRTHDAY})


class MemberForm(QObject):
    """Keeps what is typed; the service is asked by whoever enrols."""

    changed = Signal()
    """The form must be shown anew."""

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self._work = work
        self.typing = EnrolTyping()
        self.is_busy = False

    @property
    def phone(self) -> str:
        """The number as typed."""
        return self.typing.of(EnrolField.PHONE)

    def begin(self, phone: str = "") -> None:
        """Fill in a new form."""
        self.is_busy = False
        self.typing = EnrolTyping().with_text(EnrolField.PHONE, phone)

    def dress(self, state: SaleState, keys: MemberKeys) -> SaleState:
        """Give pad and main key to the form."""
        active = self.typing.active
        hint = _("Phone number")
        if active is EnrolField.BIRTHDAY:
            hint = _("Birthday, month and day")
        main = keys.main_enrol(self.typing, is_busy=self.is_busy)
        return replace(
            state,
            entry_text=self.typing.of(active) if active in _PADDED else "",
            entry_hint=hint,
            entry_problem="",
            quick_cash=(),
            errand=ErrandView(main),
        )

    def press(self, key: PadKey) -> None:
        """Take a key of the pad."""
        self._set(self.typing.press(key))

    def type_field(self, which: str, text: str) -> None:
        """A text field has another text."""
        self._set(self.typing.with_text(EnrolField(which), text))

    def choose_field(self, which: str) -> None:
        """The pad types into another field."""
        self._set(replace(self.typing, active=EnrolField(which)))

    def agree(self) -> None:
        """The customer agrees, or not after all."""
        self._set(replace(self.typing, is_agreed=not self.typing.is_agreed))

    def agree_to_offers(self) -> None:
        """Offers may be sent, or not after all."""
        self._set(replace(self.typing, may_write=not self.typing.may_write))

    def refuse_profile(self) -> None:
        """No groups and suggestions by purchases, or yes after all."""
        self._set(replace(self.typing, no_profile=not self.typing.no_profile))

    def refused(self, error: UserError) -> None:
        """Say at its field what was refused."""
        self.is_busy = False
        self._set(self.typing.refused(error, self._work.currency))

    def _set(self, typing: EnrolTyping) -> None:
        self.typing = typing
        self.changed.emit()
