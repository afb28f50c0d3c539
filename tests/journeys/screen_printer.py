"""A till of the journeys with another printer than the virtual one."""

from __future__ import annotations

import socket

from tests.journeys.screen_till import ScreenTill


def use_network_printer(till: ScreenTill, port: int) -> None:
    """Let the till print to a port of this machine."""
    desk = till.work.counter.desk
    desk.settings.change(
        desk.stamp(),
        printer_kind="tcp",
        printer_address="127.0.0.1",
        printer_port=port,
    )
    till.till.renew_printer()


def nobodys_port() -> int:
    """Return a port at which nobody listens: a printer that is switched off."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
