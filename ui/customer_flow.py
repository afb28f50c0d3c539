"""The customer's display: which screen it is on, and when it is brought up to date.

Nothing is made where there is no second screen. The cashier's screen is painted
first; the customer sees a scan a frame later.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance
from PySide6.QtGui import QGuiApplication, QImage, QWindow

from pos_app.domain.sale import Sale
from pos_app.i18n import _
from ui.customer_asking import CustomerAsking
from ui.customer_coupon import CustomerCoupon
from ui.customer_places import (
    AUTO,
    OFF,
    ScreenPlace,
    SystemScreens,
    chosen_place,
    gives_focus_back,
)
from ui.customer_trial import CustomerTrial, make_window
from ui.presenters.customer_state import CustomerMode, CustomerQr, CustomerState
from ui.presenters.customer_status import DisplayStatus, display_status

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow
    from ui.customer_pictures import PictureRound
    from ui.presenters.customer import CustomerPresenter
    from ui.screens.customer_window import CustomerWindow

#: Longer than a frame: what the cashier sees of a scan is painted by then.
BEHIND_MS = 25


class Screens(Protocol):
    """What tells which screens there are (`SystemScreens`)."""

    @property
    def changed(self) -> SignalInstance:
        """Emitted when there are others."""
        ...

    def follow(self, window: QWindow | None, /) -> None:
        """Notice where the cashier's window goes."""
        ...

    def places(self) -> tuple[ScreenPlace, ...]:
        """Return the screens there are."""
        ...


