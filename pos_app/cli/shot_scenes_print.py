"""Slips that wait: for a printer that does not answer, and then has no paper."""

from __future__ import annotations

from collections.abc import Iterator

from pos_app.cli.scripted_cashier import ScriptedCashier
from pos_app.cli.scripted_till import ScriptedTill
from pos_app.ports.devices import DeviceSettings
from pos_app.services.devices import plain_printer

#: The discard service: nobody offers it any more, so a printer there never answers.
_NOBODYS_PORT = 9


class PrintScenes:
    """Plays on the sale screen with an empty till; leaves it so.

    Args:
        place: an open scripted till with somebody signed on.
        cashier: who sells.
    """

    def __init__(self, place: ScriptedTill, cashier: ScriptedCashier) -> None:
        self._place, self._cashier = place, cashier
        self._wait = place.screen.flow.features.print_wait

    def play(self) -> Iterator[str]:
        """Play the scenes; the window stands still at each `yield`."""
        usual = self._place.till.device_book.receipt
        self._use(plain_printer("127.0.0.1", _NOBODYS_PORT))
        for _slip in range(2):
            self._cashier.scan("120001")
            self._cashier.go_to_payment()
            self._cashier.offer("cash")
            assert self._cashier.accept() is not None
            self._place.screen.flow.go_to_sale()  # nobody waits for a slip
        self._place.hand.wait(lambda: self._wait.presenter.has_waiting, "slips")
        self._wait.open()
        yield "slips_wait"
        self._wait.leave()
        self._use(usual)
        self._place.await_slips()

    def _use(self, device: DeviceSettings) -> None:
        book, desk = self._place.till.device_book, self._place.till.counter.desk
        book.adopt(book.begin_put(desk.stamp(), device).result())
        self._place.till.renew_printer()
