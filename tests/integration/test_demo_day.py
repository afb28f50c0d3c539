"""The demo day plays the script on the real window, and its books are the script's."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from pos_app.bootstrap import Options, Till, demo_day
from pos_app.cli.demo_day_books import DayBooks, is_proven, read_books
from pos_app.cli.demo_day_script import day_commands
from pos_app.cli.run import prepare_demo
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.ports.health import Finding, Severity
from pos_app.services.doctor import Report
from pos_app.services.replay import Replay, ReplayClock
from pos_app.values.money import format_minor

ROOT = Path(__file__).parents[2]
Document = dict[str, Any]
UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
#: A line deleted, taken back and deleted again for a picture is told by the Z.
FOR_A_PICTURE = {"line_void", "line_restored"}


def comparable(value: Any) -> Any:
    """Leave out what no two runs share: ids, moments, how goods and money were keyed."""
    if isinstance(value, dict):
        if set(value) == {"unix_ms"} or value.get("kind") in FOR_A_PICTURE:
            return None
        left_out = {"chain_head", "barcode"}
        kept = {key: x for key, x in value.items() if key not in left_out}
        if "reference" in kept:  # the pad has no letters
            kept["reference"] = re.sub(r"\D", "", kept["reference"])
        return {key: comparable(x) for key, x in kept.items()}
    if isinstance(value, list):
        return [x for x in map(comparable, value) if x is not None]
    return "" if isinstance(value, str) and UUID7.fullmatch(value) else value


def guitai(*words: str) -> subprocess.CompletedProcess[str]:
    """Run the program as on a machine without a display."""
    hidden = {"DISPLAY", "WAYLAND_DISPLAY"}
    plain = {name: value for name, value in os.environ.items() if name not in hidden}
    return subprocess.run(
        [sys.executable, "-m", "pos_app", *words],
        cwd=ROOT,
        env={**plain, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=800,
    )


@pytest.fixture(scope="module")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Document], Till]:
    """The same day through the services alone: no window, no hand."""
    folder = ShopFolder(tmp_path_factory.mktemp("replayed") / "shop")
    prepare_demo(folder)
    clock = ReplayClock()
    till = Till(folder, Options(clock=clock, with_printer=False))
    lines = demo_day().read_text(encoding="utf-8").splitlines()
    yield list(Replay(till.counter, clock).run(lines)), till
    till.close()


@pytest.fixture(scope="module")
def played(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[subprocess.CompletedProcess[str], Path]:
    folder = tmp_path_factory.mktemp("played")
    return guitai("run", "--demo", "--out", str(folder)), folder


def test_the_last_line_names_the_folder(played):
    result, folder = played
    assert result.returncode == 0, result.stdout + result.stderr
    assert Path(result.stdout.splitlines()[-1]) == folder
    assert Path(result.stdout.splitlines()[-1]).is_absolute()


def test_the_pictures_are_of_different_moments(played):
    _result, folder = played
    pictures = sorted(folder.glob("*.png"))
    assert len(pictures) >= 40
    assert len({hashlib.sha256(p.read_bytes()).digest() for p in pictures}) == len(
        pictures
    )
    for picture in pictures:
        with Image.open(picture) as image:
            assert image.size == (1366, 768)
            assert len(image.convert("RGB").getcolors(1 << 20)) > 50, picture.name


def test_every_document_left_its_paper(played, replayed):
    _result, folder = played
    documents, _till = replayed
    printed = {"sale": "number", "shift": "number", "cash_move": "number"}
    printed |= {"z_report": "z_number", "stored_value": "number"}
    numbers = [d[printed[d["document"]]] for d in documents if d["document"] in printed]
    numbers.sort()
    assert sorted(p.stem for p in (folder / "slips").glob("*.png")) == numbers
    assert [x for x in numbers if "-AZ-" in x] == ["02-AZ-000001"]
    with Image.open(folder / "slips" / f"{numbers[8]}.png") as slip:
        codes = {code.text for code in zxingcpp.read_barcodes(slip)}
    assert numbers[8] in codes


def test_the_window_sold_what_the_services_sell(played, replayed):
    result, _folder = played
    documents, till = replayed
    assert all("refused" not in document for document in documents), documents
    books = read_books(till, "en")
    said = result.stdout
    net, sold, returned = (
        format_minor(minor, "CNY")
        for minor in (books.net_minor, books.sold_minor, books.returned_minor)
    )
    count = len(books.sales)
    tickets = f"{count} tickets, net {net} CNY: {sold} sold, {returned} returned\n"
    assert tickets in said
    voids = sum(document["document"] == "void" for document in documents)
    off = format_minor(books.round_off_minor, "CNY")
    assert f"{voids} baskets voided, {off} rounded off" in said
    for key, name in books.tender_names:
        assert f"  {name}: {format_minor(books.tender_minor(key), 'CNY')}\n" in said
    assert sum(not sale.returns for sale in books.sales) == 48
    assert count == 51
    assert "Stored value 02-AVS-000001: 500.00\n" in said


def test_the_windows_documents_are_those_of_the_services(played, replayed):
    _result, folder = played
    documents, _till = replayed
    written = (folder / "documents.jsonl").read_text(encoding="utf-8").splitlines()
    kept = [d for d in documents if d["document"] in {"sale", "z_report"}]
    assert len(written) == len(kept) == 52
    for mine, theirs in zip(map(json.loads, written), kept, strict=True):
        assert comparable(mine) == comparable(json.loads(json.dumps(theirs)))


def test_the_z_says_float_counts_and_difference(played, replayed):
    result, _folder = played
    documents, till = replayed
    (close,) = read_books(till, "en").closes
    assert [count.difference_minor for count in close.counts] == [-5000, -50]
    assert (close.shift.float_minor, close.difference_minor) == (50000, -50)
    cash = (close.counted_minor, close.expected_minor, close.difference_minor)
    counted, expected, off = (format_minor(minor, "CNY") for minor in cash)
    said = f"02-AZ-000001: float 500.00, counted {counted}, expected {expected}"
    assert f"{said}, difference {off}\n" in result.stdout
    assert "Each Z is the sum of its documents\n" in result.stdout
    drops = [d for d in documents if d["document"] == "cash_move"]
    assert [d["kind"] for d in drops] == ["paid_out", "safe_drop"]


def test_the_doctor_is_heard(played):
    result, _folder = played
    assert "Doctor: chain, sums and numbers are sound" in result.stdout
    assert "broken" not in result.stdout


def test_the_script_presses_what_a_cashier_presses():
    kinds = Counter(command.do for command in day_commands())
    assert kinds["tender"] > kinds["finish"]  # some sales are split
    assert {"line_void", "sale_void", "round_off", "weight", "prefix"} <= set(kinds)
    beside = {"shift_open", "discount", "park", "return", "paid_out", "safe_drop"}
    beside |= {"member", "enrol", "points", "top_up"}
    assert beside | {"x_report", "count", "shift_close"} <= set(kinds)


def test_a_day_that_lost_a_sale_does_not_prove(replayed):
    _documents, till = replayed
    books = read_books(till, "en")
    assert books.unproven(books.sales) == ""
    assert books.unproven(books.sales[1:]) == "50 / 51"


def test_a_sale_whose_sums_differ_does_not_prove(replayed):
    _documents, till = replayed
    books = read_books(till, "en")
    wrong = replace(books.sales[3], change_minor=books.sales[3].change_minor + 1)
    sales = (*books.sales[:3], wrong, *books.sales[4:])
    assert replace(books, sales=sales).unproven(sales) == wrong.number


def test_a_z_that_is_not_the_sum_of_its_tickets_does_not_prove(replayed):
    _documents, till = replayed
    books = read_books(till, "en")
    (close,) = books.closes
    net = next(each for each in close.totals if each.kind == "net")
    more = replace(net, amount_minor=net.amount_minor + 1)
    totals = tuple(more if each is net else each for each in close.totals)
    wrong = replace(books, closes=(replace(close, totals=totals),))
    assert wrong.unproven(books.sales).startswith("02-AZ-000001 net: ")
    assert replace(books, closes=()).unproven(books.sales) == "02-A-000001"


def test_money_in_a_tender_nobody_knows_does_not_prove(replayed):
    _documents, till = replayed
    books = read_books(till, "en")
    without_cash = tuple(x for x in books.tender_names if x[0] != "cash")
    short = DayBooks(books.sales, without_cash, books.currency)
    assert short.unproven(books.sales).endswith(f"/ {books.total_minor}")


def fine(key: str) -> Finding:
    return Finding("check", Severity.FINE, key)


def test_a_doctor_who_was_silent_proves_nothing():
    proofs = ("journal_sound", "sales_proven", "numbers_gapless", "shifts_proven")
    assert is_proven(Report(tuple(map(fine, proofs))))
    assert not is_proven(Report(tuple(map(fine, proofs[1:]))))
    broken = replace(fine("sale_lines_differ"), severity=Severity.BROKEN)
    assert not is_proven(Report((*map(fine, proofs), broken)))


def test_a_folder_that_takes_no_pictures_is_said_before_the_day(tmp_path):
    taken = tmp_path / "file"
    taken.write_text("in the way")
    result = guitai("run", "--demo", "--out", str(taken / "day"))
    assert result.returncode == 2
    assert "Pictures cannot be written" in result.stderr
    assert "tickets" not in result.stdout