class CustomerFlow(QObject):
    """Opens, fills and closes the window of the customer.

    Args:
        flow: the counter that the customer stands at.
        screens: of this machine; None for the system's.
    """

    screens_changed = Signal()
    """There are other screens, so `status` and `choices` may be others."""

    def __init__(self, flow: CounterFlow, screens: Screens | None = None) -> None:
        super().__init__(flow)
        self._flow = flow
        self._screens = screens or SystemScreens(self)
        self._is_awake = False
        self._ended: Sale | None = None
        self._qr: CustomerQr | None = None
        self._place: ScreenPlace | None = None
        self._setting = ""
        self._idle_s = 0
        self._presenter: CustomerPresenter | None = None
        self._pictures: PictureRound | None = None
        self._trial = CustomerTrial(self)
        self._trial.ended.connect(self.ask)
        self.window: CustomerWindow | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(BEHIND_MS)
        self._later.timeout.connect(self.show_now)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.focusWindowChanged.connect(self._on_focus)
        flow.rendered.connect(self.ask)
        flow.sale_shown.connect(self._on_ended)
        self._screens.changed.connect(self._on_screens)
        flow.features.offers.ask_customer(self._has_window)
        self._coupon = CustomerCoupon(flow, self.ask)
        self.asking = CustomerAsking(self)
        self.asking.changed.connect(self.ask)
        flow.features.members.proofs.meet(self.asking)

    # -------------------------------------------------------------- its screen

    def wake(self) -> None:
        """The cashier's window is open: look for a screen for the customer."""
        self._is_awake = True
        self._screens.follow(self._flow.window.windowHandle())
        self.look()

    def sleep(self) -> None:
        """Put everything away: the till is closed, or another window is in front."""
        self._is_awake = False
        self._later.stop()
        self.end_identify()
        self.end_trial()
        self._put_away()

    def _on_focus(self, window: QWindow | None) -> None:
        """Keep keyboard and scanner at the cashier's window."""
        if self._is_awake and gives_focus_back(window):
            self._flow.window.activateWindow()

    def use_screens(self, screens: Screens) -> None:
        """Take other screens than the system's."""
        self._screens.changed.disconnect(self._on_screens)
        self._screens = screens
        screens.changed.connect(self._on_screens)
        self._on_screens()

    def _on_screens(self) -> None:
        self.look()
        self.screens_changed.emit()

    def look(self) -> None:
        """Open, move or close the window: a screen came or went, or a setting did."""
        self._setting = self._wanted
        place = chosen_place(self._setting, self._screens.places())
        if not self._is_awake or place is None:
            self._put_away()
            return
        if self.window is None:
            self.window = make_window(is_framed=False)
            self.asking.wire(self.window)
        if place != self._place:
            self._place = place
            self.window.cover(place.area)
        self.ask()

    @property
    def _wanted(self) -> str:
        return self._flow.work.counter.desk.settings.current.customer_screen

    def _has_window(self) -> bool:
        return self.window is not None

    def _put_away(self) -> None:
        self._place = None
        self.asking.end()
        if self._pictures is not None:
            self._pictures.end()
        window, self.window = self.window, None
        if window is not None:
            window.close()
            window.deleteLater()

    # ------------------------------------------------------------- what it shows

    def show_qr(self, qr: CustomerQr | None) -> None:
        """A payment provider gave a code for this sale, or it is void (None)."""
        self._qr = qr
        self.ask()

    def ask(self) -> None:
        """Show the present state soon; asking again is free."""
        if self._is_awake and self._setting != self._wanted:
            self.look()
        if self.window is not None and not self._later.isActive():
            self._later.start()

    def show_now(self) -> None:
        """Show the present state."""
        if self.window is None or self._trial.is_on:
            return
        state = self.state()
        self.window.show_state(state)
        if state.mode is not CustomerMode.IDLE:
            self._idle_s = 0
            self._end_pictures()

    def state(self) -> CustomerState:
        """Return what the customer sees."""
        from ui.presenters.customer import CustomerPresenter, CustomerScene

        if self._presenter is None:
            self._presenter = CustomerPresenter(self._flow.work)
        flow, shown = self._flow, self._flow.window.screen_shown
        is_served = flow.work.counter.desk.session.staff is not None
        is_paying = shown is flow.screens.payment
        if not is_served or shown is not flow.screens.done:
            self._ended = None
        scene = CustomerScene(
            is_served,
            is_paying,
            flow.payment.tender_key if is_paying else "",
            self._ended,
            self._qr if self._ended is None else self._coupon.qr_of(self._ended),
            flow.features.offers.explained,
            None if is_paying else flow.features.offers.nearest,
            "" if is_paying else self._coupon.offered(),
            not is_paying and flow.deals.is_late,
        )
        state = self._presenter.state(scene)
        asked = self.asking.view(state.language) if is_served else None
        return state if asked is None else replace(state, ask=asked)

    def _on_ended(self, sale: Sale) -> None:
        """A sale ended in front of this customer; it is not looked up later."""
        self._ended, self._qr = sale, None
        self.asking.end()
        if self.window is not None:
            self._coupon.look(sale)
        self._idle_s = 0

    def tick(self) -> None:
        """A second went by: thanks end, and pictures begin."""
        if self.window is None:
            return
        self._idle_s += 1
        mode = self.window.state.mode
        limit = self._flow.work.counter.desk.settings.current.customer_idle_s
        if mode is CustomerMode.DONE and self._idle_s >= limit:
            self._ended, self._idle_s = None, 0
            self.ask()
        elif mode is CustomerMode.IDLE and self._idle_s >= limit:
            self._begin_pictures()
        elif mode in {CustomerMode.BASKET, CustomerMode.PAYMENT}:
            self._idle_s = 0

    def _begin_pictures(self) -> None:
        folder = self._flow.work.customer_pictures
        if self.window is None or folder is None:
            return
        if self._pictures is None:
            from ui.customer_pictures import PictureRound

            self._pictures = PictureRound(self._flow.runner, Path(folder))
            self._pictures.setParent(self)
            self._pictures.read.connect(self._on_picture)
        self._pictures.begin(self.window.device_size)

    def _end_pictures(self) -> None:
        if self._pictures is not None and self._pictures.is_on:
            self._pictures.end()
            self._on_picture(QImage())

    def _on_picture(self, image: object) -> None:
        assert isinstance(image, QImage)
        if self.window is not None:
            self.window.show_picture(image)

    # ------------------------------------------------- for the page of devices

    def status(self) -> DisplayStatus:
        """Say in words where the display is, or why there is none."""
        return display_status(self._wanted, self._screens.places(), self._place)

    def choices(self) -> tuple[tuple[str, str], ...]:
        """Return what `customer_screen` may be: value and words."""
        others = [x for x in self._screens.places() if not x.is_cashiers]
        chosen = self._wanted
        named = [(x.name, _("Screen {number}", number=x.number)) for x in others]
        if chosen not in {AUTO, OFF, *(name for name, _words in named)}:
            named.append((chosen, chosen))
        return ((AUTO, _("By itself")), *named, (OFF, _("Off")))

    def identify(self) -> int:
        """Show its number on every screen but the cashier's for five seconds.

        Returns:
            How many screens show one.
        """
        return self._trial.identify(self._screens.places())

    def end_identify(self) -> None:
        """Take the numbers away."""
        self._trial.end_identify()

    def trial(self) -> None:
        """Show a basket that nobody buys for twenty seconds.

        Where there is no second screen it is shown in a small window here.
        """
        from ui.presenters.customer_sample import sample_state

        self._end_pictures()
        state = sample_state(self._flow.work, self._flow.sale.view.goods)
        self._trial.show(state, self.window, self._flow.window.geometry())

    def end_trial(self) -> None:
        """Show again what is so."""
        self._trial.end()
