"""The throw-away shop of `guitai selftest`, and what is tried in it."""

from __future__ import annotations

import queue
from decimal import Decimal
from pathlib import Path

from hardware.system_clock import SystemClock
from pos_app.bootstrap import Options, Till, create_shop, demo_setup
from pos_app.domain.sale import Sale
from pos_app.domain.shift import CashCount
from pos_app.domain.shift_totals import Tally, of_close, of_opening, of_sale
from pos_app.i18n import Words, _
from pos_app.persistence.checks.all_checks import shop_checks
from pos_app.persistence.checks.room import CheckRoom
from pos_app.persistence.key_store import FileKeyStore
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.ports.health import Severity
from pos_app.ports.printing import SETTLED, PrintJobState
from pos_app.services.doctor import advise, examine
from pos_app.services.setup_file import ItemPart
from pos_app.values.gs1.check_digit import check_digit
from pos_app.values.money import parse_minor
from pos_app.values.rounding import divide

CASH_MINOR = 10_000
FLOAT_MINOR = 50_000
WEIGHT = Decimal("0.65")
#: What the doctor must have looked at and found right.
PROOFS = {"journal_sound", "sales_proven", "numbers_gapless", "shifts_proven"}
#: A frozen program on a slow machine loads fonts for its first slip.
SLIP_PATIENCE_S = 60.0


