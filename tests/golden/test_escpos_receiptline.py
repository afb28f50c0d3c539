"""The bytes of Chinese text are those of receiptline, which others have printed with."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from hardware.printer.escpos import ENTER_KANJI, LEAVE_KANJI, encode
from hardware.printer.profile import load_profile
from pos_app.documents.layout import Layout, Text

FOLDER = Path(__file__).parent / "slips"
GOLDEN = FOLDER / "receiptline.json"
VERSION = "4.0.4"
LINES = [
    {"encoding": encoding, "text": text}
    for encoding, texts in {
        "gb18030": [
            "中文收据",
            "茉莉花茶 无糖 500ml",
            "晴川生活·湖滨店",
            "合计：￥88.00（含税）",
            "2件×3.75",
            "鑫淼焱垚喆堃",
            "、。〈〉《》【】①②℃",
        ],
        "big5": [
            "繁體收據",
            "茉莉花茶 無糖 500ml",
            "晴川生活·湖濱店",
            "合計：￥88（含稅）",
            "臺灣鑫龘",
            "、。〈〉《》【】",
        ],
    }.items()
    for text in texts
]
TONGUES = {"gb18030": ("china", "zh-CN"), "big5": ("taiwan", "zh-TW")}


def between_switches(job: bytes) -> bytes:
    """Return what stands between FS & and the end of its line."""
    _, _, after = job.partition(b"\x1c&")
    text, _, _ = after.partition(b"\n")
    return text.removesuffix(LEAVE_KANJI)


@pytest.mark.parametrize(
    "golden",
    json.loads(GOLDEN.read_text("utf-8")),
    ids=lambda g: g["text"],
)
def test_chinese_bytes_equal_receiptlines(golden: dict[str, str]) -> None:
    family, language = TONGUES[golden["encoding"]]
    job = encode(Layout((Text(golden["text"]),), language), load_profile(family, 80))
    theirs = between_switches(bytes.fromhex(golden["hex"]))
    if b"?" in theirs:
        # What receiptline cannot encode it prints as ?; here it is drawn.
        assert b"\x1dv0" in job
        return
    ours = job.replace(ENTER_KANJI, b"").replace(LEAVE_KANJI, b"")
    assert theirs in ours
    # cp950 is Big5 as printers have it: Python's own big5 reads A244 as the narrow ¥.
    codec = {"gb18030": "gb18030", "big5": "cp950"}[golden["encoding"]]
    assert theirs.decode(codec) == golden["text"]


def test_the_golden_bytes_are_of_these_lines() -> None:
    golden = json.loads(GOLDEN.read_text("utf-8"))
    assert [{k: g[k] for k in ("encoding", "text")} for g in golden] == LINES


@pytest.mark.all
def test_receiptline_still_sends_the_golden_bytes(tmp_path: Path) -> None:
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        pytest.skip("Node and npm are not installed")
    wanted = [npm, "install", "--no-audit", "--no-fund", f"receiptline@{VERSION}"]
    (tmp_path / "package.json").write_text("{}")
    subprocess.run(wanted, cwd=tmp_path, check=True, capture_output=True, timeout=110)
    answer = subprocess.run(
        [node, str(FOLDER / "receiptline.mjs")],
        cwd=tmp_path,
        input=json.dumps(LINES),
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert json.loads(answer) == json.loads(GOLDEN.read_text("utf-8"))
