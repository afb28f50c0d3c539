"""Another price, or a discount by hand: typed on the pad, with a reason to tap."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from pos_app.domain.open_sale import Intent, SetDiscount, SetOverride, SetSaleDiscount
from pos_app.domain.reduction import ManualDiscount, PriceOverride
from pos_app.errors import UserError
from pos_app.i18n import _, current_language
from pos_app.services.price_by_hand import DISCOUNT_REASONS, OVERRIDE_REASONS
from pos_app.values.money import parse_minor
from pos_app.values.percentage import Percentage
from ui.presenters.approval_state import ApprovalWords
from ui.presenters.entry import Entry
from ui.presenters.pad_key import PadKey
from ui.presenters.reduction_state import ReductionKind, ReductionState
from ui.presenters.reduction_view import ReductionView
from ui.presenters.workplace import Workplace

#: What a typed number means.
PERCENT, AMOUNT = "percent", "amount"
_NOTHING_TYPED = Entry(takes_times=False)


@dataclass(frozen=True, slots=True)
class ReductionDraft:
    """What is half typed; the sale knows nothing of it yet.

    Attributes:
        kind: what is being changed. line_id: of the line; "" for the whole sale.
        entry: what is typed. mode: what it means. reason: the chosen one's key.
    """

    kind: ReductionKind
    line_id: str
    entry: Entry = _NOTHING_TYPED
    mode: str = PERCENT
    reason: str = ""


class ReductionPresenter(QObject):
    """Holds what is typed; gives the flow what to do when it is taken."""

    state_changed = Signal()
    """The dialog must show `state` anew."""

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self._work = work
        self._view = ReductionView(work)
        self._draft = ReductionDraft(ReductionKind.SALE, "")
        self._has_offers = False

    def begin(self, kind: ReductionKind, line_id: str = "", text: str = "") -> None:
        """Ask for a price or a discount.

        Args:
            kind: what is changed.
            line_id: of the line; "" for the whole sale.
            text: a number that was typed before the key: `10 /` is 10 %.
        """
        is_sale = kind is ReductionKind.SALE
        self._has_offers = is_sale and self._work.counter.offer_choice.has_any
        entry = replace(_NOTHING_TYPED, text=text)
        reasons = self._reasons(kind)
        only = reasons[0][0] if len(reasons) == 1 else ""
        self._draft = ReductionDraft(kind, line_id, entry, reason=only)
        self.state_changed.emit()

    @property
    def state(self) -> ReductionState:
        """Return everything the dialog shows."""
        draft, problem = self._draft, ""
        intent: Intent | None = None
        try:
            intent = self._intent()
            found = self._view.found(draft.kind, draft.line_id, intent)
        except UserError as error:
            problem = self._view.explain(error)
            found = self._view.found(draft.kind, draft.line_id, None)
        blocked = "" if draft.reason else _("Choose a reason")
        if intent is None or problem:
            blocked = _("Type the new price") if self._is_price else _("Type how much")
        return replace(
            found,
            has_offers=self._has_offers,
            modes=() if self._is_price else self._modes(),
            mode=draft.mode,
            entry_hint=self._hint(),
            entry_text=self._entry_text(),
            problem=problem,
            reasons=self._reasons(draft.kind),
            reason=draft.reason,
            blocked=blocked,
        )

    def on_pad(self, value: str) -> None:
        """A key of the pad; Enter is the dialog's own."""
        self._change(entry=self._draft.entry.press(PadKey(value)))

    def on_mode(self, mode: str) -> None:
        """The number means per cent, or money, from now on."""
        self._change(mode=mode)

    def on_mode_switched(self) -> None:
        """The other meaning of the number."""
        self._change(mode=AMOUNT if self._draft.mode == PERCENT else PERCENT)

    def on_reason(self, reason: str) -> None:
        """A reason was tapped."""
        self._change(reason=reason)

    def words(self) -> ApprovalWords:
        """Return what somebody who must agree is told."""
        state = self.state
        return ApprovalWords(
            title=state.what,
            before=state.before,
            after=state.after,
            detail=state.change,
            reason=state.reason,
        )

    def giving(self) -> Callable[[], None]:
        """Return what gives it; the same again after somebody has agreed."""
        draft, service = self._draft, self._work.counter.price_by_hand
        if draft.kind is ReductionKind.PRICE:
            minor = parse_minor(draft.entry.text, self._work.currency)
            return lambda: service.override_price(draft.line_id, minor, draft.reason)
        off = self._off()
        if draft.kind is ReductionKind.LINE:
            return lambda: service.discount_line(draft.line_id, off, draft.reason)
        return lambda: service.discount_sale(off, draft.reason)

    def taking_back(self) -> Callable[[], None]:
        """Return what takes back what is given now."""
        draft, service = self._draft, self._work.counter.price_by_hand
        if draft.kind is ReductionKind.PRICE:
            return lambda: service.take_back_override(draft.line_id)
        if draft.kind is ReductionKind.LINE:
            return lambda: service.take_back_discount(draft.line_id)
        return service.take_back_sale_discount

    @property
    def _is_price(self) -> bool:
        return self._draft.kind is ReductionKind.PRICE

    def _off(self) -> Percentage | int:
        if self._draft.mode == PERCENT:
            return Percentage.parse(self._draft.entry.text)
        return parse_minor(self._draft.entry.text, self._work.currency)

    def _intent(self) -> Intent | None:
        """Return what would be given, for a look at it; None before a number.

        Raises:
            UserError: for a number that cannot be read.
        """
        draft = self._draft
        if not draft.entry.text.strip("0.") and not (
            self._is_price and draft.entry.text
        ):
            return None
        if self._is_price:
            minor = parse_minor(draft.entry.text, self._work.currency)
            return SetOverride(draft.line_id, PriceOverride(minor, draft.reason, ""))
        off = self._off()
        if isinstance(off, Percentage):
            discount = ManualDiscount(off, 0, draft.reason, "")
        else:
            discount = ManualDiscount(None, off, draft.reason, "")
        if draft.kind is ReductionKind.LINE:
            return SetDiscount(draft.line_id, discount)
        return SetSaleDiscount(discount)

    def _modes(self) -> tuple[tuple[str, str], ...]:
        return ((PERCENT, _("Per cent off")), (AMOUNT, _("Amount off")))

    def _hint(self) -> str:
        if self._is_price:
            return _("New price of one")
        return _("Per cent off") if self._draft.mode == PERCENT else _("Amount off")

    def _entry_text(self) -> str:
        is_percent = not self._is_price and self._draft.mode == PERCENT
        text = self._draft.entry.text
        return f"{text}%" if text and is_percent else text

    def _reasons(self, kind: ReductionKind) -> tuple[tuple[str, str], ...]:
        use = OVERRIDE_REASONS if kind is ReductionKind.PRICE else DISCOUNT_REASONS
        found = self._work.counter.desk.catalog.reasons(use)
        return tuple((one.key, one.name_in(current_language())) for one in found)

    def _change(self, **parts: Any) -> None:
        self._draft = replace(self._draft, **parts)
        self.state_changed.emit()
