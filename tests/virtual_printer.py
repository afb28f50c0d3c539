"""A USB receipt printer in Python, over PyPI `usbip`: in process for a unit test, or attached to a kernel over TCP.

printer = VirtualPrinter(PrinterModel(capacity=4096, rate=20_000))
port = UsbPort()
printer.plug(via=port)                       # or: via=UsbPort(("0.0.0.0", 3240)) and attach a kernel to it
backend = usbip_backend.Backend(port)        # give this to usb.core.find(backend=...)
printer.model.paper = Paper.OUT              # faults are fields of the model, see printer_model.py
printer.unplug()                             # pulled out, also while a transfer is going on
printer.close()                              # at the end of the test
"""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import usbip
from usbip import protocol
from usbip.core import OUT, Stall, Urb

from tests.printer_model import TICK, Engine, PrinterModel, Unplugged

DEVICE_ID = b"MFG:EPSON;CMD:ESC/POS;MDL:TM-T88V;CLS:PRINTER;"


class UsbPort(usbip.Transport):  # type: ignore[misc]
    """One USB socket. Pulling the device out cuts the connections in use, which `usbip`'s own transports do not do."""

    def __init__(self, listen: tuple[str, int] | None = None) -> None:
        self._listen = listen
        self._device: usbip.USBDevice | None = None
        self._address = 1
        self._sockets: list[socket.socket] = []
        self._lock = threading.Lock()

    def serve(self, device: usbip.USBDevice) -> None:
        with self._lock:
            if self._device is not None:
                raise RuntimeError("one port holds one device")
            self._address += 1
            device.busid, device.busnum, device.devnum = "1-1", 1, self._address
            self._device = device
            if self._listen is not None:
                server = socket.create_server(self._listen)
                self._sockets.append(server)
                threading.Thread(
                    target=self._accept, args=(server, device), daemon=True
                ).start()

    def connect(self) -> socket.socket:
        """The host's end of a new connection; `ConnectionError` while nothing is plugged in."""
        with self._lock:
            if self._device is None:
                raise ConnectionError("nothing is plugged into this port")
            ours, theirs = socket.socketpair()
            self._sockets.append(ours)
            threading.Thread(
                target=protocol.serve_connection, args=(ours, self._device), daemon=True
            ).start()
            return theirs

    def stop(self, device: usbip.USBDevice | None = None) -> None:
        with self._lock:
            self._device = None
            for each in self._sockets:
                with contextlib.suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
                each.close()
            self._sockets.clear()

    def _accept(self, server: socket.socket, device: usbip.USBDevice) -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._lock:
                self._sockets.append(connection)
            threading.Thread(
                target=protocol.serve_connection, args=(connection, device), daemon=True
            ).start()


class _PrinterInterface(usbip.Interface):  # type: ignore[misc]
    """USB printer class, bidirectional protocol."""

    bInterfaceClass, bInterfaceSubClass, bInterfaceProtocol = 7, 1, 2
    bulk_out = usbip.Out(0x01, "bulk", mps=512)
    bulk_in = usbip.In(0x82, "bulk", mps=512)

    def __init__(self, device_id: bytes) -> None:
        super().__init__()
        self.device_id = device_id
        self.port_status = 0x18  # selected, no error; 0x38 adds "paper empty"
        self.soft_resets = 0

    def on_control(self, setup: usbip.Setup, data: bytes = b"") -> bytes:
        if setup.bRequest == 0:  # GET_DEVICE_ID: the length counts its own two bytes
            return struct.pack(">H", len(self.device_id) + 2) + self.device_id
        if setup.bRequest == 1:  # GET_PORT_STATUS
            return bytes([self.port_status])
        if setup.bRequest == 2:  # SOFT_RESET
            self.soft_resets += 1
            return b""
        raise Stall


@dataclass
class _Parked:
    """A transfer that the printer has not taken whole: the host sees NAKs until it times out or the rest is taken."""

    urb: Urb
    respond: Callable[[Urb], None]
    taken: int = 0


