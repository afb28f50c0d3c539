"""What the sign-on screen shows, whole and frozen; also the lock screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from pos_app.i18n import N_, _, current_language, plural
from pos_app.ports.printing import PrinterStatus
from ui.format import clock_text, day_text
from ui.presenters.frame_state import FrameState, Tone


@dataclass(frozen=True, slots=True)
class StaffView:
    """A tile: somebody who may sign on.

    Attributes:
        staff_id: what `staff_chosen` says. number: shown above the PIN.
        name, role: in the language of the screen.
        may_recover: whether the recovery code gives them a new PIN.
    """

    staff_id: str
    number: str
    name: str
    role: str
    may_recover: bool = False


@dataclass(frozen=True, slots=True)
class HealthView:
    """A line of the dark side: something that was checked and is true."""

    key: str
    icon: str
    title: str
    detail: str = ""
    tone: Tone = Tone.GOOD


@dataclass(frozen=True, slots=True)
class KeptBasket:
    """The basket that waits behind a lock: how many pieces, and the total."""

    pieces: str
    total: str


@dataclass(frozen=True, slots=True)
class SignOnState:
    """Everything on the sign-on screen.

    Attributes:
        shop_name: "晴川生活 · 湖滨店". till_label: "02 号机 · 营业日 11-21".
        clock_text: "14:32". date_text: the day in full.
        language: tag of the language in use.
        staff: the tiles, in order.
        chosen: staff id of the tile chosen; "" for none.
        health: what was checked. frame: chips, message and hints of the bar below.
        pin_digits: how many digits a PIN has, least and most.
        rule: the line above the pad while all is well.
        problem: what went wrong, in words; takes the rule's place.
        attempt: grows with every refused PIN or number; the digits then go.
        locked_seconds: how long the chosen person must wait; 0 when not locked.
        is_checking: the PIN is being checked.
        kept: the basket behind the lock; None when this is no lock.
        is_phone_order: 1-2-3 on top.
    """

    shop_name: str
    till_label: str
    clock_text: str
    date_text: str
    language: str
    staff: tuple[StaffView, ...]
    frame: FrameState
    chosen: str = ""
    health: tuple[HealthView, ...] = ()
    pin_digits: tuple[int, int] = (4, 6)
    rule: str = ""
    problem: str = ""
    attempt: int = 0
    locked_seconds: int = 0
    is_checking: bool = False
    kept: KeptBasket | None = None
    is_phone_order: bool = False

    @property
    def chosen_staff(self) -> StaffView | None:
        """Who was chosen."""
        return next((x for x in self.staff if x.staff_id == self.chosen), None)


_PRINTER_TITLES: dict[PrinterStatus, tuple[str, Tone]] = {
    PrinterStatus.READY: (N_("Receipt printer ready"), Tone.GOOD),
    PrinterStatus.UNKNOWN: (N_("Receipt printer set up"), Tone.GOOD),
    PrinterStatus.PAPER_LOW: (N_("Slip paper runs low"), Tone.WARN),
    PrinterStatus.PAPER_OUT: (N_("Printer out of paper"), Tone.WARN),
    PrinterStatus.COVER_OPEN: (N_("Printer cover open"), Tone.WARN),
    PrinterStatus.OFFLINE: (N_("Printer refuses to print"), Tone.WARN),
    PrinterStatus.UNREACHABLE: (N_("Printer does not answer"), Tone.WARN),
}
_WEEKDAYS = {
    "zh-CN": ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"),
    "zh-TW": ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"),
    "en": (
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ),
}
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def full_day_text(day: date, language: str = "") -> str:
    """Write a day in full: "2026 年 11 月 21 日 星期六", "Saturday 21 November 2026"."""
    tag = language or current_language()
    weekday = _WEEKDAYS.get(tag, _WEEKDAYS["en"])[day.weekday()]
    if tag.startswith("zh"):
        return f"{day.year} 年 {day.month} 月 {day.day} 日 {weekday}"
    return f"{weekday} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def till_label(till: str, business_day: date) -> str:
    """Write which till and which business day: "02 号机 · 营业日 11-21"."""
    return _(
        "Till {till} · business day {day}",
        till=till,
        day=f"{business_day.month:02}-{business_day.day:02}",
    )


def pin_rule(pin_digits: tuple[int, int], tries: int) -> str:
    """Write the line above the pad: how long a PIN is and when it locks."""
    least, most = pin_digits
    return _(
        "PIN of {least} to {most} digits; {tries} wrong tries lock it",
        least=least,
        most=most,
        tries=tries,
    )


def lock_words(seconds: int) -> str:
    """Write how long a lock lasts: "Locked. Try again in 0:42."."""
    return _("Locked. Try again in {time}.", time=f"{seconds // 60}:{seconds % 60:02}")


def database_health(*, is_sound: bool, sales: int) -> HealthView:
    """Say how the database of this till is, after the start-up check."""
    if is_sound:
        detail = plural(
            "Checked · {shown} sale",
            "Checked · {shown} sales",
            sales,
            shown=f"{sales:,}",
        )
        return HealthView("database", "shield-check", _("Data sound"), detail)
    detail = _("Open Settings, then check the database")
    return HealthView("database", "warning", _("Data need a check"), detail, Tone.WARN)


def printer_health(status: PrinterStatus, waiting: int) -> HealthView:
    """Say how the slip printer is, and how many slips wait for it."""
    title, tone = _PRINTER_TITLES[status]
    queued = (
        plural("{count} slip waiting", "{count} slips waiting", waiting)
        if waiting
        else ""
    )
    icon = "printer" if tone is not Tone.WARN else "warning"
    return HealthView("printer", icon, _(title), queued, tone)


def backup_health(last: datetime | None, now: datetime) -> HealthView:
    """Say when the last backup was made; amber when it is older than two days."""
    if last is None:
        title = _("No backup yet")
        return HealthView(
            "backup",
            "warning",
            title,
            _("Make one in Settings"),
            Tone.WARN,
        )
    when = f"{day_text(last.date())} {clock_text(last.time())}"
    if (now - last).days >= 2:
        return HealthView(
            "backup",
            "warning",
            _("Backup is old"),
            _("Last on {when}", when=when),
            Tone.WARN,
        )
    return HealthView(
        "backup", "tray-arrow-up", _("Backed up"), _("Last on {when}", when=when)
    )
