"""The real program on a real shop folder, fed line by line, for tests of faults."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from pos_app.bootstrap import create_shop
from pos_app.persistence.key_ring import KeyRing, open_key_ring
from pos_app.persistence.key_store import FileKeyStore
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.services.setup_file import SetupFile

#: One line of `guitai replay`, and one line of what it says.
Command = Mapping[str, object]
Answer = dict[str, Any]
ROOT = Path(__file__).resolve().parents[1]
SETUP = {
    "shop": {"till": "02", "currency": "CNY"},
    "tax_categories": [
        {
            "key": "standard",
            "name": "标准",
            "rates": [{"code": "A", "name": "增值税", "percentage": "13"}],
        }
    ],
    "items": [
        {"sku": f"S{n}", "name": f"饼干 {n}", "price": f"{n}.{n}5", "barcode": ""}
        for n in range(1, 8)
    ],
}
SIGN_ON: Command = {"do": "sign_on", "number": "1001", "pin": "1234"}


def make_shop(root: Path) -> tuple[ShopFolder, KeyRing]:
    """Set up a small shop as `guitai replay --setup` does."""
    folder = ShopFolder(root)
    setup = SetupFile.model_validate(SETUP)
    create_shop(folder, setup, FileKeyStore(folder.root))
    return folder, open_key_ring(folder.root)


def one_sale(number: int, lines: int = 3) -> list[Command]:
    """Return what a cashier does for one sale."""
    scans: list[Command] = [
        {"do": "scan", "code": f"S{(number + n) % 7 + 1}", "quantity": str(1 + n)}
        for n in range(lines)
    ]
    cash: Command = {"do": "tender", "key": "cash", "amount": "1000"}
    return [*scans, cash, {"do": "finish"}]


def endless_sales(first: int = 0) -> Iterator[Command]:
    """Yield a day that never ends."""
    yield SIGN_ON
    for number in count(first):
        yield from one_sale(number)


def as_lines(commands: Iterator[Command]) -> Iterator[str]:
    """Write commands as JSON lines."""
    return (json.dumps(dict(command)) + "\n" for command in commands)


class RunningTill:
    """`guitai replay --shop FOLDER -` in a process of its own."""

    def __init__(
        self,
        folder: ShopFolder,
        commands: Iterator[Command],
        program: Sequence[str] = (),
    ) -> None:
        replay = ["pos_app", "replay", "--refusals", "--shop", str(folder.root), "-"]
        self._process = subprocess.Popen(
            [sys.executable, "-m", *(program or replay)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=ROOT,
        )
        self._feeder = threading.Thread(target=self._feed, args=(commands,))
        self._feeder.start()

    def next_answer(self) -> Answer:
        """Wait for the next finished document or refusal."""
        assert self._process.stdout
        line = self._process.stdout.readline()
        assert line.endswith("\n"), "the till ended by itself"
        answer: Answer = json.loads(line)
        return answer

    def kill(self) -> list[Answer]:
        """Kill it with SIGKILL (Windows: terminate) and return what it still said."""
        assert self._process.stdout
        assert self._process.stdin
        self._process.kill()
        rest = self._process.stdout.read()
        self._process.wait()
        self._feeder.join()
        self._process.stdout.close()
        with contextlib.suppress(OSError):  # the line that nobody read
            self._process.stdin.close()
        whole_lines = rest.split("\n")[:-1]
        return [json.loads(line) for line in whole_lines]

    def wait(self) -> int:
        """Wait until it ends by itself; return its exit code."""
        return self._process.wait()

    def _feed(self, commands: Iterator[Command]) -> None:
        """Write every command; the till then waits for more until it is killed."""
        assert self._process.stdin
        try:
            for line in as_lines(commands):
                self._process.stdin.write(line)
                self._process.stdin.flush()
        except OSError:
            return  # it was killed
