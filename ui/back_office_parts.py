"""The parts of the back office, in the order of its list; each is made when opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos_app.domain.permission import Permission
from pos_app.i18n import N_
from ui.presenters.back_office_part import BackOfficePart, BackOfficePlace
from ui.presenters.workplace import Workplace
from ui.screens.back_office_page import BackOfficePage

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow

#: A part with its page, connected.
Made = tuple[BackOfficePart, BackOfficePage]
#: Makes one; given the counter for dialogs and screens.
Make = Callable[["CounterFlow", BackOfficePlace], Made]


def _always(_work: Workplace) -> bool:
    return True


def _with_value(work: Workplace) -> bool:
    value = work.counter.stored_value
    return value.is_on or value.has_gift_cards


@dataclass(frozen=True, slots=True)
class PartEntry:
    """An entry of the list.

    Attributes:
        key: stable name. title: msgid. icon: an icon's name.
        group: msgid of the group that it stands in.
        permissions: any one of them opens it.
        make: makes it; imports its modules itself, so that a start does not.
        is_on: whether the shop has what it is about.
    """

    key: str
    title: str
    icon: str
    group: str
    permissions: tuple[Permission, ...]
    make: Make
    is_on: Callable[[Workplace], bool] = _always


def _stock(_flow: CounterFlow, place: BackOfficePlace) -> Made:
    from ui.presenters.stock import StockPart
    from ui.screens.office_stock import StockOfficePage

    part = StockPart(place)
    return part, StockOfficePage(part)


def _bulk(flow: CounterFlow, place: BackOfficePlace) -> Made:
    from ui.office_bulk import make_bulk

    return make_bulk(flow, place)


def _prices(flow: CounterFlow, place: BackOfficePlace) -> Made:
    from ui.office_prices import make_prices

    return make_prices(flow, place)


def _promotions(flow: CounterFlow, place: BackOfficePlace) -> Made:
    from ui.office_promotions import make_promotions

    return make_promotions(flow, place)


def _labels(flow: CounterFlow, place: BackOfficePlace) -> Made:
    from ui.office_labels import make_labels

    return make_labels(flow, place)


def _items(flow: CounterFlow, place: BackOfficePlace) -> Made:
    from ui.items_flow import make_items

    return make_items(flow, place)


def _slips(flow: CounterFlow, place: BackOfficePlace) -> Made:
    from ui.office_slips import make_slips

    return make_slips(flow, place)


def _training(flow: CounterFlow, place: BackOfficePlace) -> Made:
    from ui.training_entry import make_training

    return make_training(flow, place)


def _shelves(flow: CounterFlow, place: BackOfficePlace) -> Made:
    from ui.office_shelves import make_shelves

    return make_shelves(flow, place)


def _members(flow: CounterFlow, place: BackOfficePlace) -> Made:
    from ui.office_members import make_members

    return make_members(flow, place)


def _value(flow: CounterFlow, place: BackOfficePlace) -> Made:
    from ui.office_value import make_value

    return make_value(flow, place)


def _rules(flow: CounterFlow, place: BackOfficePlace) -> Made:
    return flow.features.people.make_rules(place)


def _people(flow: CounterFlow, place: BackOfficePlace) -> Made:
    return flow.features.people.make_people(place)


def _markdown(flow: CounterFlow, place: BackOfficePlace) -> Made:
    return flow.features.people.make_markdown(place)


def _programme(flow: CounterFlow, place: BackOfficePlace) -> Made:
    return flow.features.people.make_programme(place)


def _coupons(flow: CounterFlow, place: BackOfficePlace) -> Made:
    return flow.features.people.make_coupons(place)


def _campaigns(flow: CounterFlow, place: BackOfficePlace) -> Made:
    return flow.features.people.make_campaigns(place)


#: The groups of the list, in its order; the parts of each stand together.
GOODS, OFFERS = N_("Merchandise"), N_("Pricing")
CUSTOMERS, SHOP = N_("Customers"), N_("The shop")

_ITEMS, _LOYALTY = (Permission.ITEMS,), (Permission.LOYALTY,)
_SETTINGS = (Permission.SETTINGS,)

PARTS: tuple[PartEntry, ...] = (
    PartEntry("items", N_("Goods"), "package", GOODS, _ITEMS, _items),
    PartEntry(
        "stock", N_("Stock"), "clipboard-text", GOODS, (Permission.STOCK,), _stock
    ),
    PartEntry("bulk", N_("Many at once"), "file-xls", GOODS, _ITEMS, _bulk),
    PartEntry("keys", N_("Quick keys"), "lightning", GOODS, _ITEMS, _shelves),
    PartEntry("prices", N_("Prices"), "tag", OFFERS, (Permission.PRICES,), _prices),
    PartEntry(
        "promotions",
        N_("Promotions"),
        "gift",
        OFFERS,
        (Permission.PROMOTIONS,),
        _promotions,
    ),
    PartEntry(
        "labels",
        N_("Labels"),
        "barcode",
        OFFERS,
        (Permission.PRICES, Permission.ITEMS),
        _labels,
    ),
    PartEntry(
        "markdown",
        N_("Mark down"),
        "timer",
        OFFERS,
        (Permission.PRICES, Permission.ITEMS, Permission.PROMOTIONS),
        _markdown,
    ),
    PartEntry(
        "members",
        N_("Members"),
        "identification-badge",
        CUSTOMERS,
        (Permission.MEMBER_EDIT, Permission.MEMBER_REVEAL),
        _members,
    ),
    PartEntry("programme", N_("Programme"), "crown", CUSTOMERS, _LOYALTY, _programme),
    PartEntry("coupons", N_("Coupons"), "ticket", CUSTOMERS, _LOYALTY, _coupons),
    PartEntry("campaigns", N_("Campaigns"), "users", CUSTOMERS, _LOYALTY, _campaigns),
    PartEntry(
        "value",
        N_("Stored value"),
        "wallet",
        CUSTOMERS,
        (Permission.STORED_VALUE,),
        _value,
        is_on=_with_value,
    ),
    PartEntry("rules", N_("Rules"), "scales", SHOP, _SETTINGS, _rules),
    PartEntry("people", N_("People"), "users", SHOP, (Permission.PEOPLE,), _people),
    PartEntry("slips", N_("Slips"), "receipt", SHOP, _SETTINGS, _slips),
    PartEntry(
        "training",
        N_("Training"),
        "graduation-cap",
        SHOP,
        (Permission.TRAINING, Permission.TRAINING_REVIEW),
        _training,
    ),
)
