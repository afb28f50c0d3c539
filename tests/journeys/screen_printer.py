"""A till of the journeys with another printer than the virtual one."""

from __future__ import annotations

import socket

from pos_app.services.devices import plain_printer
from tests.journeys.screen_till import ScreenTill
from ui.widgets.status_bar import StatusBar


def use_network_printer(till: ScreenTill, port: int) -> None:
    """Let the till print to a port of this machine."""
    desk = till.work.counter.desk
    put = desk.device_book.begin_put(desk.stamp(), plain_printer("127.0.0.1", port))
    desk.device_book.adopt(put.result())
    till.till.renew_printer()


def nobodys_port() -> int:
    """Return a port at which nobody listens: a printer that is switched off."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def press_chip(till: ScreenTill, key: str) -> None:
    """Touch a chip of the status bar."""
    till.settle()
    bar = till.window.screen_shown.findChild(StatusBar)
    area = next(area for area, name in bar._areas if name == key)
    till.touch(bar, area.center())
