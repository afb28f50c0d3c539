"""What happens beside plain selling, by touching the window: consent, parking, returns."""

from __future__ import annotations

from pos_app.cli.scripted_cashier import ScriptedBesides
from pos_app.domain.sale import Sale


class ScriptedErrands(ScriptedBesides):
    """Works at a scripted till whose cashier may not do everything alone."""

    # ------------------------------------------------------------------- approvals

    def key_approval(self, number: str, pin: str) -> None:
        """Choose who agrees and key in their PIN; the cashier stays signed on."""
        asked = self._flow.approvals.presenter
        assert asked.is_open, "nobody was asked"
        staff = self._counter.sign_on.by_number(number)
        self._place.clock.pass_by()
        if self._hand.find_button(f"approver_{staff.staff_id}") is not None:
            self._hand.press(f"approver_{staff.staff_id}")
        for digit in pin:
            self._hand.press(f"approval-D{digit}")

    def agree(self) -> None:
        """Press the key that agrees; what was asked for is done."""
        asked = self._flow.approvals.presenter
        self._hand.press("approvalAgree")
        self._hand.wait(lambda: not asked.is_open, "the approver's PIN")

    # -------------------------------------------------------------- prices by hand

    def discount(self, number: str, reason: str, *, is_percent: bool) -> None:
        """Give a discount on the selected line: number, reason, take."""
        self._place.clock.pass_by()
        if not is_percent:
            self._hand.press("lineDiscount")
            self._hand.press("reductionMode_amount")
            self._hand.key_in(number)
        else:
            self._hand.key_in(number)
            self._hand.press("lineDiscount")
        self._hand.press(f"reductionReason_{reason}")
        self._hand.press("reductionTake")

    def ask_why(self) -> None:
        """Ask why the selected line costs what it does."""
        self._hand.press("lineWhy")

    def leave_panel(self) -> None:
        """Give the goods column back."""
        self._hand.strike("Escape")

    # --------------------------------------------------------------------- parking

    def park(self) -> None:
        """Set the open sale aside."""
        before = self._counter.park.count()
        self._hand.press("function_park")
        self._hand.wait(lambda: self._counter.park.count() == before + 1, "the park")
        self._await_commit()

    def show_parked(self, number: str) -> None:
        """Open the list and choose a sale by the number that people say."""
        self._cashier.begin_next()
        self._cashier.press_tab("parked")
        self._place.clock.pass_by()
        if number:
            self._hand.key_in(f"{number}⏎")

    def resume(self, *, merges: bool) -> None:
        """Go on with the chosen sale, or add it to the open one."""
        self._hand.press("quickCash1" if merges else "mainAction")
        park = self._flow.features.park
        self._hand.wait(lambda: not park.is_shown, "the resumed sale")
        self._await_commit()

    # ------------------------------------------------------------- what comes back

    def scan_receipt(self, number: str) -> None:
        """Scan the barcode of a receipt: its lines are shown."""
        self._cashier.begin_next()
        self._place.clock.pass_by()
        self._hand.scan(number)
        assert self._flow.features.returns.is_shown, number

    def take_back(self, line: int, count: int, reason: str, *, damaged: bool) -> None:
        """Press + of a line of the receipt, and say why it comes back."""
        self._place.clock.pass_by()
        rows = self._flow.features.returns.panel.page.rows
        for _each in range(count):
            area = rows.place_of(str(line), 1)
            self._hand.press_at(rows.viewport(), area.center())
        self._hand.press(f"returnReason_{reason}")
        if damaged:
            self._hand.press("returnPlace_damaged")

    def refund(self) -> None:
        """Give the money back the way it came; this ends the ticket."""
        self._place.clock.pass_by()
        self._hand.press("mainAction")

    def await_refunded(self) -> Sale:
        """Wait for the end of the ticket."""
        done = self._flow.screens.done
        shown = self._flow.window
        self._hand.wait(lambda: shown.screen_shown is done, "the refund")
        self._await_commit()
        sale = self._counter.desk.ledger.last_sale()
        assert sale is not None
        return sale

    # --------------------------------------------------------------------- reports

    def open_reports(self) -> None:
        """Open the reports and wait for today's."""
        self._cashier.press_tab("reports")
        reports = self._flow.features.reports.presenter
        self._hand.wait(lambda: not reports.is_waiting, "the report")

    def _await_commit(self) -> None:
        self._hand.wait(lambda: not self._flow.sale.is_held, "the commit")
