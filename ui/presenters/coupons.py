"""The customer's coupons: which can be used now, which cannot and why, the best."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from pos_app.i18n import _, current_language, plural
from pos_app.services.coupon_choice import CouponOffer
from ui.format import money
from ui.presenters.entry import Entry
from ui.presenters.errand_state import ErrandView, KeyView
from ui.presenters.member_state import CouponsState
from ui.presenters.member_view import MemberView
from ui.presenters.pad_key import PadKey
from ui.presenters.sale_state import SaleState
from ui.presenters.workplace import Workplace

TAKE, PAY, CLOSE = "coupon_take", "coupon_pay", "coupon_close"


class CouponsPresenter(QObject):
    """Reads the offers; keeps what is typed of a code."""

    state_changed = Signal()
    """The panel must show `state` anew."""

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self._work = work
        self._view = MemberView(work)
        self._entry = Entry(takes_times=False)

    @property
    def typed(self) -> str:
        """What is typed of a code."""
        return self._entry.text

    @property
    def state(self) -> CouponsState:
        """Return everything the panel shows."""
        offers = self._work.counter.coupons.usable(current_language())
        good = [one for one in offers if not one.why_not]
        bad = [one for one in offers if one.why_not]
        best, detail, saving = self._best(offers)
        nobody = self._work.counter.members.current is None
        hint = _("Scan a coupon, or type its code")
        if nobody:
            hint = _("Scan a coupon, or press F2 for the member's")
        count = plural("{count} usable", "{count} usable", len(good))
        return CouponsState(
            title=_("Coupons"),
            note=count if offers else "",
            coupons=tuple(self._view.coupon(one) for one in (*good, *bad)),
            best=best,
            best_detail=detail,
            best_saving=saving,
            empty=(_("No coupons"), hint),
        )

    def _best(self, offers: tuple[CouponOffer, ...]) -> tuple[str, str, str]:
        """Return the words of the key for the best combination; "" without one.

        They are followed by its coupons and what these save, and by that alone.
        """
        best = set(self._work.counter.coupons.best())
        used = {one.coupon_id for one in offers if one.is_used}
        if not best or best == used:
            return "", "", ""
        chosen = [one for one in offers if one.coupon_id in best]
        saves = sum(one.saves_minor for one in chosen)
        words = plural(
            "Use the best coupon", "Use the best {count} coupons", len(chosen)
        )
        names = " + ".join(one.name for one in chosen)
        saved = _("saves {amount}", amount=money(saves, self._work.currency))
        return words, f"{names} · {saved}" if saves else names, saved if saves else ""

    def begin(self) -> None:
        """Open with nothing typed."""
        self._entry = Entry(takes_times=False)
        self.state_changed.emit()

    def press(self, value: str) -> bool:
        """Take a key of the pad; False for Enter, which the flow serves."""
        key = PadKey(value)
        if key is PadKey.ENTER:
            return False
        if key not in {PadKey.TIMES, PadKey.POINT}:
            self._entry = self._entry.press(key)
            self.state_changed.emit()
        return True

    def type_letter(self, letter: str) -> None:
        """Take a letter of a coupon's code."""
        self._entry = self._entry.type(letter)
        self.state_changed.emit()

    def take_typed(self) -> str:
        """Return what is typed, and clear it."""
        text, self._entry = self._entry.text, Entry(takes_times=False)
        return text

    def clear(self) -> bool:
        """Clear what is typed; False when nothing was."""
        was_typed = bool(self._entry.text)
        if was_typed:
            self.begin()
        return was_typed

    def dress(self, state: SaleState) -> SaleState:
        """Give pad and main key to the codes of coupons."""
        typed = self._entry.text
        if typed:
            main = KeyView(TAKE, _("Take this coupon"), "ticket", hint="Enter")
        elif state.lines:
            main = KeyView(
                PAY,
                _("Take payment"),
                "arrow-circle-right",
                _("Cash, card, phone code"),
                hint="F12",
                is_available=not state.blocked_reason,
                reason=state.blocked_reason,
                detail=state.blocked_detail,
            )
        else:
            main = KeyView(CLOSE, _("Back to the goods"), "arrow-left", hint="Esc")
        return replace(
            state,
            entry_text=typed,
            entry_hint=_("Scan or type a coupon's code"),
            quick_cash=(),
            errand=ErrandView(main),
        )
