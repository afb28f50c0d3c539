"""The features of the counter, in the order in which they are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.i18n import _
from ui.back_office_flow import BackOfficeFlow
from ui.black_box_flow import BlackBoxFlow
from ui.coupon_flow import CouponFlow
from ui.doctor_flow import DoctorFlow
from ui.drawer_flow import DrawerFlow
from ui.expired_flow import ExpiredFlow
from ui.feature import Feature
from ui.hardware_flow import HardwareFlow
from ui.keymap import Action
from ui.line_display_flow import LineDisplayFlow
from ui.manual_flow import ManualFlow
from ui.member_flow import MemberFlow
from ui.offer_flow import OfferFlow
from ui.paper_flow import PaperFlow
from ui.park_flow import ParkFlow
from ui.people_flow import PeopleFlow
from ui.place_flow import PlaceFlow
from ui.presenters.frame_state import ChipView, TabView
from ui.presenters.sale_state import SaleState
from ui.price_check_flow import PriceCheckFlow
from ui.price_flow import PriceFlow
from ui.print_wait_flow import PrintWaitFlow
from ui.recovery_flow import RecoveryFlow
from ui.register_flow import RegisterFlow
from ui.report_flow import ReportFlow
from ui.return_flow import ReturnFlow
from ui.screen_size_flow import ScreenSizeFlow
from ui.shift_flow import ShiftFlow
from ui.training_flow import TrainingFlow
from ui.value_flow import ValueFlow
from ui.weighing_flow import WeighingFlow

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow


#: Tabs in an order of their own; the others stand behind them as they are asked.
_BEHIND = {"returns": -2, "parked": -1, "members": 0}


class CounterFeatures:
    """Makes the features and asks them one after the other."""

    def __init__(self, flow: CounterFlow) -> None:
        self._flow = flow
        self.price_check = PriceCheckFlow(flow)
        self.members = MemberFlow(flow)
        self.coupons = CouponFlow(flow)
        self.value = ValueFlow(flow)
        self.returns = ReturnFlow(flow)
        self.price = PriceFlow(flow)
        self.offers = OfferFlow(flow)
        self.park = ParkFlow(flow)
        self.reports = ReportFlow(flow)
        self.shift = ShiftFlow(flow)
        self.black_box = BlackBoxFlow(flow)
        self.back_office = BackOfficeFlow(flow)
        self.people = PeopleFlow(flow)
        self.register = RegisterFlow(flow)
        self.training = TrainingFlow(flow)
        self.manual = ManualFlow(flow)
        self.doctor = DoctorFlow(flow)
        self.papers = PaperFlow(flow)
        self.place = PlaceFlow(flow)
        self.recovery = RecoveryFlow(flow)
        self.screen_size = ScreenSizeFlow(flow)
        self.drawer = DrawerFlow(flow)
        self.weighing = WeighingFlow(flow)
        self.line_display = LineDisplayFlow(flow)
        self.print_wait = PrintWaitFlow(flow)
        self.hardware = HardwareFlow(flow)
        self.expired = ExpiredFlow(flow)
        self.reports.offer_x(lambda: self.shift.go("x"))
        self.all: tuple[Feature, ...] = (
            self.price_check,
            self.members,  # a member's code comes before goods
            self.coupons,
            self.value,
            self.returns,
            self.price,
            self.offers,
            self.park,
            self.reports,
            self.shift,
            self.black_box,
            self.back_office,
            self.people,
            self.training,
            self.manual,
            self.doctor,
            self.papers,
            self.place,
            self.recovery,
            self.drawer,
            self.weighing,
            self.line_display,
            self.print_wait,  # before the devices: slips wait, that comes first
            self.hardware,
        )

    def tabs(self) -> tuple[TabView, ...]:
        """Return the tabs of the top bar: the sale, then what the person may open."""
        own = [tab for tab in (x.tab() for x in self.all) if tab is not None]
        # Asked before goods, but shown behind what is done with them.
        own.sort(key=lambda tab: _BEHIND.get(tab.key, 1))
        return (TabView("sale", _("Sale"), "cash-register"), *own)

    def shown_tab(self) -> str:
        """Return the key of the tab that one is on."""
        for feature in self.all:
            if feature.is_shown:
                tab = feature.tab()
                return tab.key if tab else "sale"
        return "sale"

    def till_note(self) -> str:
        """Return what stands behind the till's number: the shift."""
        return " · ".join(x for x in (one.till_note() for one in self.all) if x)

    def chips(self) -> tuple[ChipView, ...]:
        """Return what the features add to the status bar."""
        return tuple(chip for feature in self.all for chip in feature.chips())

    def on_tab(self, key: str) -> None:
        """A tab of the top bar was pressed."""
        if any(x.is_shown and x.holds(lambda: self.on_tab(key)) for x in self.all):
            return
        for feature in self.all:
            tab = feature.tab()
            if tab is not None and tab.key == key:
                self.leave(but=feature)
                feature.open()
                return
        self.leave()
        self._flow.go_to_sale()

    def leave(self, but: Feature | None = None) -> None:
        """Put away what is shown."""
        for feature in self.all:
            if feature is not but and feature.is_shown:
                feature.leave()

    def dress(self, state: SaleState) -> SaleState:
        """Return what the sale screen shows when all features had their say."""
        for feature in self.all:
            state = feature.dress(state)
        return state

    def show(self) -> None:
        """Show the present state of what is shown."""
        for feature in self.all:
            if feature.is_shown:
                feature.show()

    def retranslate(self) -> None:
        """Read all words anew."""
        for feature in self.all:
            feature.retranslate()

    def takes_scan(self, code: str) -> bool:
        """Tell whether a feature served a scanned code."""
        return any(feature.takes_scan(code) for feature in self.all)

    def takes_pad(self, value: str) -> bool:
        """Tell whether a feature served a key of the pad."""
        return any(feature.takes_pad(value) for feature in self.all)

    def takes_letter(self, letter: str) -> bool:
        """Tell whether a feature served a letter of a keyboard."""
        return any(feature.takes_letter(letter) for feature in self.all)

    def takes_action(self, action: Action) -> bool:
        """Tell whether a feature served a key of the keyboard map."""
        return any(feature.takes_action(action) for feature in self.all)

    def takes_function(self, key: str) -> bool:
        """Tell whether a feature served a function key or chip."""
        return any(feature.takes_function(key) for feature in self.all)

    def signed_on(self) -> bool:
        """Tell whether a feature shows itself before the sale does."""
        return any(feature.signed_on() for feature in self.all)
