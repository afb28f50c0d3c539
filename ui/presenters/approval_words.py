"""What an approval is called: the action, what it is about, why it needs somebody."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.domain.permission import Demand, Permission, Staff
from pos_app.i18n import N_, _, current_language, plural
from pos_app.services.traced_goods import EXPIRED
from ui.format import MINUS, money, quantity
from ui.presenters.approval_state import ApprovalWords, AskedView
from ui.presenters.workplace import Workplace


@dataclass(frozen=True, slots=True)
class ActionWords:
    """Icon and msgids of an action: its badge, and the words of the main key."""

    icon: str
    badge: str
    agree: str


_GENERAL = ActionWords("shield-check", N_("Approval"), N_("Agree"))
_WORDS = {
    Permission.LINE_VOID: ActionWords(
        "trash", N_("Delete line"), N_("Agree to delete the line")
    ),
    Permission.SALE_VOID: ActionWords(
        "receipt-x", N_("Void sale"), N_("Agree to void the sale")
    ),
    Permission.SALE_REVERSE: ActionWords(
        "arrow-u-up-left", N_("Reverse sale"), N_("Agree to reverse the sale")
    ),
    Permission.DISCOUNT: ActionWords(
        "percent", N_("Discount"), N_("Agree to the discount")
    ),
    Permission.PRICE_OVERRIDE: ActionWords(
        "pencil-simple", N_("Price change"), N_("Agree to the price")
    ),
    Permission.ROUND_OFF: ActionWords(
        "coins", N_("Round off"), N_("Agree to round off")
    ),
    Permission.RETURN: ActionWords(
        "arrow-u-up-left", N_("Return"), N_("Agree to the return")
    ),
    Permission.RETURN_LATE: ActionWords(
        "timer", N_("Late return"), N_("Agree to the late return")
    ),
    Permission.RETURN_NO_RECEIPT: ActionWords(
        "receipt-x", N_("Return without receipt"), N_("Agree to the return")
    ),
    Permission.REFUND_OTHER_TENDER: ActionWords(
        "swap", N_("Refund another way"), N_("Agree to the refund")
    ),
    Permission.TENDER_CORRECT: ActionWords(
        "swap", N_("Change tender"), N_("Agree to the correction")
    ),
    Permission.REPRINT: ActionWords(
        "printer", N_("Reprint slip"), N_("Agree to the copy")
    ),
    Permission.DRAWER_OPEN: ActionWords(
        "cash-register", N_("Open drawer"), N_("Agree to open the drawer")
    ),
    Permission.PAID_IN: ActionWords("coins", N_("Paid in"), N_("Agree to the paid-in")),
    Permission.PAID_OUT: ActionWords(
        "hand-coins", N_("Paid out"), N_("Agree to the paid-out")
    ),
    Permission.SAFE_DROP: ActionWords(
        "wallet", N_("Safe drop"), N_("Agree to the safe drop")
    ),
    Permission.SHIFT_OPEN: ActionWords(
        "clock-user", N_("Open shift"), N_("Agree to open the shift")
    ),
    Permission.SHIFT_CLOSE: ActionWords(
        "clock-user", N_("Close shift"), N_("Agree to close the shift")
    ),
    Permission.SHIFT_CLOSE_OTHER: ActionWords(
        "clock-user", N_("Close another's shift"), N_("Agree to close the shift")
    ),
    Permission.SHIFT_REVIEW: ActionWords(
        "clipboard-text", N_("Shift review"), N_("Agree to the review")
    ),
    Permission.X_REPORT: ActionWords(
        "chart-bar", N_("X report"), N_("Agree to the report")
    ),
    Permission.REPORTS: ActionWords(
        "chart-bar", N_("Reports"), N_("Agree to the reports")
    ),
    Permission.BLACK_BOX: ActionWords(
        "list-magnifying-glass", N_("Journal"), N_("Agree to look into the journal")
    ),
    Permission.SETTINGS: ActionWords(
        "dots-three-circle", N_("Settings"), N_("Agree to the setting")
    ),
    Permission.CLOCK_CONFIRM: ActionWords(
        "clock", N_("Clock"), N_("Agree that the clock is right")
    ),
    Permission.SELL: ActionWords("basket", N_("Sell"), N_("Agree to the sale")),
    Permission.PARK: ActionWords(
        "pause-circle", N_("Park sale"), N_("Agree to park the sale")
    ),
    Permission.IMPORT: ActionWords("file-xls", N_("Import"), N_("Agree to the import")),
    Permission.ITEMS: ActionWords("package", N_("Items"), N_("Agree to the change")),
    Permission.PRICES: ActionWords(
        "tag", N_("Shelf prices"), N_("Agree to the prices")
    ),
    Permission.PROMOTIONS: ActionWords(
        "percent", N_("Promotions"), N_("Agree to the promotion")
    ),
    Permission.PROMOTION_DECLINE: ActionWords(
        "percent", N_("Without the promotion"), N_("Agree to sell without it")
    ),
    Permission.MEMBERS: ActionWords(
        "user-plus", N_("Members"), N_("Agree to the member")
    ),
    Permission.MEMBER_EDIT: ActionWords(
        "user-switch", N_("Member's data"), N_("Agree to the change")
    ),
    Permission.MEMBER_REVEAL: ActionWords(
        "identification-badge", N_("Member in full"), N_("Agree to the look")
    ),
    Permission.LOYALTY: ActionWords(
        "crown", N_("Members' programme"), N_("Agree to the change")
    ),
    Permission.POINTS_ADJUST: ActionWords(
        "sparkle", N_("Points by hand"), N_("Agree to the points")
    ),
    Permission.STORED_VALUE: ActionWords(
        "wallet", N_("Stored value"), N_("Agree to the stored value")
    ),
    Permission.STORED_VALUE_REFUND: ActionWords(
        "wallet", N_("Stored value back"), N_("Agree to pay it back")
    ),
    Permission.PEOPLE: ActionWords("users", N_("People"), N_("Agree to the change")),
    Permission.STOCK: ActionWords("package", N_("Stock"), N_("Agree to the change")),
    Permission.STOCK_ADJUST: ActionWords(
        "package", N_("Stock by hand"), N_("Agree to the change")
    ),
    Permission.TRAINING: ActionWords(
        "graduation-cap", N_("Training"), N_("Agree to the training")
    ),
    Permission.TRAINING_REVIEW: ActionWords(
        "graduation-cap", N_("Training progress"), N_("Agree to the look")
    ),
}


_EXPIRED = ActionWords("timer", N_("Expired goods"), N_("Agree to sell them"))


def asked_view(work: Workplace, demand: Demand, words: ApprovalWords) -> AskedView:
    """Return the card: the caller's words, and what the demand tells besides."""
    action = _WORDS.get(demand.action, _GENERAL)
    if demand.subject.startswith(EXPIRED):
        action = _EXPIRED
    staff = work.counter.desk.session.cashier
    return AskedView(
        icon=action.icon,
        badge=_(action.badge),
        title=words.title or _subject(work, demand),
        agree=_(action.agree),
        before=words.before,
        after=words.after,
        note=words.note or _why(work, demand, staff),
        detail=words.detail,
    )


