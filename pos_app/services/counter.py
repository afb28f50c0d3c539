"""The services of the counter, wired once around one desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pos_app.errors import GuitaiError
from pos_app.ports.black_box import Seal
from pos_app.services.approval import ApprovalService
from pos_app.services.back_office import BackOfficeServices
from pos_app.services.black_box import BlackBoxService
from pos_app.services.checkout import CheckoutService
from pos_app.services.coupons import CouponService
from pos_app.services.credentials import Credentials
from pos_app.services.desk import Desk
from pos_app.services.drawer import DrawerService
from pos_app.services.members import MemberService
from pos_app.services.offer_choice import OfferChoiceService
from pos_app.services.offer_explanation import OfferExplanation
from pos_app.services.park import ParkService
from pos_app.services.price_by_hand import PriceByHandService
from pos_app.services.print_relief import PrintRelief
from pos_app.services.refund import RefundService
from pos_app.services.reports import ReportService
from pos_app.services.returns import ReturnService
from pos_app.services.reversal import ReversalService
from pos_app.services.sale import SaleService
from pos_app.services.shift import ShiftService
from pos_app.services.sign_on import SignOnService
from pos_app.services.slip import SlipService
from pos_app.services.slip_forms import SlipFormService
from pos_app.services.suggestions import SuggestionService
from pos_app.services.tender_correction import TenderCorrectionService
from pos_app.services.trusted_clock import CLOCK_SUSPECT

if TYPE_CHECKING:
    from pos_app.services.member_night_steps import MemberNight
    from pos_app.services.points import PointService
    from pos_app.services.stored_value import StoredValueService


@dataclass(frozen=True)
class Counter(BackOfficeServices):
    """Everything a screen, a replay or a test can do at the counter."""

    sign_on: SignOnService
    approval: ApprovalService
    checkout: CheckoutService
    slip: SlipService
    relief: PrintRelief
    tender_correction: TenderCorrectionService
    drawer: DrawerService
    price_by_hand: PriceByHandService
    offer_choice: OfferChoiceService
    coupons: CouponService
    offer_explanation: OfferExplanation
    members: MemberService
    park: ParkService
    returns: ReturnService
    refund: RefundService
    reversal: ReversalService
    black_box: BlackBoxService
    shift: ShiftService
    reports: ReportService
    suggestions: SuggestionService

    @cached_property
    def night(self) -> MemberNight:
        """What is done once a day for members."""
        from pos_app.services.member_night_steps import MemberNight

        return MemberNight(self.desk)

    @cached_property
    def points(self) -> PointService:
        """Points and tiers of the customer."""
        from pos_app.services.points import PointService

        return PointService(self.desk, self.sale, self.checkout)

    @cached_property
    def stored_value(self) -> StoredValueService:
        """Wallets and gift cards."""
        from pos_app.services.stored_value import StoredValueService

        return StoredValueService(self.desk, self.sale, self.checkout, self.slip_forms)


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
    if desk.erased.all():  # an older copy may have brought somebody back
        from pos_app.services.member_erasure import MemberErasure

        MemberErasure(desk).again()
    sale = SaleService(desk, on_lost)
    forms = SlipFormService(desk, logo_png)
    slip = SlipService(desk, forms)
    checkout = CheckoutService(desk, sale, slip)
    coupons = CouponService(desk, sale, credentials)
    return Counter(
        desk=desk,
        credentials=credentials,
        on_lost=on_lost,
        sign_on=SignOnService(desk, credentials),
        approval=ApprovalService(desk, credentials),
        sale=sale,
        checkout=checkout,
        slip=slip,
        relief=PrintRelief(desk),
        tender_correction=TenderCorrectionService(desk, checkout),
        drawer=DrawerService(desk),
        price_by_hand=PriceByHandService(desk, sale),
        offer_choice=OfferChoiceService(desk, sale),
        coupons=coupons,
        offer_explanation=OfferExplanation(desk, sale, coupons.in_hand),
        members=MemberService(desk, sale, credentials),
        park=ParkService(desk, sale, forms),
        returns=ReturnService(desk, sale),
        refund=RefundService(desk, sale, checkout.money),
        reversal=ReversalService(desk, slip),
        black_box=BlackBoxService(desk, seal),
        shift=ShiftService(desk, forms),
        reports=ReportService(desk, forms),
        suggestions=SuggestionService(desk),
        slip_forms=forms,
    )
