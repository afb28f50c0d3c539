"""What the page of devices shows of one device."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pos_app.domain.drawer_level import OPEN_LEVEL
from pos_app.i18n import N_, _
from pos_app.ports.devices import (
    DeviceCategory,
    DeviceHealth,
    DeviceReport,
    DeviceSettings,
)
from pos_app.services.desk import Desk
from pos_app.services.device_names import CATEGORY_NAMES, device_name
from pos_app.services.devices import RECEIPT_ID
from ui.message_words_device_state import explain_report
from ui.presenters.customer_status import DisplayStatus
from ui.presenters.device_fields import Facts, options_of, setup_fields
from ui.presenters.device_words import (
    CATEGORY_ICONS,
    answer_words,
    chip_words,
    connection_words,
    detail_words,
    fact_words,
    is_trouble,
)
from ui.presenters.devices_state import ChosenDevice, DeviceRow
from ui.presenters.frame_state import Tone

_TEST_KEYS: Mapping[DeviceCategory, str] = {
    DeviceCategory.RECEIPT_PRINTER: N_("Test"),
    DeviceCategory.LABEL_PRINTER: N_("Test"),
    DeviceCategory.CASH_DRAWER: N_("Open"),
    DeviceCategory.SCANNER: N_("Scan"),
    DeviceCategory.SCALE: N_("Weigh"),
    DeviceCategory.LINE_DISPLAY: N_("Try it"),
}
#: Facts that a test shows itself, and a level that means something only when the
#: drawer's own is known.
_OF_TESTS = frozenset({"last_code", "last_raw", "last_ms", "symbology", "drawer_pin"})
Reports = Mapping[str, DeviceReport]


def report_of(device: DeviceSettings, reports: Reports) -> DeviceReport:
    """Return how a device is; one that nobody asked yet is being looked for."""
    found = reports.get(device.device_id)
    if found is not None:
        return found
    if not device.is_on:
        return DeviceReport(device.device_id, DeviceHealth.OFF, "device_off")
    return DeviceReport(device.device_id, DeviceHealth.MISSING, "device_starting")


def is_in_trouble(device: DeviceSettings, reports: Reports) -> bool:
    """Tell whether somebody should look at a device."""
    return is_trouble(report_of(device, reports))


def device_row(device: DeviceSettings, facts: Facts, reports: Reports) -> DeviceRow:
    """Return a device as the list shows it."""
    chip, tone = chip_words(report_of(device, reports))
    return DeviceRow(
        key=device.device_id,
        icon=CATEGORY_ICONS[device.category],
        title=device_name(device),
        detail=detail_words(device, facts.get(device.driver)),
        chip=chip,
        tone=tone,
        test=_(_TEST_KEYS[device.category]) if device.is_on else "",
    )


def display_row(key: str, status: DisplayStatus) -> DeviceRow:
    """Return the customer's display as the list shows it."""
    is_shown = status.tone is Tone.GOOD
    detail = f"{status.title} · {status.detail}" if is_shown else status.title
    chip = _("Shown") if is_shown else _("Off")
    if status.tone is Tone.WARN:
        chip = _("Needs a look")
    title = _("Customer display")
    return DeviceRow(key, "monitor", title, detail, chip, status.tone, _("Try it"))


def chosen_view(
    device: DeviceSettings,
    facts: Facts,
    devices: Sequence[DeviceSettings],
    reports: Reports,
    problems: Mapping[str, str],
) -> ChosenDevice:
    """Return a device as the right card shows it, without its test."""
    report = report_of(device, reports)
    chip, tone = chip_words(report)
    told = explain_report(report)
    is_missing = report.key == "device_setting_missing"
    if is_missing and report.params.get("field") == "address":
        problems = {"address": told.text, **problems}
    said = (*report.facts, *_drawer(device, report))
    answers = tuple(x for x in map(answer_words, said) if x)
    return ChosenDevice(
        key=device.device_id,
        title=device_name(device),
        icon=CATEGORY_ICONS[device.category],
        chip=chip,
        tone=tone,
        sentence=told.text,
        advice=told.action,
        facts=(*_set_up(device, facts, devices), *_read_back(report)),
        answers=answers,
        fields=setup_fields(device, facts, devices, problems),
        is_on=device.is_on,
        can_remove=device.device_id != RECEIPT_ID,
    )


def _set_up(
    device: DeviceSettings, facts: Facts, devices: Sequence[DeviceSettings]
) -> list[tuple[str, str]]:
    rows = [(_("Kind of device"), _(CATEGORY_NAMES[device.category]))]
    rows.append((_("How it is reached"), connection_words(device.connection)))
    own = facts.get(device.driver)
    if own is None:
        return rows
    rows.append((_("How it speaks"), _(own.name)))
    names = {x.device_id: device_name(x) for x in devices}
    for option in options_of(own)[:6]:
        value = device.options.get(option.key, option.default)
        choices = {str(key): _(words) for key, words in option.choices}
        if option.key == "failover":
            rows.append((_(option.label), names.get(str(value), _("Nowhere"))))
        elif str(value) in choices:
            rows.append((_(option.label), choices[str(value)]))
    return rows


def _drawer(
    device: DeviceSettings, report: DeviceReport
) -> tuple[tuple[str, str], ...]:
    """Return whether the drawer is open, once it is known which level means that."""
    pin, level = dict(report.facts).get("drawer_pin"), device.options.get(OPEN_LEVEL)
    if pin is None or level not in {0, 1}:
        return ()
    return (("drawer", "open" if (pin == "high") == bool(level) else "shut"),)


def _read_back(report: DeviceReport) -> list[tuple[str, str]]:
    plain = (x for x in report.facts if answer_words(x) is None)
    return [fact_words(x) for x in plain if x[0] not in _OF_TESTS and x[1]]


def troubled_devices(desk: Desk) -> tuple[DeviceSettings, ...]:
    """Return the devices that somebody should look at, the receipt printer apart."""
    reports = {x.device_id: x for x in desk.devices.reports()}
    return tuple(
        x
        for x in desk.device_book.current
        if x.device_id != RECEIPT_ID and x.is_on and is_in_trouble(x, reports)
    )


def trouble_words(desk: Desk) -> tuple[str, str]:
    """Return what the status bar says of devices in trouble, and what it names."""
    found = troubled_devices(desk)
    if not found:
        return "", ""
    reports = {x.device_id: x for x in desk.devices.reports()}
    first = found[0]
    name = device_name(first)
    chip, _tone = chip_words(report_of(first, reports))
    words = _("{device}: {state}", device=name, state=chip)
    more = len(found) - 1
    return (f"{words} +{more}" if more else words), name
