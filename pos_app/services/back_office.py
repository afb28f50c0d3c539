"""What a till does beside selling: each service is imported when it is first asked.

A cashier's day needs none of them, and a start should not wait for their modules.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pos_app.errors import GuitaiError
from pos_app.services.credentials import Credentials
from pos_app.services.desk import Desk
from pos_app.services.sale import SaleService
from pos_app.services.slip_forms import SlipFormService

if TYPE_CHECKING:
    from pos_app.services.badges import BadgeService
    from pos_app.services.bulk_run import BulkService
    from pos_app.services.campaign_rules import CampaignRuleService
    from pos_app.services.campaigns import CampaignService
    from pos_app.services.choice_rules import ReasonRuleService, TenderRuleService
    from pos_app.services.coupon_office import CouponOffice
    from pos_app.services.gift import GiftService
    from pos_app.services.items import ItemsService
    from pos_app.services.labels import LabelService
    from pos_app.services.markdown import MarkdownService
    from pos_app.services.member_admin import MemberAdmin
    from pos_app.services.new_item import NewItems
    from pos_app.services.people import PeopleService
    from pos_app.services.pins import PinService
    from pos_app.services.prices import PriceService
    from pos_app.services.programme import ProgrammeService
    from pos_app.services.promotions import PromotionService
    from pos_app.services.roles import RoleService
    from pos_app.services.segments import SegmentService
    from pos_app.services.shelves import ShelfService
    from pos_app.services.slip_design import SlipDesignService
    from pos_app.services.slip_preview import SlipPreviewService
    from pos_app.services.stock_booking import StockBookingService
    from pos_app.services.stock_draft import StockDraftService
    from pos_app.services.tax_rules import TaxRuleService


@dataclass(frozen=True)
class BackOfficeServices:
    """Makes each service once.

    Attributes:
        desk: what every use case stands on.
        sale: the open sale. slip_forms: how the shop's slips are laid out.
        credentials: checks PINs and badges.
        on_lost: told when something accepted could not be stored.
    """

    desk: Desk
    sale: SaleService
    slip_forms: SlipFormService
    credentials: Credentials
    on_lost: Callable[[GuitaiError], None]

    @cached_property
    def people(self) -> PeopleService:
        """Staff: who works here."""
        from pos_app.services.people import PeopleService

        return PeopleService(self.desk, self.credentials)

    @cached_property
    def roles(self) -> RoleService:
        """What people may do."""
        from pos_app.services.roles import RoleService

        return RoleService(self.desk)

    @cached_property
    def pins(self) -> PinService:
        """PINs, set and forgotten."""
        from pos_app.services.pins import PinService

        return PinService(self.desk, self.credentials)

    @cached_property
    def badges(self) -> BadgeService:
        """Badges, issued and withdrawn."""
        from pos_app.services.badges import BadgeService

        return BadgeService(self.desk, self.credentials)

    @cached_property
    def member_admin(self) -> MemberAdmin:
        """Members in the back office: lists, changes, merges, erasure, files."""
        from pos_app.services.member_admin import MemberAdmin

        return MemberAdmin(self.desk, self.credentials)

    @cached_property
    def taxes(self) -> TaxRuleService:
        """Tax categories and their rates."""
        from pos_app.services.tax_rules import TaxRuleService

        return TaxRuleService(self.desk)

    @cached_property
    def tenders(self) -> TenderRuleService:
        """The tenders accepted."""
        from pos_app.services.choice_rules import TenderRuleService

        return TenderRuleService(self.desk)

    @cached_property
    def reasons(self) -> ReasonRuleService:
        """The reasons one may choose."""
        from pos_app.services.choice_rules import ReasonRuleService

        return ReasonRuleService(self.desk)

    @cached_property
    def coupon_office(self) -> CouponOffice:
        """Coupons: templates, batches, partners."""
        from pos_app.services.coupon_office import CouponOffice

        return CouponOffice(self.desk, self.credentials, self.slip_forms)

    @cached_property
    def prices(self) -> PriceService:
        """Shelf prices, now and to come."""
        from pos_app.services.prices import PriceService

        return PriceService(self.desk)

    @cached_property
    def programme(self) -> ProgrammeService:
        """The rules of points, tiers and stored value."""
        from pos_app.services.programme import ProgrammeService

        return ProgrammeService(self.desk)

    @cached_property
    def promotions(self) -> PromotionService:
        """Promotions, written, started and stopped."""
        from pos_app.services.promotions import PromotionService

        return PromotionService(self.desk)

    @cached_property
    def campaigns(self) -> CampaignService:
        """Check-ins, try-ons, referrals and opt-outs at the counter."""
        from pos_app.services.campaigns import CampaignService

        return CampaignService(self.desk)

    @cached_property
    def campaign_rules(self) -> CampaignRuleService:
        """Reward rules, written, started and stopped."""
        from pos_app.services.campaign_rules import CampaignRuleService

        return CampaignRuleService(self.desk)

    @cached_property
    def segments(self) -> SegmentService:
        """Groups of customers by rule."""
        from pos_app.services.segments import SegmentService

        return SegmentService(self.desk)

    @cached_property
    def labels(self) -> LabelService:
        """Labels for shelves and goods."""
        from pos_app.services.labels import LabelService

        return LabelService(self.desk)

    @cached_property
    def markdown(self) -> MarkdownService:
        """Fresh goods, marked down."""
        from pos_app.services.markdown import MarkdownService

        return MarkdownService(self.desk, self.labels)

    @cached_property
    def shelves(self) -> ShelfService:
        """Categories and quick keys."""
        from pos_app.services.shelves import ShelfService

        return ShelfService(self.desk)

    @cached_property
    def items(self) -> ItemsService:
        """Goods, as the back office changes them."""
        from pos_app.services.items import ItemsService

        return ItemsService(self.desk, self.sale)

    @cached_property
    def new_items(self) -> NewItems:
        """Goods that come into the catalogue."""
        from pos_app.services.new_item import NewItems

        return NewItems(self.desk, self.items)

    @cached_property
    def stock_drafts(self) -> StockDraftService:
        """The stock document being written."""
        from pos_app.services.stock_draft import StockDraftService

        return StockDraftService(self.desk, self.on_lost)

    @cached_property
    def stock(self) -> StockBookingService:
        """Finished stock documents."""
        from pos_app.services.stock_booking import StockBookingService

        return StockBookingService(self.desk, self.stock_drafts)

    @cached_property
    def bulk(self) -> BulkService:
        """Changes of many goods at once."""
        from pos_app.services.bulk_run import BulkService

        return BulkService(self.desk)

    @cached_property
    def gifts(self) -> GiftService:
        """Gift receipts."""
        from pos_app.services.gift import GiftService

        return GiftService(self.desk, self.slip_forms)

    @cached_property
    def slip_design(self) -> SlipDesignService:
        """Templates and switches of slips."""
        from pos_app.services.slip_design import SlipDesignService

        return SlipDesignService(self.desk)

    @cached_property
    def slip_preview(self) -> SlipPreviewService:
        """How slips will look."""
        from pos_app.services.slip_preview import SlipPreviewService

        return SlipPreviewService(self.desk, self.slip_forms)
