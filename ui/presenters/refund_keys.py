"""The two keys of the refund's way, and the main key that gives it."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.domain.basket import Basket
from pos_app.domain.permission import Permission
from pos_app.domain.refund_payment import RefundPayment
from pos_app.domain.tender import TenderKind, TenderType
from pos_app.i18n import _, current_language
from pos_app.services.refund import RefundWay
from ui.format import money
from ui.presenters.errand_state import ErrandView, KeyView
from ui.presenters.return_rows import tender_words
from ui.presenters.workplace import Workplace

REFUND, TAKE_BACK = "refund_give", "refund_take_back"
WAY = "refund_way_"
#: The way that the money came, however many tenders that were.
ORIGINAL = "original"
_ICONS = {
    TenderKind.CASH: "money-wavy",
    TenderKind.CARD: "credit-card",
    TenderKind.CODE: "qr-code",
    TenderKind.OTHER: "ticket",
    TenderKind.STORED_VALUE: "wallet",
    TenderKind.GIFT_CARD: "gift",
    TenderKind.POINTS: "coins",
}


@dataclass(frozen=True, slots=True)
class WayOption:
    """A way in which money can be given back.

    Attributes:
        key: `ORIGINAL` or a tender type. title: its name. icon: of it.
        is_original: as it was paid. is_locked: somebody must agree.
    """

    key: str
    title: str
    icon: str
    is_original: bool = False
    is_locked: bool = False


def open_ways(work: Workplace) -> tuple[RefundWay, ...]:
    """Return the ways of the money that can be gone and are not gone yet."""
    payment = work.counter.refund.payment
    if payment is None:
        return ()
    given: dict[tuple[str, str], int] = {}
    for refund in payment.refunds:
        place = (refund.key, refund.account_id)
        given[place] = given.get(place, 0) + refund.amount_minor
    left = []
    for way in work.counter.refund.ways():
        place = (way.key, way.account_id)
        gone = min(given.get(place, 0), way.amount_minor)
        given[place] = given.get(place, 0) - gone
        if way.is_open and gone < way.amount_minor:
            left.append(way)
    return tuple(left)


def way_options(work: Workplace) -> tuple[WayOption, ...]:
    """Return the ways to choose from: as it was paid first, then cash, then others."""
    counter, language = work.counter, current_language()
    payment = counter.refund.payment
    if payment is None:
        return ()
    ways = open_ways(work)
    keys = tuple(dict.fromkeys(way.key for way in ways))
    found = []
    if keys:
        kind = ways[0].kind or TenderKind.OTHER
        title = tender_words(keys, work)
        found.append(WayOption(ORIGINAL, title, _ICONS[kind], is_original=True))
    is_free = counter.checkout.money.free_minor >= payment.total_minor
    asks = counter.desk.shop.policy.refunds_to_original and not is_free
    locked = asks and counter.desk.needs_approval(Permission.REFUND_OTHER_TENDER)
    types = [x for x in counter.desk.catalog.tender_types() if x.is_refundable]
    types.sort(key=lambda kind: kind.kind is not TenderKind.CASH)
    for kind_of in types:
        if keys != (kind_of.key,):
            name = kind_of.name_in(language)
            icon = _ICONS[kind_of.kind]
            found.append(WayOption(kind_of.key, name, icon, is_locked=locked))
    return tuple(found)


def shown_options(options: tuple[WayOption, ...], chosen: str) -> tuple[WayOption, ...]:
    """Return the two that are shown: the first, and the chosen other one."""
    others = [x for x in options[1:] if x.key == chosen] or list(options[1:])
    return (*options[:1], *others[:1])


def chosen_option(options: tuple[WayOption, ...], chosen: str) -> WayOption | None:
    """Return the chosen way; the first where it cannot be had any more."""
    for option in options:
        if option.key == chosen:
            return option
    return options[0] if options else None


def refund_errand(work: Workplace, basket: Basket, chosen: str) -> ErrandView | None:
    """Return the keys for a ticket that ends without a payment; None for others.

    Args:
        work: the counter.
        basket: in which goods come back.
        chosen: key of the chosen way.
    """
    stands = work.counter.checkout.money.stands()
    if stands is None or (not isinstance(stands, RefundPayment) and stands.total_minor):
        return None
    if not isinstance(stands, RefundPayment):
        words = _("Even exchange"), _("One slip for return and exchange")
        if not basket.lines:  # all of it is kept back: nothing is exchanged
            words = _("No refund"), words[1]
        return ErrandView(_main(work, basket, *words))
    options = way_options(work)
    option = chosen_option(options, chosen)
    left_minor = _left(stands, option, work)
    title = _("Refund {amount}", amount=money(left_minor, work.currency))
    if stands.refunds and not stands.is_settled:
        title = _("Refund the rest {amount}", amount=money(left_minor, work.currency))
    elif stands.is_settled:
        title = _("Finish the refund")
    detail = _("One slip for return and exchange")
    if not basket.lines:
        detail = _("Print slip, finish")
    if stands.refunds:
        keys = (_take_back(stands, work), *_keys(options, option)[:1])
        keys = keys[:1] if stands.is_settled else keys
    else:
        keys = _keys(options, option)
    note = _note(stands, option, work)
    return ErrandView(_main(work, basket, title, detail), (), keys, note)


def _note(payment: RefundPayment, option: WayOption | None, work: Workplace) -> str:
    """Say with what the money is given back."""
    if payment.is_settled:  # given, and not committed yet
        given = tuple(dict.fromkeys(one.key for one in payment.refunds))
        return _("Refund by {tender}", tender=tender_words(given, work))
    if option is None:
        return ""
    way = _("Back to {tender}") if option.is_original else _("Refund by {tender}")
    return way.format(tender=option.title)


def _left(payment: RefundPayment, option: WayOption | None, work: Workplace) -> int:
    """Return what the chosen way still gives back, as coins can give it."""
    if option is None:
        return payment.due_minor
    keys = {way.key for way in open_ways(work)} if option.is_original else {option.key}
    types = {kind.key: kind for kind in work.counter.desk.catalog.tender_types()}
    only_cash = all(types[key].kind is TenderKind.CASH for key in keys if key in types)
    return payment.cash_due_minor if only_cash else payment.due_minor


def _main(work: Workplace, basket: Basket, title: str, detail: str) -> KeyView:
    missing = missing_reason(work, basket)
    if missing:
        return KeyView(
            REFUND,
            title,
            "arrow-u-up-left",
            detail,
            "F12",
            is_available=False,
            reason=_("Choose a reason"),
            detail=missing,
        )
    unknown = basket.unknown_lines
    return KeyView(
        REFUND,
        title,
        "arrow-u-up-left",
        detail,
        "F12",
        is_available=not unknown,
        reason=_("Line {line} first", line=len(basket.returns) + unknown[0])
        if unknown
        else "",
    )


def missing_reason(work: Workplace, basket: Basket) -> str:
    """Return the name of the first goods that come back for no reason; or ""."""
    if not work.counter.desk.catalog.reasons("return"):
        return ""
    language = current_language()
    for line in basket.returns:
        if not line.reason:
            return dict(line.names).get(language, line.name)
    return ""


def _keys(
    options: tuple[WayOption, ...], option: WayOption | None
) -> tuple[KeyView, ...]:
    chosen = option.key if option else ""
    shown = shown_options(options, chosen)
    is_more = len(options) > len(shown)
    has_original = any(each.is_original for each in options)
    other = _("Another way") if has_original else ""  # without a receipt: none
    found = []
    for number, each in enumerate(shown):
        is_chosen = each.key == chosen
        subtitle = _("Original") if each.is_original else other
        if each.is_locked:
            subtitle = _("Supervisor")
        if number and is_chosen and is_more:
            subtitle = _("Press again: others")
        found.append(
            KeyView(
                WAY + each.key,
                each.title,
                each.icon,
                subtitle,
                is_selected=is_chosen,
                is_locked=each.is_locked,
            )
        )
    return tuple(found)


def _take_back(payment: RefundPayment, work: Workplace) -> KeyView:
    last = payment.refunds[-1]
    given = money(last.amount_minor, work.currency)
    name = tender_words((last.key,), work)
    return KeyView(
        TAKE_BACK, _("Take back"), "arrow-counter-clockwise", f"{name} {given}"
    )


def needs_reference(kind: TenderType, work: Workplace) -> bool:
    """Tell whether somebody must type a reference: it is asked for, none is stored."""
    if not kind.asks_reference:
        return False
    known = [way.reference for way in work.counter.refund.ways() if way.key == kind.key]
    return not (known and known[0])
