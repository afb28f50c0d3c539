"""The model of a printer on a port of this machine, for clients that nobody here wrote."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from typing import Self

from typing_extensions import override

from tests.printer_model import TICK, PrinterModel

_PACKET = 512
#: What prints nothing is carried out without paper, too: settings, and reports of it.
_PRINTS_NOTHING = {b"\x1b@": 2, b"\x1da": 3}


class TalkativeModel(PrinterModel):
    """A printer that obeys settings while it is out of paper, as emupos does."""

    @override
    def step(self, seconds: float) -> None:
        super().step(seconds)
        with self._changed:
            while not self.online:
                length = _PRINTS_NOTHING.get(bytes(self._buffer[:2]))
                if length is None or len(self._buffer) < length:
                    return
                self._print(bytes(self._buffer[:length]))


class TcpPrinter:
    """Serves one connection after the other; use it as a context manager."""

    def __init__(self, model: PrinterModel, port: int = 0) -> None:
        self.model = model
        self._server = socket.create_server(("127.0.0.1", port))
        self._server.settimeout(0.05)
        self.port = int(self._server.getsockname()[1])
        self._is_on = True
        self._threads = [
            threading.Thread(target=self._serve, daemon=True),
            threading.Thread(target=self._tick, daemon=True),
        ]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._is_on = False
        for thread in self._threads:
            thread.join(10)
            assert not thread.is_alive()
        self._server.close()

    def _tick(self) -> None:
        then = time.monotonic()
        while self._is_on:
            time.sleep(TICK)
            now = time.monotonic()
            self.model.step(now - then)
            then = now

    def _serve(self) -> None:
        while self._is_on:
            try:
                peer, _ = self._server.accept()
            except TimeoutError:
                continue
            with peer, contextlib.suppress(ConnectionError):
                peer.settimeout(0.05)
                self.model.on_answer = peer.sendall
                self._talk(peer)
            self.model.on_answer = lambda _answer: None

    def _talk(self, peer: socket.socket) -> None:
        while self._is_on:
            try:
                data = peer.recv(_PACKET)
            except TimeoutError:
                continue
            if not data:
                return
            while self._is_on and not self.model.offer(data):
                time.sleep(TICK)
