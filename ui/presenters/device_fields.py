"""What can be set of a device, made of its driver's own facts; and what was set."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from pos_app.errors import UserError
from pos_app.i18n import N_, _
from pos_app.ports.devices import (
    Connection,
    ConnectionKind,
    DeviceCategory,
    DeviceSettings,
    DriverFacts,
    DriverOption,
    DriverOptionKind,
    OptionValue,
)
from pos_app.services.device_names import CATEGORY_NAMES, device_name
from ui.presenters.device_words import CONNECTION_NAMES, address_hint
from ui.presenters.devices_state import DeviceField

_CHOICE, _TEXT = DriverOptionKind.CHOICE, DriverOptionKind.TEXT
_SWITCH = DriverOptionKind.SWITCH
#: Ways that need no address: there is one of them only.
_PLACELESS = frozenset({ConnectionKind.VIRTUAL})
#: How a serial line is set, where a driver leaves that to its people.
_LINE = (
    DriverOption(
        "baud",
        N_("Speed of the line"),
        _CHOICE,
        9600,
        tuple((x, str(x)) for x in (2400, 4800, 9600, 19200, 38400, 57600, 115200)),
    ),
    DriverOption("bytesize", N_("Data bits"), _CHOICE, 8, ((7, "7"), (8, "8"))),
    DriverOption(
        "parity",
        N_("Parity"),
        _CHOICE,
        "N",
        (("N", N_("None")), ("E", N_("Even")), ("O", N_("Odd"))),
    ),
    DriverOption("stopbits", N_("Stop bits"), _CHOICE, 1, ((1, "1"), (2, "2"))),
)
#: Another printer takes over what this one cannot print.
_FAIL_OVER_KEY, _FAIL_OVER_AFTER = "failover", "failover_s"
_FAIL_OVER = (
    DriverOption(_FAIL_OVER_KEY, N_("Goes on at"), _CHOICE, ""),
    DriverOption(
        _FAIL_OVER_AFTER, N_("after seconds"), DriverOptionKind.NUMBER, 90, (), 5, 3600
    ),
)

Facts = Mapping[str, DriverFacts]


def drivers_for(facts: Facts, category: DeviceCategory) -> tuple[DriverFacts, ...]:
    """Return the drivers of a category, the till's own first."""
    return tuple(x for x in facts.values() if x.category is category)


def options_of(facts: DriverFacts) -> tuple[DriverOption, ...]:
    """Return a driver's options; of a printer of slips also who takes over."""
    if facts.category is not DeviceCategory.RECEIPT_PRINTER:
        return facts.options
    known = {x.key for x in facts.options}
    return (*facts.options, *(x for x in _FAIL_OVER if x.key not in known))


def setup_fields(
    device: DeviceSettings,
    facts: Facts,
    others: Sequence[DeviceSettings],
    problems: Mapping[str, str],
) -> tuple[DeviceField, ...]:
    """Return everything that can be set of a device.

    Args:
        device: whose.
        facts: of all drivers, by key.
        others: all devices, for those that stand in or are hung on.
        problems: why the last value of a field was refused.
    """
    own = facts.get(device.driver)
    found = [
        DeviceField(
            "name", _("Name of the device"), _TEXT, device.name, hint=_called(device)
        ),
        DeviceField("is_on", _("Use this device"), _SWITCH, device.is_on),
        *_driver_fields(device, facts),
    ]
    if own is not None:
        found += _way_fields(device, own, others)
        found += [_option(x, device, others) for x in options_of(own)]
    return tuple(replace(x, problem=problems.get(x.key, "")) for x in found)


def _called(device: DeviceSettings) -> str:
    return device_name(replace(device, name=""))


def _driver_fields(device: DeviceSettings, facts: Facts) -> list[DeviceField]:
    offered = drivers_for(facts, device.category)
    choices = tuple((x.key, _(x.name)) for x in offered)
    if all(key != device.driver for key, _words in choices):
        choices = ((device.driver, device.driver), *choices)
    own = facts.get(device.driver)
    hint = ""
    if own is not None and not own.is_tried:
        hint = _("Not tried with a real device yet; the test shows whether it fits.")
    label = _("How it speaks")
    if len(choices) == 1:
        return []
    return [DeviceField("driver", label, _CHOICE, device.driver, choices, hint)]


