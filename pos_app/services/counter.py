"""The services of the counter, wired once around one desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pos_app.errors import GuitaiError
from pos_app.ports.black_box import Seal
from pos_app.services.approval import ApprovalService
from pos_app.services.badges import BadgeService
from pos_app.services.black_box import BlackBoxService
from pos_app.services.bulk_run import BulkService
from pos_app.services.checkout import CheckoutService
from pos_app.services.choice_rules import ReasonRuleService, TenderRuleService
from pos_app.services.credentials import Credentials
from pos_app.services.desk import Desk
from pos_app.services.drawer import DrawerService
from pos_app.services.gift import GiftService
from pos_app.services.items import ItemsService
from pos_app.services.new_item import NewItems
from pos_app.services.park import ParkService
from pos_app.services.people import PeopleService
from pos_app.services.pins import PinService
from pos_app.services.price_by_hand import PriceByHandService
from pos_app.services.prices import PriceService
from pos_app.services.refund import RefundService
from pos_app.services.reports import ReportService
from pos_app.services.returns import ReturnService
from pos_app.services.reversal import ReversalService
from pos_app.services.roles import RoleService
from pos_app.services.sale import SaleService
from pos_app.services.shelves import ShelfService
from pos_app.services.shift import ShiftService
from pos_app.services.sign_on import SignOnService
from pos_app.services.slip import SlipService
from pos_app.services.slip_design import SlipDesignService
from pos_app.services.slip_forms import SlipFormService
from pos_app.services.slip_preview import SlipPreviewService
from pos_app.services.stock_booking import StockBookingService
from pos_app.services.stock_draft import StockDraftService
from pos_app.services.tax_rules import TaxRuleService
from pos_app.services.tender_correction import TenderCorrectionService
from pos_app.services.trusted_clock import CLOCK_SUSPECT


@dataclass(frozen=True, slots=True)
class Counter:
    """Everything a screen, a replay or a test can do at the counter."""

    desk: Desk
    sign_on: SignOnService
    approval: ApprovalService
    sale: SaleService
    checkout: CheckoutService
    slip: SlipService
    tender_correction: TenderCorrectionService
    drawer: DrawerService
    price_by_hand: PriceByHandService
    park: ParkService
    returns: ReturnService
    refund: RefundService
    reversal: ReversalService
    black_box: BlackBoxService
    shift: ShiftService
    reports: ReportService
    people: PeopleService
    roles: RoleService
    pins: PinService
    badges: BadgeService
    taxes: TaxRuleService
    tenders: TenderRuleService
    reasons: ReasonRuleService
    prices: PriceService
    shelves: ShelfService
    items: ItemsService
    new_items: NewItems
    stock_drafts: StockDraftService
    stock: StockBookingService
    bulk: BulkService
    gifts: GiftService
    slip_forms: SlipFormService
    slip_design: SlipDesignService
    slip_preview: SlipPreviewService


def set_up_counter(
    desk: Desk,
    credentials: Credentials,
    on_lost: Callable[[GuitaiError], None],
    seal: Seal,
    logo_png: bytes | None = None,
) -> Counter:
    """Wire the services; the open sale of the ledger is taken up again."""
    if desk.ledger.setting(CLOCK_SUSPECT) == "1":
        desk.clock.doubt()
    sale = SaleService(desk, on_lost)
    forms = SlipFormService(desk, logo_png)
    slip = SlipService(desk, forms)
    checkout = CheckoutService(desk, sale, slip)
    items = ItemsService(desk, sale)
    stock_drafts = StockDraftService(desk, on_lost)
    return Counter(
        desk=desk,
        sign_on=SignOnService(desk, credentials),
        approval=ApprovalService(desk, credentials),
        sale=sale,
        checkout=checkout,
        slip=slip,
        tender_correction=TenderCorrectionService(desk, checkout),
        drawer=DrawerService(desk),
        price_by_hand=PriceByHandService(desk, sale),
        park=ParkService(desk, sale, forms),
        returns=ReturnService(desk, sale),
        refund=RefundService(desk, sale, checkout.money),
        reversal=ReversalService(desk, slip),
        black_box=BlackBoxService(desk, seal),
        shift=ShiftService(desk, forms),
        reports=ReportService(desk, forms),
        people=PeopleService(desk, credentials),
        roles=RoleService(desk),
        pins=PinService(desk, credentials),
        badges=BadgeService(desk, credentials),
        taxes=TaxRuleService(desk),
        tenders=TenderRuleService(desk),
        reasons=ReasonRuleService(desk),
        prices=PriceService(desk),
        shelves=ShelfService(desk),
        items=items,
        new_items=NewItems(desk, items),
        stock_drafts=stock_drafts,
        stock=StockBookingService(desk, stock_drafts),
        bulk=BulkService(desk),
        gifts=GiftService(desk, forms),
        slip_forms=forms,
        slip_design=SlipDesignService(desk),
        slip_preview=SlipPreviewService(desk, forms),
    )