class Trial:
    """One shop, one shift, one sale; every step returns what it saw or asserts.

    Args:
        folder: where the shop is made; thrown away by the caller.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = ShopFolder(folder)
        self._setup = demo_setup()
        self._till: Till | None = None
        self._sale: Sale | None = None
        self._settled: queue.Queue[PrintJobState] = queue.Queue()

    @property
    def till(self) -> Till:
        """The open till."""
        assert self._till is not None
        return self._till

    @property
    def sale(self) -> Sale:
        """The sale that was committed."""
        assert self._sale is not None
        return self._sale

    def make_shop(self) -> str:
        """Make the sample shop; its recovery code must be there."""
        store = FileKeyStore(self._folder.root)
        code = create_shop(self._folder, self._setup, store)
        assert code
        return _("{count} items", count=len(self._setup.items))

    def open_till(self) -> str:
        """Open both databases and start the printer."""
        options = Options(on_print_change=self._on_print_change)
        self._till = Till(self._folder, options)
        assert self.till.was_clean
        assert self.till.catalog.item_count() == len(self._setup.items)
        return self.till.counter.desk.shop.name

    def sign_on(self) -> str:
        """Sign on with number and PIN."""
        person = self._setup.staff[0]
        service = self.till.counter.sign_on
        staff = service.with_pin(service.by_number(person.number).staff_id, person.pin)
        return staff.name_in("zh-CN")

    def open_shift(self) -> str:
        """Open the shift with a float counted by denomination."""
        service = self.till.counter.shift
        assert service.asks_to_open
        count = self._counted(FLOAT_MINOR)
        shift = service.open(count, print_slip=False).result()
        assert shift.float_minor == FLOAT_MINOR, shift.float_minor
        return shift.number

    def scan(self) -> str:
        """Scan a piece and a label that carries its weight; prove the total."""
        piece, weighed = self._piece(), self._weighed()
        label = f"21{weighed.plu}{int(WEIGHT * 1000):05d}"
        sale = self.till.counter.sale
        sale.scan(piece.barcode.split(";")[0])
        sale.scan(label + check_digit(label))
        priced = sale.priced
        assert priced is not None
        by_weight = _minor(weighed) * WEIGHT
        expected = _minor(piece) + divide(*by_weight.as_integer_ratio())
        assert priced.total_minor == expected, f"{priced.total_minor} != {expected}"
        return f"{piece.name}, {weighed.name} {WEIGHT} kg"

    def pay(self) -> str:
        """Take a note, end the sale, and prove the change."""
        counter = self.till.counter
        payment = counter.checkout.take("cash", CASH_MINOR)
        sale = counter.checkout.finish(print_slip=True).result()
        counter.checkout.finished()
        sale.check()
        assert sale.change_minor == payment.change_minor > 0
        paid_minor = sale.priced.total_minor + sale.rounding_minor
        assert CASH_MINOR - sale.change_minor == paid_minor
        self._sale = sale
        change = f"{sale.change_minor // 100}.{sale.change_minor % 100:02d}"
        return _("{number}, change {change}", number=sale.number, change=change)

    def await_slip(self) -> str:
        """Wait until the virtual printer has confirmed the slip."""
        state = self._await_paper()
        assert state is PrintJobState.CONFIRMED, state
        picture = self._picture()
        return f"{picture.name}, {picture.stat().st_size // 1000} kB"

    def read_slip(self) -> str:
        """Read the slip's QR code and barcode off its picture."""
        import zxingcpp
        from PIL import Image

        with Image.open(self._picture()) as picture:
            found = {code.text for code in zxingcpp.read_barcodes(picture)}
        wanted = {f"urn:uuid:{self.sale.sale_id}", self.sale.number}
        assert wanted <= found, f"{wanted} / {found}"
        return ", ".join(sorted(wanted))

    def close_shift(self) -> str:
        """Count what must be there, close, and prove the Z by the one sale."""
        service = self.till.counter.shift
        shift = service.current()
        assert shift is not None
        paid_minor = self.sale.due_minor + self.sale.rounding_minor
        count = service.count(self._counted(FLOAT_MINOR + paid_minor)).result()
        assert count.difference_minor == 0, count.difference_minor
        close = service.close(FLOAT_MINOR).result()
        wanted = Tally((*of_opening(shift), *of_sale(self.sale), *of_close(close)))
        assert wanted.totals == Tally(close.totals).totals, close.totals
        state = self._await_paper()
        assert state is PrintJobState.CONFIRMED, state
        return close.z_number

    def reopen(self) -> str:
        """Stop cleanly, start again and find the sale as it was."""
        self.close()
        self._till = Till(self._folder, Options(with_printer=False))
        assert self.till.was_clean
        assert self.till.ledger.last_sale() == self.sale
        assert self.till.ledger.open_sale() is None
        self.close()
        return self.sale.number

    def examine(self) -> str:
        """Ask the doctor; a fresh throw-away shop may only lack comforts."""
        from pos_app.persistence.key_ring import open_key_ring

        ring = open_key_ring(self._folder.root)
        room = CheckRoom(self._folder, ring, SystemClock())
        report = examine(shop_checks(room))
        room.close()
        words = Words("en")
        broken = [
            advise(finding, words).what
            for finding in report.findings
            if finding.severity is Severity.BROKEN
        ]
        assert not broken, "; ".join(broken)
        sound = {each.key for each in report.findings}
        assert sound >= PROOFS, sound
        return _("{count} findings, none broken", count=len(report.findings))

    def close(self) -> None:
        """Stop the till if it runs."""
        till, self._till = self._till, None
        if till is not None:
            till.close()

    def _on_print_change(self, _job_id: str, state: PrintJobState) -> None:
        if state in SETTLED:
            self._settled.put(state)

    def _await_paper(self) -> PrintJobState:
        """Return how the next print job ended."""
        try:
            return self._settled.get(timeout=SLIP_PATIENCE_S)
        except queue.Empty:
            jobs = self.till.ledger.open_print_jobs()
            raise AssertionError([(job.state, job.reason) for job in jobs]) from None

    def _counted(self, amount_minor: int) -> CashCount:
        """Return an amount in as few pieces as the shop's notes and coins allow."""
        pieces = []
        for value in sorted(self.till.counter.desk.shop.cash_notes_minor, reverse=True):
            number, amount_minor = divmod(amount_minor, value)
            pieces.append((value, number))
        assert not amount_minor, amount_minor
        return CashCount(tuple(pieces))

    def _picture(self) -> Path:
        (picture,) = self._folder.slips.glob("*.png")
        return picture

    def _piece(self) -> ItemPart:
        return next(
            item
            for item in self._setup.items
            if item.barcode and item.sell_by == "count" and _minor(item) < CASH_MINOR
        )

    def _weighed(self) -> ItemPart:
        return next(item for item in self._setup.items if item.plu)


def _minor(item: ItemPart) -> int:
    return parse_minor(item.price, "CNY")