def _way_fields(
    device: DeviceSettings, own: DriverFacts, others: Sequence[DeviceSettings]
) -> list[DeviceField]:
    kind = device.connection.kind
    ways = tuple((x.value, _(CONNECTION_NAMES[x])) for x in own.connections)
    label = _("How it is reached")
    found = []
    if len(ways) > 1 or kind not in own.connections:
        found.append(DeviceField("kind", label, _CHOICE, kind.value, ways))
    place = device.connection.address
    if kind is ConnectionKind.PRINTER:
        printers = tuple(
            (x.device_id, device_name(x))
            for x in others
            if x.category is DeviceCategory.RECEIPT_PRINTER
        )
        words = _("At which printer")
        found.append(DeviceField("address", words, _CHOICE, place, printers))
    elif kind not in _PLACELESS:
        hint = address_hint(kind)
        found.append(DeviceField("address", _("Address"), _TEXT, place, hint=hint))
    if kind is ConnectionKind.SERIAL:
        own_keys = {x.key for x in own.options}
        line = (x for x in _LINE if x.key not in own_keys)
        now = {**own.line, **device.connection.options}
        found += [_field("way-", x, now) for x in line]
    return found


def _option(
    option: DriverOption, device: DeviceSettings, others: Sequence[DeviceSettings]
) -> DeviceField:
    if option.key == _FAIL_OVER_KEY:
        stand_ins = tuple(
            (x.device_id, device_name(x))
            for x in others
            if x.category is device.category and x.device_id != device.device_id
        )
        choices = (("", N_("Nowhere: slips wait")), *stand_ins)
        kind = DriverOptionKind.CHOICE
        option = replace(option, kind=kind, choices=choices, default="")
    return _field("option-", option, device.options)


def _field(
    prefix: str, option: DriverOption, values: Mapping[str, OptionValue]
) -> DeviceField:
    is_range = option.kind is DriverOptionKind.NUMBER and option.high > option.low
    hint = f"{option.low}–{option.high}" if is_range else ""
    return DeviceField(
        key=prefix + option.key,
        label=_(option.label),
        kind=option.kind,
        value=values.get(option.key, option.default),
        choices=tuple((str(value), _(words)) for value, words in option.choices),
        hint=hint,
    )


# ---------------------------------------------------------------- what was set


def changed(
    device: DeviceSettings, facts: Facts, key: str, value: object
) -> DeviceSettings:
    """Return a device with one thing set otherwise.

    Raises:
        UserError: "setting_refused" where the value is none of its driver's.
    """
    text = str(value).strip()
    plain: Mapping[str, Callable[[], DeviceSettings]] = {
        "name": lambda: replace(device, name=text),
        "is_on": lambda: replace(device, is_on=bool(value)),
        "driver": lambda: with_driver(device, facts[text]),
        "kind": lambda: replace(device, connection=Connection(ConnectionKind(text))),
        "address": lambda: replace(
            device, connection=replace(device.connection, address=text)
        ),
    }
    if key in plain:
        return plain[key]()
    return _with_option(device, facts, key, value)


def _with_option(
    device: DeviceSettings, facts: Facts, key: str, value: object
) -> DeviceSettings:
    prefix, _dash, name = key.partition("-")
    of_way = prefix == "way"
    known = _LINE if of_way else options_of(facts[device.driver])
    option = next(x for x in known if x.key == name)
    taken = option_value(option, value)
    if of_way:
        way = device.connection
        fresh = replace(way, options={**way.options, name: taken})
        return replace(device, connection=fresh)
    return replace(device, options={**device.options, name: taken})


def option_value(option: DriverOption, value: object) -> OptionValue:
    """Return what was typed or chosen as an option keeps it.

    Raises:
        UserError: "setting_refused".
    """
    text = str(value).strip()
    if option.kind is DriverOptionKind.SWITCH:
        return bool(value)
    if option.kind is DriverOptionKind.NUMBER:
        plain = text.removeprefix("-")
        is_number = plain.isascii() and plain.isdigit() and len(plain) < 9
        fits = is_number and (
            option.high <= option.low or option.low <= int(text) <= option.high
        )
        if not fits:
            raise UserError("setting_refused", setting=option.key, value=text[:40])
        return int(text)
    found = (x for x, _words in option.choices if str(x) == text)
    return next(found, text)


def with_driver(device: DeviceSettings, facts: DriverFacts) -> DeviceSettings:
    """Return a device with another driver, and of its settings what still fits."""
    known = {x.key for x in options_of(facts)}
    options = {key: value for key, value in device.options.items() if key in known}
    fits = device.connection.kind in facts.connections
    way = device.connection if fits else Connection(facts.connections[0])
    return replace(device, driver=facts.key, connection=way, options=options)


def fresh_device(device_id: str, facts: DriverFacts) -> DeviceSettings:
    """Return a device of a driver, as it begins."""
    way = Connection(facts.connections[0])
    return DeviceSettings(device_id, facts.category, "", facts.key, way)


def category_field(facts: Facts, chosen: DeviceCategory) -> DeviceField:
    """Return the choice of what a new device is for; what no driver drives is out."""
    offered = {x.category for x in facts.values()}
    choices = tuple(
        (x.value, _(CATEGORY_NAMES[x])) for x in DeviceCategory if x in offered
    )
    return DeviceField("category", _("Kind of device"), _CHOICE, chosen.value, choices)
