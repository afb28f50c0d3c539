"""What may leave the shop in a diagnostics bundle: nothing that names a person."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from pos_app.ports.devices import DeviceReport, DeviceSettings

#: Shown where something was taken out.
GONE = "▒"
#: A word of fewer letters is found in every sentence.
_SHORTEST = 2
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
#: Telephone, card and identity numbers, badges, barcodes: five digits or more that
#: are no time, no amount and no count of milliseconds in a log.
_DIGITS = re.compile(r"(?<![\d.:])\+?\d(?:[ -]?\d){4,}(?![\d:])")
#: A badge as its bars say it; letters that a keyboard layout leaves alone.
_BADGE = re.compile(r"\bGTB[-0-9A-Z]{8,}", re.IGNORECASE)
_HOME = re.compile(r"(/home/|/Users/|\\Users\\)[^/\\\s]+")
#: A time as the log writes it, which stays.
_TIME = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:[,.]\d+)?")


class Scrubber:
    """Takes people, numbers and the shop's own words out of texts."""

    def __init__(self, names: Collection[str]) -> None:
        """Take what must not be seen: names of staff, the shop's address and so on.

        Args:
            names: in every language; words of one letter are left alone.
        """
        said = {name.strip() for name in names if len(name.strip()) >= _SHORTEST}
        longest_first = sorted(said, key=len, reverse=True)
        self._names = (
            re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE)
            if longest_first
            else None
        )

    def scrub(self, text: str) -> str:
        """Return a text without names, addresses and numbers; times stay."""
        parts: list[str] = []
        end = 0
        for time in _TIME.finditer(text):
            parts += [self._clean(text[end : time.start()]), time.group()]
            end = time.end()
        return "".join([*parts, self._clean(text[end:])])

    def scrub_plain(self, value: object) -> object:
        """Return a JSON value with its texts scrubbed; counts stay."""
        if isinstance(value, str):
            return self.scrub(value)
        if isinstance(value, Mapping):
            return {key: self.scrub_plain(inner) for key, inner in value.items()}
        if isinstance(value, list | tuple):
            return [self.scrub_plain(inner) for inner in value]
        return value

    def _clean(self, text: str) -> str:
        if self._names is not None:
            text = self._names.sub(GONE, text)
        text = _BADGE.sub(GONE, text)
        text = _HOME.sub(lambda found: found.group(1) + GONE, text)
        return _DIGITS.sub(GONE, _MAIL.sub(GONE, text))


#: Settings that say how the till works and nothing of anybody.
PLAIN_SETTINGS = (
    "language",
    "slip_language",
    "theme",
    "size_percent",
    "pad",
    "contrast",
    "reduce_motion",
    "left_handed",
    "merge_same_items",
    "one_tap_cash",
    "block_expired",
    "auto_lock_minutes",
    "print_slips",
    "print_parked_slips",
    "printer_kind",
    "printer_port",
    "paper_mm",
    "printer_profile",
    "customer_language",
    "customer_idle_s",
    "sounds",
)


def plain_settings(settings: Mapping[str, object]) -> dict[str, object]:
    """Return the settings that may leave the shop; no addresses, no folders."""
    return {key: settings[key] for key in PLAIN_SETTINGS if key in settings}


def plain_devices(
    devices: Iterable[DeviceSettings], reports: Iterable[DeviceReport]
) -> list[dict[str, object]]:
    """Return which devices there are and how they are.

    Neither names that people gave them, nor addresses, nor serial numbers.
    """
    known = {x.device_id: x for x in reports}
    rows: list[dict[str, object]] = []
    for device in devices:
        report = known.get(device.device_id)
        rows.append(
            {
                "category": device.category.value,
                "driver": device.driver,
                "connection": device.connection.kind.value,
                "is_on": device.is_on,
                "health": report.health.value if report else "",
                "key": report.key if report else "",
            }
        )
    return rows


def journal_lines(entries: Sequence[tuple[int, int, str, str]]) -> str:
    """Write entries as "epoch/seq time kind": what happened, not to whom.

    Args:
        entries: (epoch, seq, time, kind), oldest first.
    """
    return "".join(f"{e}/{s} {time} {kind}\n" for e, s, time, kind in entries)
