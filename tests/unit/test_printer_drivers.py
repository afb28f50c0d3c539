"""Which driver a found printer gets, and what may be set of it."""

import pytest

from hardware.printer.drivers import DRIVERS
from hardware.printer.printer_options import FAMILY_NAMES
from hardware.printer.profile import load_profile
from hardware.printer.recognition import sure_of_escpos, sure_of_star
from pos_app.errors import UserError
from pos_app.ports.devices import Connection, ConnectionKind, FoundDevice
from tests.builders_devices import context, receipt_printer

USB, NETWORK, QUEUE = (
    ConnectionKind.USB_PRINTER,
    ConnectionKind.NETWORK,
    ConnectionKind.QUEUE,
)


def found(kind: ConnectionKind, name: str = "", **keywords: str) -> FoundDevice:
    keywords = {key.removesuffix("_"): value for key, value in keywords.items()}
    return FoundDevice(None, Connection(kind, "x"), "", name, keywords=keywords)


@pytest.mark.parametrize(
    ("device", "driver"),
    [
        pytest.param(
            found(USB, vid="04b8", class_="07", ieee1284="MFG:EPSON;CMD:ESC/POS;"),
            "escpos",
            id="an Epson that says so",
        ),
        pytest.param(
            found(
                USB, vid="0519", class_="07", ieee1284="MFG:Star;CMD:STAR;MDL:TSP143"
            ),
            "star",
            id="a Star",
        ),
        pytest.param(found(USB, vid="0519", class_="07"), "star", id="by its number"),
        pytest.param(
            found(USB, vid="0519", class_="07", ieee1284="MFG:Star;CMD:ESC/POS;"),
            "escpos",
            id="a Star that was switched",
        ),
        pytest.param(found(USB, vid="0416", class_="07"), "escpos", id="a clone"),
        pytest.param(
            found(USB, vid="dead", class_="07"), "escpos", id="a printer of any maker"
        ),
        pytest.param(
            found(USB, vid="03f0", class_="07", ieee1284="MFG:HP;CMD:PJL,PCLXL,PDF;"),
            "",
            id="an office printer",
        ),
        pytest.param(
            found(USB, vid="04b8", class_="07", ieee1284="MFG:EPSON;CMD:ESCPL2,BDC;"),
            "",
            id="Epson's for sheets",
        ),
        pytest.param(
            found(USB, vid="0a5f", class_="07", ieee1284="MFG:Zebra;CMD:ZPL;"),
            "",
            id="a label printer",
        ),
        pytest.param(
            found(ConnectionKind.HID, vid="0483", class_="03"), "", id="a scanner"
        ),
        pytest.param(found(NETWORK, host="h", port="9100"), "escpos", id="a raw port"),
        pytest.param(
            found(NETWORK, host="h", ieee1284="MFG:HP;", languages="PCL,PDF"),
            "",
            id="a laser printer on the network",
        ),
        pytest.param(
            found(QUEUE, maker="EPSON", model="TM-T88V"), "escpos", id="a queue"
        ),
        pytest.param(
            found(QUEUE, maker="Star", model="TSP654"), "star", id="its queue"
        ),
        pytest.param(found(QUEUE, uri="file:///dev/null"), "", id="any queue"),
    ],
)
def test_printers_are_recognised(device: FoundDevice, driver: str) -> None:
    sure = {"escpos": sure_of_escpos(device), "star": sure_of_star(device)}
    best = max(sure, key=lambda key: sure[key])
    assert (best if sure[best] else "") == driver


def test_what_was_found_out_reaches_the_printer() -> None:
    settings = receipt_printer(
        "escpos", NETWORK, "h:9100", profile="china", font="none", dots=512, columns=42
    )
    (driver,) = (x for x in DRIVERS if x.facts.key == "escpos")
    assert driver.make(settings, context())
    wrong = receipt_printer("escpos", NETWORK, "h:9100", raster="star_s")
    with pytest.raises(UserError, match="device_setting_missing"):
        driver.make(wrong, context())


@pytest.mark.parametrize(
    ("driver", "profile"), [("escpos", "star"), ("star", "china"), ("star", "none")]
)
def test_a_profile_of_another_language_is_refused(driver: str, profile: str) -> None:
    settings = receipt_printer(driver, NETWORK, "h:9100", profile=profile)
    (chosen,) = (x for x in DRIVERS if x.facts.key == driver)
    with pytest.raises(UserError, match="printer_profile_unknown"):
        chosen.make(settings, context())


def test_every_choice_of_a_driver_makes_a_printer() -> None:
    for driver in DRIVERS:
        kind = driver.facts.connections[-1]
        for option in driver.facts.options:
            for value, label in option.choices:
                assert label
                settings = receipt_printer(
                    driver.facts.key,
                    NETWORK if kind is QUEUE else kind,
                    "h:9100",
                    **{option.key: value},
                )
                assert driver.make(settings, context())


def test_every_family_has_a_name_in_words() -> None:
    for key, name in FAMILY_NAMES.items():
        assert load_profile(key, 80).name == name
