"""What returns need beside the sale: made and imported when goods first come back."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pos_app.domain.sale import Sale
from ui.guest_feature import GuestFeature

if TYPE_CHECKING:
    from ui.panels.returns import ReturnPanel
    from ui.presenters.return_policy import PolicyCheck
    from ui.presenters.returns import ReturnsPresenter
    from ui.refund_actions import RefundActions
    from ui.return_actions import ReturnActions
    from ui.return_scans import ReturnScans
    from ui.reversal_actions import ReversalActions


class ReturnParts(GuestFeature):
    """Holds presenter, panel and actions of `ReturnFlow`."""

    def connect_panel(self, panel: ReturnPanel) -> None:
        """Hear what is pressed on the panel, which was just made."""
        raise AssertionError(panel.objectName())

    def on_reversed(self, mirror: Sale) -> None:
        """A whole sale was mirrored."""
        raise AssertionError(mirror.number)

    @cached_property
    def presenter(self) -> ReturnsPresenter:
        """What finds receipts and their goods."""
        from ui.presenters.returns import ReturnsPresenter

        ticket = self.flow.sale.view.ticket
        made = ReturnsPresenter(self.flow.work, self.flow.frame, ticket)
        made.state_changed.connect(self.flow.render)
        return made

    @cached_property
    def refunds(self) -> RefundActions:
        """What gives the money back."""
        from ui.refund_actions import RefundActions

        return RefundActions(self.flow)

    @cached_property
    def reversal(self) -> ReversalActions:
        """What mirrors a whole sale."""
        from ui.reversal_actions import ReversalActions

        made = ReversalActions(self.flow)
        made.reversed.connect(self.on_reversed)
        return made

    @cached_property
    def actions(self) -> ReturnActions:
        """What is done to the rows of a receipt."""
        from ui.return_actions import ReturnActions

        return ReturnActions(self.flow, self.presenter)

    @cached_property
    def scans(self) -> ReturnScans:
        """What a scan means while goods come back."""
        from ui.return_scans import ReturnScans

        return ReturnScans(self.flow, self.presenter, self.actions)

    @cached_property
    def policy(self) -> PolicyCheck:
        """What the shop's rules say of what comes back."""
        from ui.presenters.return_policy import PolicyCheck

        return PolicyCheck(self.flow.work)

    @cached_property
    def panel(self) -> ReturnPanel:
        """The panel; made once."""
        from ui.panels.returns import ReturnPanel

        made = ReturnPanel()
        self.keep(made)
        self.connect_panel(made)
        return made
