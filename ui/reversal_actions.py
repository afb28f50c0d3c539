"""A finished sale mirrored: reason, a held key, consent, a slip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.domain.sale import Sale
from pos_app.errors import GuitaiError, UserError
from pos_app.i18n import _, current_language, plural
from pos_app.services.reversal import REASONS
from ui import tasks
from ui.dialogs.void_sale import VoidSaleDialog, VoidWords
from ui.format import money
from ui.presenters.approval_state import ApprovalWords

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow


class ReversalActions(QObject):
    """Asks why, and carries the mirrored sale."""

    reversed = Signal(object)
    """The mirror is on the disk; the `Sale`."""

    def __init__(self, flow: CounterFlow) -> None:
        super().__init__(flow)
        self._flow = flow
        self._sale: Sale | None = None
        self.dialog = VoidSaleDialog(flow.window, "reversalDialog")
        flow.dialogs.own(self.dialog)
        self.dialog.confirmed.connect(self._on_confirmed)

    def ask(self, sale: Sale) -> None:
        """Ask why a finished sale is undone; refuses what cannot be at once."""
        desk, language = self._flow.work.counter.desk, current_language()
        if self._flow.sale.is_held:
            self._flow.frame.refuse(UserError("commit_under_way"))
            return
        refused = _refusal(sale, self._flow)
        if refused is not None:
            self._flow.frame.refuse(refused)
            return
        self._sale = sale
        reasons = [(x.key, x.name_in(language)) for x in desk.catalog.reasons(REASONS)]
        count = sale.priced.item_count
        pieces = plural("{count} item", "{count} items", count)
        total = money(
            sale.priced.total_minor + sale.rounding_minor, sale.priced.currency
        )
        words = VoidWords(
            title=_("Void finished sale {number}?", number=sale.number),
            what=_(
                "{pieces}, {total}: all goods and all money back, by a new document.",
                pieces=pieces,
                total=total,
            ),
            key=_("Void sale {total}", total=total),
        )
        self.dialog.ask(reasons, pieces, total, words)

    def _on_confirmed(self, reason: str) -> None:
        sale = self._sale
        if sale is not None:
            title = _("Sale {number}", number=sale.number)
            words = ApprovalWords(title=title, reason=reason)
            self._flow.with_approval(lambda: self._reverse(sale, reason), words)

    def _reverse(self, sale: Sale, reason: str) -> None:
        prints = self._flow.work.counter.desk.settings.current.print_slips
        service = self._flow.work.counter.reversal
        future = service.reverse(sale.sale_id, reason, print_slip=prints)
        self._flow.done.on_commit_began()
        self._flow.sale.hold()
        task = tasks.watch(future).then(self._on_reversed)
        task.otherwise(self._on_failed).after_bug(self._flow.sale.release)

    def _on_reversed(self, mirror: Sale) -> None:
        self._flow.sale.view.ticket.sale_ended()
        self._flow.frame.on_stored()
        self.reversed.emit(mirror)

    def _on_failed(self, error: GuitaiError) -> None:
        self._flow.frame.refuse(error)
        self._flow.sale.release()
        self._flow.lock_if_wanted()


def _refusal(sale: Sale, flow: CounterFlow) -> UserError | None:
    """Return why a sale cannot be mirrored, before anybody is asked for a reason."""
    desk = flow.work.counter.desk
    if sale.returns:
        return UserError("reverse_has_returns", number=sale.number)
    if sale.business_day != desk.business_day():
        return UserError("reverse_too_late", number=sale.number)
    if desk.ledger.returns.taken_thousandths(sale.sale_id):
        return UserError("returned_meanwhile", number=sale.number)
    return None
