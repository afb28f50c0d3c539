"""A till in a process of its own that sells and prints until somebody kills it."""

from __future__ import annotations

import json
import sys
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from pos_app.bootstrap import Options, Till
from pos_app.errors import GuitaiError
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.services.devices import plain_printer
from tests.counter_shop import MANAGER, TEA, finish, sign_on


def open_till(root: Path, port: int) -> Till:
    """Open a shop whose slips go to a printer at a port of this machine."""
    till = Till(ShopFolder(root), Options())
    printer = plain_printer("127.0.0.1", port)
    printer = replace(printer, options={"profile": "epson"})
    desk, book = till.counter.desk, till.device_book
    book.adopt(book.begin_put(desk.stamp(), printer).result())
    till.renew_printer()
    sign_on(till.counter, MANAGER)
    return till


def main() -> None:
    """Sell, print, and say the number of each sale that is on the disk."""
    till = open_till(Path(sys.argv[1]), int(sys.argv[2]))
    counter = till.counter
    while True:
        with suppress(GuitaiError):  # a basket that came back has money already
            counter.sale.scan(TEA)
        with suppress(GuitaiError):
            counter.checkout.take("cash", None)
        sale = finish(counter, print_slip=True)
        sys.stdout.write(json.dumps({"number": sale.number}) + "\n")
        sys.stdout.flush()
        time.sleep(0.1)  # the next customer: a queue of hundreds tells no more


if __name__ == "__main__":
    main()
