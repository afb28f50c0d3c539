"""What is done to goods that come back: taken up, counted, given a reason."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pos_app.domain.item import Scanned, SellBy
from pos_app.errors import UserError
from pos_app.i18n import _, current_language
from pos_app.services.returnable import ReturnableLine
from ui.presenters.approval_state import ApprovalWords
from ui.presenters.frame_state import Tone
from ui.presenters.returned_view import name_of
from ui.presenters.returns import LOOSE, ReturnsPresenter

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow

_ONE, _NONE = Decimal(1), Decimal(0)


class ReturnActions(QObject):
    """Each may ask for somebody's consent, and is then done again, whole."""

    def __init__(self, flow: CounterFlow, presenter: ReturnsPresenter) -> None:
        super().__init__(flow)
        self._flow, self._presenter = flow, presenter
        self._returns = flow.work.counter.returns
        self._ticket = flow.sale.view.ticket
        #: Taken all at once: one reason is for all of them.
        self._together: frozenset[str] = frozenset()

    # --------------------------------------------------------------- the receipt

    def begin(self, sale_id: str) -> None:
        """Take a receipt up."""

        def begin() -> None:
            found = self._returns.begin(sale_id)
            returns = self._flow.features.returns
            if returns.is_shown or returns.show_panel():
                self._presenter.show_receipt(found)
            if not any(row.left and row.is_returnable for row in found.lines):
                error = UserError("nothing_left_to_return", number=found.sale.number)
                self._flow.frame.refuse(error)

        sale = self._flow.work.counter.desk.ledger.sale(sale_id)
        number = sale.number if sale else ""
        self._do(begin, _("Receipt {number}", number=number))

    def step(self, key: str, step: int) -> None:
        """− or + of a line: one piece, or all that was weighed."""
        if key == LOOSE:
            self._presenter.step_loose(step)
            return
        row = self._presenter.row(key)
        if row is None:
            return
        here = row.here.quantity if row.here else _NONE
        if row.by_piece:
            self._set(row, max(_NONE, min(row.left, here + step)))
        else:
            self._set(row, row.left if step > 0 else _NONE)

    def touch(self, key: str) -> None:
        """A touched line comes back; one that does already is chosen."""
        row = self._presenter.row(key)
        if row is None:
            return
        if row.here is not None:
            self._ticket.choose_return(row.here.line_id)
            self._flow.render()
            return
        self._set(row, min(row.left, _ONE) if row.by_piece else row.left)

    def take_scanned(self, row: ReturnableLine, count: Decimal | None) -> None:
        """One more of scanned goods; of a weighed label, as much as it says."""
        here = row.here.quantity if row.here else _NONE
        more = _ONE if row.by_piece else (count or row.left)
        self._set(row, min(row.left, here + more))

    def _set(self, row: ReturnableLine, count: Decimal) -> None:
        """Ask for a quantity, also one that will be refused: the reason is said."""
        sale_id, position = self._presenter.sale_id, row.position

        def change() -> None:
            wanted = count
            if not row.left and row.here is None:
                wanted = _ONE  # the service says why not
            if row.here is None and not wanted:
                return
            found = self._returns.set_quantity(sale_id, position, wanted)
            back = found.lines[position - 1].here
            if back is not None:
                self._ticket.choose_return(back.line_id)
                text = _("Comes back: {name}", name=name_of(back))
                self._flow.frame.say(text)
            self._presenter.forget()

        self._do(change, row.line.name)

    def take_all(self) -> None:
        """Take everything of the receipt back."""
        sale_id = self._presenter.sale_id

        def take() -> None:
            self._returns.set_all(sale_id)
            basket = self._flow.work.counter.sale.basket
            bare = [x for x in (basket.returns if basket else ()) if not x.reason]
            self._together = frozenset(line.line_id for line in bare)
            if bare:
                self._ticket.choose_return(bare[0].line_id)
            self._presenter.forget()

        self._do(take, "")

    # ---------------------------------------------------------- reason and place

    def on_reason(self, key: str) -> None:
        """Say why; without a receipt this is what takes the goods back."""
        if self._presenter.loose is not None:
            self._take_loose(key)
            return
        chosen = self._ticket.chosen_return
        if chosen is None:
            return

        def change() -> None:
            self._returns.set_reasons(self._meant(chosen.line_id), key)
            self._together = frozenset()
            self._keep_chosen(chosen.line_id)

        self._do(change, name_of(chosen))

    def _meant(self, line_id: str) -> tuple[str, ...]:
        """Return the lines that a reason is for."""
        basket = self._flow.work.counter.sale.basket
        if line_id not in self._together or basket is None:
            return (line_id,)
        bare = (x.line_id for x in basket.returns if not x.reason)
        return tuple(x for x in bare if x in self._together)

    def _keep_chosen(self, line_id: str) -> None:
        """Go on to the next goods without a reason, or stay."""
        basket = self._flow.work.counter.sale.basket
        bare = [x.line_id for x in (basket.returns if basket else ()) if not x.reason]
        self._ticket.choose_return(bare[0] if bare else line_id)
        self._presenter.forget()

    def on_place(self, key: str) -> None:
        """Say where the goods go: the shelf or the damaged bin."""
        chosen = self._ticket.chosen_return
        if chosen is None:
            return

        def change() -> None:
            self._returns.set_sellable(chosen.line_id, is_sellable=key == "stock")
            self._ticket.choose_return(chosen.line_id)
            self._presenter.forget()

        self._do(change, name_of(chosen))

    # ------------------------------------------------------------ without receipt

    def choose_loose(self, scanned: Scanned) -> None:
        """Goods without a receipt were scanned or found by name."""
        unit = scanned.unit
        if not unit.is_returnable:
            name = unit.name_in(current_language())
            self._flow.frame.refuse(UserError("not_returnable", name=name))
            return
        if scanned.quantity is None and unit.sell_by is SellBy.WEIGHT:
            self._flow.frame.say(_("Type its weight, then Enter"), Tone.INFO)
        if self._presenter.loose == unit and scanned.quantity is None:
            self._presenter.step_loose(1)
            return
        self._presenter.choose_loose(unit, scanned.quantity or _ONE)

    def _take_loose(self, reason: str) -> None:
        unit, count = self._presenter.loose, self._presenter.loose_count
        assert unit is not None

        def take() -> None:
            line = self._returns.add_without_receipt(unit, count, reason)
            self._ticket.choose_return(line.line_id)
            self._presenter.begin_loose()
            self._flow.frame.say(_("Comes back: {name}", name=name_of(line)))

        self._do(take, unit.name_in(current_language()), reason)

    def _do(self, action: Callable[[], None], title: str, reason: str = "") -> None:
        """Do it, with somebody's consent where that is needed, and show it."""
        if self._flow.sale.is_held:
            return

        def whole() -> None:
            action()
            self._flow.sale.refresh()
            self._flow.screens.sale.setFocus()  # the keyboard is the scanner's again

        self._flow.with_approval(whole, ApprovalWords(title=title, reason=reason))
