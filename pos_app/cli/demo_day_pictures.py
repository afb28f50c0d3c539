"""Which moments of the demo day are photographed, and the detours for some."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pos_app.cli.demo_day_script import Moment
from pos_app.cli.scripted_cashier import ScriptedCashier
from pos_app.cli.scripted_errands import ScriptedErrands
from pos_app.cli.scripted_till import ScriptedTill

if TYPE_CHECKING:
    from ui.app import TillWindow

#: People of the sample shop: number and PIN (resources/demo_shop/README.md).
MORNING, AFTERNOON = ("1001", "2580"), ("1002", "1470")
ENGLISH, MANAGER = ("1003", "3690"), ("1005", "9638")
SETTINGS_PAGES = (
    "shop",
    "devices",
    "customer",
    "language",
    "look",
    "sale",
    "rules",
    "about",
)


@dataclass(slots=True)
class Album:
    """Numbers the pictures and puts them into a folder.

    Attributes:
        place: the till that is photographed. folder: where PNGs go.
        told: hears of every picture. names: of the pictures taken.
    """

    place: ScriptedTill
    folder: Path
    told: Callable[[str], None]
    names: list[str] = field(default_factory=list)

    def take(self, name: str) -> None:
        """Take a picture of the window as it is."""
        file = f"{len(self.names) + 1:02}_{name}.png"
        self.place.hand.photograph(self.folder / file)
        self.names.append(file)
        self.told(file)


class DayPictures:
    """Looks at every moment of the day and photographs the telling ones."""

    def __init__(
        self, place: ScriptedTill, cashier: ScriptedCashier, album: Album
    ) -> None:
        self._place = place
        self._cashier = cashier
        self._errands = ScriptedErrands(place, cashier)
        self._album = album
        self._due = dict(self._plan())

    def look(self, moment: Moment) -> None:
        """Take the picture, or the detour, that belongs to a moment."""
        visit = self._due.pop(moment, None)
        if visit is None:
            return
        if isinstance(visit, str):
            self._album.take(visit)
        else:
            visit()

    @property
    def missed(self) -> tuple[Moment, ...]:
        """The moments that never came."""
        return tuple(self._due)

    def _plan(self) -> tuple[tuple[Moment, str | Callable[[], None]], ...]:
        return (
            (Moment("07:42:10", "pin"), "sign_on"),
            (Moment("07:42:10", "float"), "shift_opened_by_count"),
            (Moment("07:42:10", "shift_open"), "sale_empty"),
            (Moment("07:45:32", "scan", 3), "first_sale"),
            (Moment("07:45:32", "offer"), "phone_code"),
            (Moment("07:51:40", "finish"), self._see_the_slip),
            (Moment("08:10:27", "prefix"), "quantity_prefix"),
            (Moment("08:21:09", "line_void"), self._undo_and_delete),
            (Moment("08:34:44", "scan", 5), "weighed_labels"),
            (Moment("08:52:30", "weighing"), "weight_asked"),
            (Moment("08:52:30", "round_off"), "round_off"),
            (Moment("09:24:55", "scan", 2), "unknown_barcode"),
            (Moment("10:55:08", "reason"), "void_sale"),
            (Moment("11:08:36", "scan"), self._search),
            (Moment("12:03:20", "parked"), "parked_sales"),
            (Moment("12:09:13", "scan", 2), self._check_a_price),
            (Moment("12:27:50", "parked"), "parked_beside_open"),
            (Moment("13:38:41", "approval"), "approval"),
            (Moment("13:38:41", "discount"), self._ask_why),
            (Moment("13:38:41", "offer"), "cash_with_change"),
            (Moment("14:32:09", "tender"), "split_tender"),
            (Moment("15:08:22", "return"), "return_by_receipt"),
            (Moment("15:08:22", "refund"), "refunded"),
            (Moment("15:16:40", "scan", 2), self._show_keys),
            (Moment("16:03:52", "scan", 4), self._change_cashier),
            (Moment("16:31:40", "cash"), "paid_out"),
            (Moment("17:00:12", "sign_on"), self._visit_settings),
            (Moment("17:17:25", "x_report"), "x_report"),
            (Moment("18:05:10", "cash"), "safe_drop"),
            (Moment("18:35:42", "scan", 10), "large_sale"),
            (Moment("19:03:37", "scan"), "exchange"),
            (Moment("21:26:10", "member"), "member"),
            (Moment("21:31:40", "top_up_money"), "wallet_topped_up"),
            (Moment("21:31:40", "points"), "points_and_wallet"),
            (Moment("21:31:40", "finish"), "member_done"),
            (Moment("21:38:25", "return"), "member_returns"),
            (Moment("21:43:05", "enrolling"), "member_enrolled"),
            (Moment("21:56:10", "counting"), "blind_count"),
            (Moment("21:56:10", "count"), "count_differs"),
            (Moment("21:58:40", "count"), "recounted"),
            (Moment("21:58:40", "shift_close"), "z_report"),
            (Moment("22:00:30", "sign_off"), self._look_at_reports),
        )

    def _see_the_slip(self) -> None:
        """Wait for the slip that the done screen shows."""
        self._place.await_slips()
        done = self._place.screen.flow.done
        self._place.hand.wait(lambda: bool(done.state.slip_png), "the slip's picture")
        self._album.take("done_with_slip")

    def _undo_and_delete(self) -> None:
        """The customer wants it after all, and then not."""
        self._album.take("deleted_line_undo")
        self._place.hand.press_right_end("toast")
        basket = self._place.till.counter.sale.basket
        assert basket is not None
        assert len(basket.lines) == 2
        self._cashier.delete_line()

    def _search(self) -> None:
        hand = self._place.hand
        hand.type_words("searchField", "kele")
        self._album.take("search_pinyin")
        hand.press("searchClear")

    def _check_a_price(self) -> None:
        hand = self._place.hand
        hand.press("function_price_check")
        hand.scan("9521001001373")
        self._album.take("price_check")
        hand.press("priceCheckBack")

    def _ask_why(self) -> None:
        """The customer wonders what the shirt costs now."""
        self._errands.ask_why()
        self._album.take("why_this_price")
        self._errands.leave_panel()

    def _look_at_reports(self) -> None:
        """The manager reads the day; the float of tomorrow is counted tomorrow."""
        self._cashier.sign_on(*MANAGER)
        self._errands.open_reports()
        self._album.take("reports")
        self._cashier.leave_settings()
        self._cashier.lock()

    def _show_keys(self) -> None:
        hand = self._place.hand
        hand.strike("F1")
        self._album.take("key_map")
        hand.strike("F1")
        self._album.take("manual")
        hand.strike("Escape")

    def _change_cashier(self) -> None:
        """The basket waits while somebody else, who reads English, takes over."""
        self._cashier.lock()
        self._album.take("locked_basket_kept")
        self._cashier.sign_on(*ENGLISH)
        self._album.take("english")
        self._cashier.lock()
        self._use_language("zh-CN")
        self._cashier.sign_on(*AFTERNOON)

    def _visit_settings(self) -> None:
        """The manager looks round before the evening, and changes the look."""
        self._cashier.lock()
        self._cashier.sign_on(*MANAGER)
        self._cashier.go_to_settings()
        for page in SETTINGS_PAGES:
            self._cashier.open_settings_page(page)
            self._album.take(f"settings_{page}")
        self._see_others()
        self._cashier.leave_settings()
        self._run_the_shop()
        self._cashier.lock()
        self._cashier.sign_on(*MORNING)

    def _run_the_shop(self) -> None:
        """The manager looks at the goods, and at what newcomers practise."""
        hand, screen = self._place.hand, self._place.screen
        hand.press("tab_office")
        hand.press("go-items")
        self._album.take("back_office_items")
        hand.press("go-training")
        hand.press("enterTraining")
        hand.wait(lambda: self._training_window() is not None, "training")
        inner = self._training_window()
        assert inner is not None
        drills = inner.flow.features.training.drills
        hand.wait(lambda: drills is not None and drills.is_ready, "the card")
        hand.window = inner.window
        self._album.take("training_cards")
        hand.press("drillLeave")
        hand.window = screen.window
        hand.wait(lambda: self._training_window() is None, "the end of training")
        self._cashier.leave_settings()

    def _training_window(self) -> TillWindow | None:
        session = self._place.screen.training
        return session.inner if session is not None else None

    def _see_others(self) -> None:
        """Dark, and traditional Chinese; then as before."""
        hand = self._place.hand
        hand.press("go-look")
        hand.press("segment-choice-theme-dark")
        self._cashier.leave_settings()
        self._album.take("dark")
        self._cashier.go_to_settings()
        hand.press("segment-choice-theme-light")
        hand.press("go-language")
        hand.press("segment-choice-language-zh-TW")
        self._cashier.leave_settings()
        self._album.take("traditional_chinese")
        self._cashier.go_to_settings()
        hand.press("segment-choice-language-zh-CN")

    def _use_language(self, tag: str) -> None:
        self._place.hand.press(f"segment-languageSwitch-{tag}")
