"""Every screen and dialog in a believable state, one after the other."""

from __future__ import annotations

from collections.abc import Iterator

from pos_app.cli.demo_day_pictures import MANAGER, SETTINGS_PAGES
from pos_app.cli.scripted_cashier import ScriptedCashier
from pos_app.cli.scripted_till import ScriptedTill
from pos_app.cli.shot_scenes_approvals import ApprovalScenes
from pos_app.cli.shot_scenes_black_box import BlackBoxScenes
from pos_app.cli.shot_scenes_doctor import DoctorScenes
from pos_app.cli.shot_scenes_dry_run import DryRunScenes
from pos_app.cli.shot_scenes_items import ItemScenes
from pos_app.cli.shot_scenes_member_admin import MemberAdminScenes
from pos_app.cli.shot_scenes_member_reports import MemberReportScenes
from pos_app.cli.shot_scenes_members import MemberScenes
from pos_app.cli.shot_scenes_offers import OfferScenes
from pos_app.cli.shot_scenes_office import OfficeScenes
from pos_app.cli.shot_scenes_parked import ParkedScenes
from pos_app.cli.shot_scenes_people import PeopleScenes
from pos_app.cli.shot_scenes_place import PlaceScenes
from pos_app.cli.shot_scenes_prices import PriceScenes
from pos_app.cli.shot_scenes_print import PrintScenes
from pos_app.cli.shot_scenes_reports import ReportScenes
from pos_app.cli.shot_scenes_returns import ReturnScenes
from pos_app.cli.shot_scenes_scale import ScaleScenes
from pos_app.cli.shot_scenes_shift import ShiftScenes
from pos_app.cli.shot_scenes_slips import SlipScenes
from pos_app.cli.shot_scenes_stock import StockScenes
from pos_app.cli.shot_scenes_training import TrainingScenes
from pos_app.cli.shot_scenes_value import ValueScenes

#: Pastries, milk, a weighed label, tea, a T-shirt, socks, a bag: one of each kind.
BASKET = (
    "120001",
    "120001",
    "9521001001373",
    "9521010002743",
    "2120006004364",
    "710002",
    "710020",
    "990001",
)
UNKNOWN = "6977880012350"
#: How far the machine's clock falls behind for the last scene.
CLOCK_SLIPS_S = 25 * 60


