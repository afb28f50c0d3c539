"""The member's panel: who is looked for, who was found, who becomes one."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from pos_app.domain.member.recognition import Means
from pos_app.i18n import _
from pos_app.services.members import MemberGlance
from ui.presenters.entry import Entry
from ui.presenters.errand_state import ErrandView
from ui.presenters.frame import FramePresenter
from ui.presenters.frame_state import Tone
from ui.presenters.member_form import MemberForm
from ui.presenters.member_history import history_rows
from ui.presenters.member_keys import MemberKeys
from ui.presenters.member_more import MemberMore
from ui.presenters.member_said import means_words, strength_tone
from ui.presenters.member_state import MemberPage, MemberState
from ui.presenters.member_view import MemberView
from ui.presenters.pad_key import PadKey
from ui.presenters.sale_state import SaleState
from ui.presenters.workplace import Workplace

#: Digits of a tail, and the fewest of a whole phone number.
_TAIL, _LEAST_PHONE = 4, 7


class MemberPresenter(QObject):
    """Keeps what is half done; who the customer is belongs to the open sale."""

    state_changed = Signal()
    """The panel must show `state` anew."""

    def __init__(self, work: Workplace, frame: FramePresenter) -> None:
        super().__init__()
        self._work, self._frame = work, frame
        self.view = MemberView(work)
        self.keys = MemberKeys(work)
        self._more = MemberMore(work)
        self._page = MemberPage.FIND
        self._entry = Entry(takes_times=False)
        self._search, self._chosen = "", ""
        self._found: tuple[MemberGlance, ...] = ()
        self.is_asking_pin = False
        self.form = MemberForm(work)
        self.form.changed.connect(self.state_changed)

    # ---------------------------------------------------------------- what is

    @property
    def page(self) -> MemberPage:
        """Which page is shown."""
        return self._page

    @property
    def current(self) -> MemberGlance | None:
        """The member of the open sale."""
        return self._work.counter.members.current

    @property
    def chosen(self) -> str:
        """The member of the list that Enter takes; "" for none."""
        return self._chosen

    @property
    def typed(self) -> str:
        """What is typed on the pad."""
        return self._entry.text

    @property
    def state(self) -> MemberState:
        """Return everything the panel shows."""
        glance, keys = self.current, self.keys
        page = self._shown_page(glance)
        if page is MemberPage.ENROL:
            return MemberState(
                page, _("New member"), keys=keys.enrol(), enrol=self.form.typing.view()
            )
        chip, tone = self._chip()
        if page is MemberPage.HISTORY and glance is not None:
            rows = history_rows(glance.member_id, self._work)
            return MemberState(
                page,
                _("Points history"),
                rows=(),
                history=rows,
                keys=keys.history(),
            )
        if page is MemberPage.CARD and glance is not None:
            return MemberState(
                page,
                _("Member"),
                chip,
                tone,
                search=self._search,
                prove=keys.prove(
                    has_pin=glance.has_pin, is_asking_pin=self.is_asking_pin
                ),
                card=self.view.card(glance),
                figures=self.view.figures(glance),
                coupons=(*self.view.coupons(), *self._more.for_points()),
                suggestions=self._more.suggestions(glance.member_id),
                purchases=self._more.purchases(glance.member_id),
                keys=keys.card(),
            )
        return self._finding(glance)

    def _finding(self, glance: MemberGlance | None) -> MemberState:
        rows = tuple(self.view.row(one) for one in self._found)
        is_looking = bool(self._search)
        title = _("Nobody found") if is_looking else _("Whose sale is it?")
        hint = _("Scan the member code, type the phone or its last four digits")
        if is_looking:
            hint = _("Look for another name or number, or enrol a new member")
        return MemberState(
            MemberPage.FIND,
            _("Member"),
            search=self._search,
            rows=rows,
            chosen=self._chosen,
            empty=("user-circle", title, hint),
            prove=self.keys.prove_nobody(),
            keys=self.keys.find(has_member=glance is not None),
        )

    def _shown_page(self, glance: MemberGlance | None) -> MemberPage:
        """Return the page; one of a member goes when the member does."""
        if glance is None and self._page in {MemberPage.CARD, MemberPage.HISTORY}:
            self._page = MemberPage.FIND
        return self._page

    def _chip(self) -> tuple[str, Tone]:
        known = self.view.recognition
        strength = self._work.counter.members.strength
        if known is None:
            return "", strength_tone(None)
        words = means_words(known.means, has_pin=known.pin_at is not None)
        return words, strength_tone(strength)

    # ----------------------------------------------------------------- the pad

    def dress(self, state: SaleState) -> SaleState:
        """Give pad and main key to what the panel asks for."""
        page = self._page
        if self.is_asking_pin:
            hidden = "●" * len(self._entry.text)
            return replace(
                state,
                entry_text=hidden,
                entry_hint=_("PIN of the member"),
                errand=ErrandView(self.keys.main_pin(bool(hidden))),
            )
        if page is MemberPage.ENROL:
            return self.form.dress(state, self.keys)
        main = self.keys.main(state, typed=self._entry.text, chosen=self._chosen)
        return replace(
            state,
            entry_text=self._entry.text,
            entry_hint=_("Phone or last four digits"),
            errand=ErrandView(main, pay_keys=self.keys.pay(self.current)),
        )

    def press(self, value: str) -> bool:
        """Take a key of the pad; False for Enter, which the flow serves."""
        key = PadKey(value)
        if key is PadKey.ENTER:
            return False
        if self._page is MemberPage.ENROL and not self.is_asking_pin:
            self.form.press(key)
        elif key not in {PadKey.TIMES, PadKey.POINT}:
            self._entry = self._entry.press(key)
        self.state_changed.emit()
        return True

    def take_typed(self) -> str:
        """Return what is typed on the pad, and clear it."""
        text, self._entry = self._entry.text, Entry(takes_times=False)
        return text

    def clear(self) -> bool:
        """Take one step back: what is typed, then the page; False at the first."""
        if self._entry.text:
            self._entry = Entry(takes_times=False)
        elif self.is_asking_pin:
            self.is_asking_pin = False
        elif self._page in {MemberPage.ENROL, MemberPage.HISTORY}:
            self.begin()
        elif self._search:
            self.look_for("")
            self.begin()
        else:
            return False
        self.state_changed.emit()
        return True

    # ------------------------------------------------------------------- pages

    def begin(self) -> None:
        """Show the member of the sale, or look for one."""
        self._search, self._found, self._chosen = "", (), ""
        self._entry = Entry(takes_times=False)
        self.is_asking_pin = False
        self.form.begin()
        self._page = MemberPage.FIND if self.current is None else MemberPage.CARD
        self._more.forget()
        self.state_changed.emit()

    def look_anew(self) -> None:
        """Look for another member; the present one stays until then."""
        self.begin()
        self._page = MemberPage.FIND
        self.state_changed.emit()

    def ask_pin(self) -> None:
        """The pad takes the member's PIN from now on, hidden."""
        self._entry, self.is_asking_pin = Entry(takes_times=False), True
        self.state_changed.emit()

    def pin_ended(self) -> None:
        """The PIN was judged, or is not asked for any more."""
        self.is_asking_pin = False
        self._entry = Entry(takes_times=False)
        self.state_changed.emit()

    def show_history(self) -> None:
        """Tell what happened to the points within 90 days."""
        self._page = MemberPage.HISTORY
        self.state_changed.emit()

    def begin_enrol(self, phone: str = "") -> None:
        """Enrol somebody, with the phone number that was looked for."""
        self._page, self.is_asking_pin = MemberPage.ENROL, False
        self._entry = Entry(takes_times=False)
        self.form.begin(phone)
        self.state_changed.emit()

    def attached(self) -> None:
        """Somebody was recognised: show who."""
        self.begin()

    # ----------------------------------------------------------------- finding

    def look_for(self, text: str) -> None:
        """Look for members while somebody types."""
        self._search = text.strip()
        self._found, self._chosen = (), ""
        if self._search:
            self._page = MemberPage.FIND
            self._found = self._work.counter.members.find(self._search)
            if len(self._found) == 1:
                self._chosen = self._found[0].member_id
        elif self.current is not None:
            self._page = MemberPage.CARD
        self.state_changed.emit()

    def means_of(self) -> Means:
        """Return by what the chosen member of the list was found."""
        text = "".join(sign for sign in self._search if sign.isdigit())
        if text and len(text) == len(self._search) == _TAIL:
            return Means.LAST_FOUR
        return Means.PHONE_SAID if len(text) >= _LEAST_PHONE else Means.NAME

    def is_phone(self, text: str) -> bool:
        """Tell whether what was typed is long enough for a whole number."""
        return sum(sign.isdigit() for sign in text) >= _LEAST_PHONE

    @property
    def only_one(self) -> str:
        """The member that alone was found; "" for none or several."""
        return self._found[0].member_id if len(self._found) == 1 else ""

    @property
    def has_found(self) -> bool:
        """Tell whether anybody was found."""
        return bool(self._found)

    def choose(self, member_id: str) -> None:
        """Choose a row of the list; Enter takes it."""
        self._chosen = member_id
        self.state_changed.emit()

    def move(self, step: int) -> None:
        """Choose another row of the list."""
        ids = [one.member_id for one in self._found]
        if ids:
            at = ids.index(self._chosen) + step if self._chosen in ids else 0
            self.choose(ids[min(max(at, 0), len(ids) - 1)])
