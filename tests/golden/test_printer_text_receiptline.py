"""Text in every language has receiptline's bytes, which others have printed with.

What differs is said here: a sign that the printer's font may lack is drawn by the till
and sent, or replaced by ?, by receiptline; FS C takes the number 1 and not the digit,
which older printers know as well; and the till leaves the font after each line.
"""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from hardware.printer.encoding import encode
from hardware.printer.profile import load_profile
from hardware.printer.rom_fonts import ROM_FONTS
from pos_app.documents.layout import Layout, Text
from tests import node_tools

FOLDER = Path(__file__).parent / "slips"
GOLDEN = FOLDER / "receiptline_world.json"
TEXTS = {
    "gb18030": ["中文收据", "合计：￥88.00（含税）", "鑫淼焱垚喆堃 2件×3.75"],
    "big5": ["繁體收據", "合計：￥88（含稅）", "喬治‧華盛頓"],
    "shiftjis": [
        "領収書 お買上げ",
        "合計 ¥1,080（税込）",
        "ﾎｯﾄｺｰﾋｰ Ｌ 500ml",
        "消費税10％〜",
        "髙﨑商店 ①",
        "ソ表十能",
    ],
    "ksc5601": [
        "영수증",
        "합계: 12,000원 (부가세 포함)",
        "녹차 500ml ×2",
        "똠방각하 펲",
    ],
    "multilingual": [
        "Café Müller, Señor",
        "Größe: 12,50 € «Käse»",
        "Привет, чай 100 г",
        "Żółć gęślą jaźń",
        "Crème brûlée ½ ±5°",
    ],
}
#: Command sets of receiptline, by encoding: ESC/POS and Star.
COMMANDS = {
    "gb18030": ("escpos", "starmbcs2"),
    "big5": ("escpos", "starmbcs2"),
    "shiftjis": ("escpos", "starmbcs"),
    "ksc5601": ("escpos", "starmbcs2"),
    "multilingual": ("escpos", "starsbcs"),
}
LINES = [
    {"encoding": encoding, "command": command, "text": text}
    for encoding, texts in TEXTS.items()
    for command in COMMANDS[encoding]
    for text in texts
]
FAMILIES = {
    "gb18030": ("china", "star_china", "zh-CN"),
    "big5": ("taiwan", "star_taiwan", "zh-TW"),
    "shiftjis": ("japan", "star_japan", "ja"),
    "ksc5601": ("korea", "star_korea", "ko"),
    "multilingual": ("epson", "star", "de"),
}
#: receiptline looks through these pages in this order.
PAGES = {
    "escpos": (("cp437", 0), ("cp1252", 16), ("cp866", 17), ("cp852", 18)),
    "star": (("cp437", 1), ("cp1252", 32), ("cp866", 10), ("cp852", 5)),
}
#: How receiptline switches a font on, and off again before it leaves it on.
THEIR_SWITCH = {
    ("shiftjis", "escpos"): b"\x1bt\x01\x1cC1\x1bR\x08",
    ("shiftjis", "starmbcs"): b"\x1b$1\x1bR8",
    ("ksc5601", "escpos"): b"\x1bt\x00\x1c&\x1bR\x0d",
    ("ksc5601", "starmbcs2"): b"\x1bRD",
    ("gb18030", "escpos"): b"\x1bt\x00\x1c&",
    ("big5", "escpos"): b"\x1bt\x00\x1c&",
}
#: Their codes are in some ROMs only; they are drawn.
DRAWN = {"髙﨑商店 ①", "똠방각하 펲"}


def their_line(golden: dict[str, str]) -> bytes:
    """Return receiptline's line of text, its switch included."""
    body = bytes.fromhex(golden["hex"])
    _, _, rest = body.rpartition(
        b"\x1d!\x00" if golden["command"] == "escpos" else b"\x1bi\x00\x00"
    )
    line, _, _ = rest.partition(b"\n")
    switch = THEIR_SWITCH.get((golden["encoding"], golden["command"]), b"")
    assert line.startswith(switch)
    return line.removeprefix(switch)


def our_line(golden: dict[str, str]) -> bytes | None:
    """Return the till's line without its switches; None where it is drawn."""
    escpos, star, language = FAMILIES[golden["encoding"]]
    is_star = golden["command"] != "escpos"
    profile = load_profile(star if is_star else escpos, 80)
    if golden["encoding"] == "multilingual":
        profile = replace(profile, code_pages=PAGES[profile.language])
    job = encode(Layout((Text(golden["text"]),), language), profile)
    if b"\x1dv0" in job or b"\x1b\x1dS" in job:
        return None
    style = b"\x1bi\x00\x00\x1bF" if is_star else b"\x1d!\x00"
    _, _, line = job.partition(style)
    line = line.removeprefix(b"\x1c!\x00").partition(b"\n")[0]
    switches = {
        switch
        for rom in ROM_FONTS.values()
        for switch in (rom.enter, rom.leave, rom.star_enter, rom.star_leave)
        if switch
    }
    for switch in sorted(switches, key=len, reverse=True):  # one is part of another
        line = line.replace(switch, b"")
    return line


@pytest.mark.parametrize(
    "golden",
    json.loads(GOLDEN.read_text("utf-8")) if GOLDEN.exists() else [],
    ids=lambda golden: f"{golden['command']} {golden['text']}",
)
def test_the_bytes_are_receiptlines(golden: dict[str, str]) -> None:
    ours = our_line(golden)
    assert (ours is None) == (golden["text"] in DRAWN)
    if ours is not None:
        assert ours == their_line(golden)


def test_the_golden_bytes_are_of_these_lines() -> None:
    golden = json.loads(GOLDEN.read_text("utf-8"))
    wanted = ("encoding", "command", "text")
    assert [{key: one[key] for key in wanted} for one in golden] == LINES


@pytest.mark.all
def test_receiptline_still_sends_the_golden_bytes_of_the_world() -> None:
    script = FOLDER / "receiptline_world.mjs"
    answer = node_tools.run_script(node_tools.RECEIPTLINE, script, LINES)
    assert answer == json.loads(GOLDEN.read_text("utf-8"))
