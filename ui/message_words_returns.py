"""What the counter says of goods that come back and money that goes back."""

from __future__ import annotations

from pos_app.i18n import N_

RETURN_WORDS: dict[str, tuple[str, str]] = {
    "receipt_unknown": (
        N_("Till {till} knows no receipt “{number}”: another shop or till sold it."),
        N_("Check the number, or take the goods back without a receipt."),
    ),
    "receipt_without_goods": (
        N_("Nothing was sold on slip {number}, so nothing can come back."),
        N_("Scan the receipt of the sale."),
    ),
    "not_returnable": (
        N_("{name} cannot be returned. Nothing was changed."),
        N_("Ask a manager if the goods are faulty."),
    ),
    "return_over_sold": (
        N_("Only {left} of {name} can still come back."),
        N_("Type a smaller quantity."),
    ),
    "all_returned": (
        N_("All of {name} from sale {number} has come back already."),
        N_("Compare the receipt with its return slips."),
    ),
    "nothing_left_to_return": (
        N_("Everything of sale {number} that can come back has come back."),
        N_("Compare the receipt with its return slips."),
    ),
    "returned_meanwhile": (
        N_("Goods of sale {number} came back in another ticket. No money was moved."),
        N_("Take this ticket’s refund back and check its returns."),
    ),
    "return_reason_missing": (
        N_("Say why {name} comes back. No money was moved."),
        N_("Choose a reason."),
    ),
    "nothing_to_refund": (
        N_("There is nothing to give back on this ticket."),
        N_("Take the payment, or finish the ticket."),
    ),
    "not_refunded": (
        N_("{due_minor} are still to be given back."),
        N_("Give the refund, then finish."),
    ),
    "over_refund": (
        N_("No more than {due_minor} is to be given back."),
        N_("Type a smaller amount."),
    ),
    "tender_not_refundable": (
        N_("Money cannot be given back by {tender}."),
        N_("Choose another way; a supervisor has to approve it."),
    ),
    "exchange_over": (
        N_("Line {line} keeps the price paid for more units than came back."),
        N_("Lower its quantity and scan the rest again."),
    ),
    "reverse_too_late": (
        N_("Sale {number} is of another business day and stays as it is."),
        N_("Take the goods back as a return."),
    ),
    "reverse_has_returns": (
        N_("Goods came back on ticket {number}, so it cannot be mirrored."),
        N_("Take the goods back as a return."),
    ),
}
