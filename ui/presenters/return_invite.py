"""What the sale screen says while the return panel is open and nothing came back yet."""

from __future__ import annotations

from dataclasses import replace

from pos_app.i18n import _
from ui.presenters.errand_state import ErrandView, KeyView
from ui.presenters.refund_keys import REFUND
from ui.presenters.return_state import ReturnPage
from ui.presenters.returns import ReturnsPresenter
from ui.presenters.sale_state import SaleState


def invited(state: SaleState, presenter: ReturnsPresenter) -> SaleState:
    """Return the sale's state with the words of the panel's page.

    Args:
        state: what the sale screen shows without the panel.
        presenter: knows where the panel is.
    """
    page = presenter.page
    hints = {
        ReturnPage.FIND: _("Receipt number, card end, or scan"),
        ReturnPage.RECEIPT: _("Scan a new item to exchange"),
        ReturnPage.LOOSE: _("Scan the item that comes back"),
    }
    state = replace(state, entry_hint=hints[page])
    if state.lines:
        return state
    loose = _("Scan the item, or search for it")
    if presenter.loose is not None:
        loose = _("A reason takes it back")
    ways = {
        ReturnPage.FIND: _("Scan the receipt, or choose it on the right"),
        ReturnPage.RECEIPT: _("Press + on the right, or scan the item"),
        ReturnPage.LOOSE: loose,
    }
    title = _("Nothing comes back yet")
    waits = KeyView(
        REFUND,
        _("Refund to customer"),
        "arrow-u-up-left",
        is_available=False,
        reason=title,
        detail=ways[page],
    )
    return replace(
        state,
        invitation=(title, ways[page]),
        errand=state.errand or ErrandView(waits),
        due_label=_("Refund to customer"),
    )