class VirtualPrinter(usbip.USBDevice):  # type: ignore[misc]
    """The USB side of a printer. `engine` decides which bytes are taken and what is answered."""

    def __init__(
        self,
        engine: Engine | None = None,
        *,
        vid: int = 0x04B8,
        pid: int = 0x0202,
        product: str = "TM-T88V",
        serial: str = "SIM-1",
        device_id: bytes = DEVICE_ID,
        interface_class: int = 7,
    ) -> None:
        super().__init__(vid, pid, manufacturer="EPSON", product=product, serial=serial)
        self.engine: Engine = engine if engine is not None else PrinterModel()
        self.usb = _PrinterInterface(device_id)
        self.engine.on_answer = self.usb.bulk_in.write
        self.usb.bInterfaceClass = (
            interface_class  # 0xFF: a printer that only pyusb can reach
        )
        self.attaches = 0  # imports, bus resets and SET_CONFIGURATIONs seen
        self._parked: list[_Parked] = []
        self._lock = threading.RLock()
        self._closed = threading.Event()
        self.add(self.usb)
        self.set_speed(usbip.SPEED_HIGH)
        threading.Thread(target=self._clock, daemon=True).start()

    @property
    def model(self) -> PrinterModel:
        assert isinstance(self.engine, PrinterModel)
        return self.engine

    def close(self) -> None:
        """Pull it out for good and end its thread."""
        self.unplug()
        self._closed.set()

    def power_cycle(self, via: usbip.Transport) -> None:
        """Off and on again: the buffer is lost and the device leaves and joins the bus."""
        self.unplug()
        self.model.power_cycle()
        self.plug(via=via)

    # --- called by usbip --------------------------------------------------------------------------------------------
    def handle_urb(
        self, urb: Urb, respond: Callable[[Urb], None] | None = None
    ) -> Urb | None:
        if urb.ep != 1 or urb.direction != OUT or respond is None:
            return super().handle_urb(urb, respond)
        with self._lock:
            self._parked.append(_Parked(urb, respond))
            self._pump()
        return None

    def cancel_urb(self, seqnum: int) -> None:
        """The host gave up waiting. What was taken is reported first, as a host controller does."""
        with self._lock:
            for parked in [each for each in self._parked if each.urb.seqnum == seqnum]:
                self._parked.remove(parked)
                if parked.taken:
                    self._complete(parked)
        super().cancel_urb(seqnum)

    def reset_io(self) -> None:
        with self._lock:
            self.attaches += 1
            self._parked.clear()
        super().reset_io()

    # --- inside -----------------------------------------------------------------------------------------------------
    def _pump(self) -> None:
        """Take packets, oldest transfer first, until the engine refuses one."""
        size = self.usb.bulk_out.mps
        while self._parked:
            parked = self._parked[0]
            data = parked.urb.buffer
            while parked.taken < len(data):
                packet = data[parked.taken : parked.taken + size]
                try:
                    if not self.engine.offer(packet):
                        return
                except Unplugged:
                    self._parked.clear()
                    self.unplug()
                    return
                parked.taken += len(packet)
            self._parked.pop(0)
            self._complete(parked)

    def _complete(self, parked: _Parked) -> None:
        parked.urb.actual, parked.urb.status = parked.taken, 0
        parked.respond(parked.urb)

    def _clock(self) -> None:
        then = time.monotonic()
        while not self._closed.wait(TICK):
            now = time.monotonic()
            self.engine.step(now - then)
            then = now
            with self._lock:
                self._pump()


class TcpRelay:
    """An engine that is somebody else's: bytes go to a network printer such as emupos, its answers come back."""

    def __init__(self, host: str = "127.0.0.1", port: int = 9100) -> None:
        self.on_answer: Callable[[bytes], None] = lambda answer: None
        self._socket = socket.create_connection((host, port), timeout=5)
        self._socket.settimeout(None)
        threading.Thread(target=self._read, daemon=True).start()

    def offer(self, packet: bytes) -> bool:
        self._socket.sendall(packet)
        return True

    def step(self, seconds: float) -> None:
        """Its own printer keeps its own time."""

    def close(self) -> None:
        self._socket.close()

    def _read(self) -> None:
        with contextlib.suppress(OSError):
            while answer := self._socket.recv(4096):
                self.on_answer(answer)