class ShotScenes:
    """Leads the till from scene to scene; yields the name of each.

    Args:
        place: an open scripted till with its window.
    """

    def __init__(self, place: ScriptedTill) -> None:
        self._place = place
        self._hand = place.hand
        self._flow = place.screen.flow
        self._cashier = ScriptedCashier(place)

    def play(self) -> Iterator[str]:
        """Play all scenes; the window stands still at each `yield`."""
        yield from self._sign_on()
        yield from self._sale()
        yield from self._goods()
        yield from self._dialogs()
        yield from self._payment()
        yield from self._after()
        yield from self._settings()
        yield from ApprovalScenes(self._place).play()
        yield from PriceScenes(self._place).play()
        self._cashier.begin_void("customer_left")
        self._cashier.void_sale()
        yield from self._offers()
        yield from ItemScenes(self._place).play()
        yield from SlipScenes(self._place).play()
        yield from OfficeScenes(self._place).play()
        yield from StockScenes(self._place).play()
        yield from ReportScenes(self._place).play()
        yield from ShiftScenes(self._place, self._cashier).play()
        yield from ReturnScenes(self._place).play()
        yield from DryRunScenes(self._place).play()
        yield from ParkedScenes(self._place).play()
        self._cashier.begin_void("customer_left")
        self._cashier.void_sale()
        yield from PrintScenes(self._place, self._cashier).play()
        yield from PeopleScenes(self._place).play()
        yield from MemberAdminScenes(self._place).play()
        yield from TrainingScenes(self._place).play()
        yield from self._trouble()

    def _offers(self) -> Iterator[str]:
        for scenes in (OfferScenes, MemberScenes):
            yield from scenes(self._place).play()
            self._cashier.begin_void("customer_left")
            self._cashier.void_sale()
        yield from ValueScenes(self._place).play()

    def _sign_on(self) -> Iterator[str]:
        number, pin = MANAGER
        yield "sign_on"
        self._cashier.choose_name(number)
        self._cashier.key_pin(pin[:3])
        yield "sign_on_pin"
        self._cashier.key_pin(pin[0])
        self._cashier.enter_pin()
        yield "sign_on_wrong"
        self._cashier.sign_on(number, pin)

    def _sale(self) -> Iterator[str]:
        yield "sale_empty"
        for code in BASKET:
            self._cashier.scan(code)
        self._cashier.key_prefix("3")
        yield "sale"
        self._hand.key_in("C")
        self._cashier.scan(UNKNOWN)
        yield "sale_unknown"
        self._cashier.delete_line()
        yield "sale_undo"

    def _goods(self) -> Iterator[str]:
        self._hand.type_words("searchField", "kele")
        yield "search"
        self._hand.press("searchClear")
        self._hand.type_words("searchField", "zzzz")
        yield "search_nothing"
        self._hand.press("searchClear")
        self._hand.press("function_price_check")
        yield "price_check_waiting"
        self._hand.scan(BASKET[2])
        yield "price_check"
        self._hand.press("priceCheckAgain")
        self._hand.scan(UNKNOWN)
        yield "price_check_unknown"
        self._hand.press("priceCheckAgain")
        # GS1-128 without its identifier: trade item, use by 2020-01-31, lot.
        self._hand.scan(f"010{BASKET[2]}17200131")
        yield "price_check_expired"
        self._hand.press("priceCheckBack")
        self._hand.scan(f"010{BASKET[2]}17200131")
        yield "dialog_expired"
        self._hand.press("answer-keep")

    def _dialogs(self) -> Iterator[str]:
        self._cashier.scan("30002")
        self._hand.key_in("0.654")
        yield "dialog_weight"
        self._hand.press("weightTake")
        yield from ScaleScenes(self._place, self._cashier).play()
        self._hand.press("lineWhy")
        self._hand.press("whyNote")
        yield "dialog_note"
        self._hand.press("dialogClose")
        self._hand.strike("Escape")
        self._cashier.scan("990002")
        self._hand.key_in("150")
        self._hand.press("lineQuantity")
        yield "dialog_quantity"
        self._hand.press("answer-retype")
        self._cashier.begin_void("customer_left")
        yield "dialog_void"
        self._hand.press("dialogClose")

    def _payment(self) -> Iterator[str]:
        self._cashier.go_to_payment()
        yield "payment"
        self._hand.press("roundOffAction")
        self._cashier.offer("cash", "300")
        yield "payment_cash"
        self._hand.key_in("C")
        self._hand.press("roundOffAction")
        self._cashier.offer("wechat", "100", "8821")
        yield "payment_code"
        assert self._cashier.accept() is None
        self._cashier.offer("cash")
        yield "payment_split"
        assert self._cashier.accept() is not None

    def _after(self) -> Iterator[str]:
        self._place.await_slips()
        done = self._flow.done
        self._hand.wait(lambda: bool(done.state.slip_png), "the slip's picture")
        yield "done"
        self._hand.press("doneCorrect")
        self._hand.press("tender-card")
        yield "dialog_correct_tender"
        self._hand.press("dialogClose")
        assert done.sale is not None
        self._ask_unknown(done.sale.number)
        yield "dialog_unknown_print"
        self._hand.press("dialogClose")

    def _ask_unknown(self, number: str) -> None:
        """Ask as after a printer that fell silent in the middle of a slip."""
        from ui.dialogs.question import unknown_print

        self._flow.dialogs.unknown_job.ask(unknown_print(number))

    def _settings(self) -> Iterator[str]:
        self._cashier.go_to_settings()
        for page in SETTINGS_PAGES:
            self._cashier.open_settings_page(page)
            yield f"settings_{page}"
        yield from PlaceScenes(self._place).play()
        yield from DoctorScenes(self._place).play()
        yield from BlackBoxScenes(self._place).play()
        self._cashier.leave_settings()

    def _trouble(self) -> Iterator[str]:
        yield from MemberReportScenes(self._place).play()
        self._hand.strike("F1")
        yield "keys"
        self._hand.strike("Escape")
        for code in BASKET[:4]:
            self._cashier.scan(code)
        self._cashier.lock()
        yield "locked"
        self._place.clock.pass_by(-CLOCK_SLIPS_S)
        self._cashier.sign_on(*MANAGER)
        yield "dialog_clock"
        self._hand.press("dialogClose")
