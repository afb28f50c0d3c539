"""Makers of the counter's devices by their USB vendor numbers.

From usb.ids and the makers' own pages; numbers of chips that many makers share are
said to be so. A maker that is not here is found as well, only not recognised.
"""

from __future__ import annotations

#: Receipt and label printers.
PRINTER_VENDORS = {
    "0416": "Winbond chip: many 58 and 80 mm printers",
    "0483": "STMicroelectronics chip: many 58 and 80 mm printers",
    "04b8": "Epson",
    "04f9": "Brother",
    "0519": "Star Micronics",
    "0619": "Seiko Instruments",
    "08a6": "Toshiba TEC",
    "0922": "DYMO",
    "0a5f": "Zebra",
    "0dd4": "Custom",
    "0fe6": "ICS Advent chip: Rongta, Xprinter and others",
    "1203": "TSC",
    "1504": "Bixolon",
    "154f": "SNBC",
    "195f": "Godex",
    "1c8a": "SAM4S",
    "1d90": "Citizen",
    "1fc9": "NXP chip: many 58 and 80 mm printers",
    "20d1": "HPRT",
    "6868": "Zjiang",
}
#: Barcode scanners.
SCANNER_VENDORS = {
    "0536": "Hand Held Products (Honeywell)",
    "05e0": "Zebra (Symbol)",
    "05f9": "Datalogic (PSC)",
    "065a": "Opticon",
    "067e": "Intermec",
    "0c2e": "Honeywell (Metrologic)",
    "11fa": "Code",
    "1eab": "Newland",
}
#: Scales.
SCALE_VENDORS = {
    "0922": "DYMO",
    "0b67": "Fairbanks",
    "0eb8": "Mettler Toledo",
    "1446": "Stamps.com",
}
#: Chips that make a serial line of USB; a scale or a display may be behind them.
ADAPTER_VENDORS = {
    "0403": "FTDI",
    "067b": "Prolific",
    "10c4": "Silicon Labs",
    "1a86": "QinHeng (CH340)",
}