def action_name(action: str) -> str:
    """Return what an action is called, by its key; "–" for one nobody knows."""
    known = {permission.value: permission for permission in Permission}
    if action not in known:
        return "–"
    return _(_WORDS.get(known[action], _GENERAL).badge)


def _subject(work: Workplace, demand: Demand) -> str:
    """Say what a demand is about, as far as its subject is known here."""
    sale = work.counter.sale
    basket, priced = sale.basket, sale.priced
    if basket is not None and priced is not None:
        for line in basket.lines:
            if line.line_id == demand.subject:
                name = line.scanned
                if line.unit is not None:
                    name = line.unit.name_in(current_language())
                return f"{name} × {quantity(line.quantity)}"
        if demand.subject == basket.basket_id:
            count = priced.item_count
            pieces = plural("{count} item", "{count} items", count)
            return f"{pieces} · {money(priced.total_minor, priced.currency)}"
    done = work.counter.desk.ledger.sale(demand.subject) if demand.subject else None
    if done is not None:
        return _("Sale {number}", number=done.number)
    if demand.amount_minor is not None:
        return money(demand.amount_minor, work.currency)
    return _(_WORDS.get(demand.action, _GENERAL).badge)


def _why(work: Workplace, demand: Demand, staff: Staff) -> str:
    """Say why the cashier needs somebody: no right, too much, or two people."""
    if staff.meets(demand):
        return _("Needs two people, by the rules of the shop")
    if not staff.may(demand.action):
        return _("Not allowed to the role {role}", role=_role(staff))
    cap = staff.role.limits.discount_cap
    if demand.percentage is not None and demand.percentage > cap:
        return _(
            "{depth}, above the cashier's limit of {cap}",
            depth=f"{MINUS}{demand.percentage}",
            cap=str(cap),
        )
    return _(
        "{amount}, above the cashier's limit of {cap}",
        amount=money(demand.amount_minor or 0, work.currency),
        cap=money(staff.amount_cap_minor(demand.action) or 0, work.currency),
    )


def _role(staff: Staff) -> str:
    return staff.role.name_in(current_language())
