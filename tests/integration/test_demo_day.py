"""The demo day plays the script on the real window, and its books are the script's."""

from __future__ import annotations

import hashlib
import os
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
        timeout=300,
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


@pytest.mark.timeout(300)
def test_the_last_line_names_the_folder(played):
    result, folder = played
    assert result.returncode == 0, result.stdout + result.stderr
    assert Path(result.stdout.splitlines()[-1]) == folder
    assert Path(result.stdout.splitlines()[-1]).is_absolute()


@pytest.mark.timeout(300)
def test_the_pictures_are_of_different_moments(played):
    _result, folder = played
    pictures = sorted(folder.glob("*.png"))
    assert len(pictures) >= 20
    assert len({hashlib.sha256(p.read_bytes()).digest() for p in pictures}) == len(
        pictures
    )
    for picture in pictures:
        with Image.open(picture) as image:
            assert image.size == (1366, 768)
            assert len(image.convert("RGB").getcolors(1 << 20)) > 50, picture.name


@pytest.mark.timeout(300)
def test_every_sale_left_its_slip(played, replayed):
    _result, folder = played
    documents, _till = replayed
    numbers = [d["number"] for d in documents if d["document"] == "sale"]
    assert sorted(p.stem for p in (folder / "slips").glob("*.png")) == sorted(numbers)
    with Image.open(folder / "slips" / f"{numbers[8]}.png") as slip:
        codes = {code.text for code in zxingcpp.read_barcodes(slip)}
    assert numbers[8] in codes


@pytest.mark.timeout(300)
def test_the_window_sold_what_the_services_sell(played, replayed):
    result, _folder = played
    documents, till = replayed
    assert all("refused" not in document for document in documents), documents
    books = read_books(till, "en")
    said = result.stdout
    total = format_minor(books.total_minor, "CNY")
    voids = sum(document["document"] == "void" for document in documents)
    off = format_minor(books.round_off_minor, "CNY")
    assert f"{len(books.sales)} sales, {total} CNY; {voids} voided, {off} round" in said
    for key, name in books.tender_names:
        assert f"  {name}: {format_minor(books.tender_minor(key), 'CNY')}\n" in said
    assert len(books.sales) == 45


@pytest.mark.timeout(300)
def test_the_doctor_is_heard(played):
    result, _folder = played
    assert "Doctor: chain, sums and numbers are sound" in result.stdout
    assert "broken" not in result.stdout


def test_the_script_presses_what_a_cashier_presses():
    kinds = Counter(command.do for command in day_commands())
    assert kinds["tender"] > kinds["finish"]  # some sales are split
    assert {"line_void", "sale_void", "round_off", "weight", "prefix"} <= set(kinds)


def test_a_day_that_lost_a_sale_does_not_prove(replayed):
    _documents, till = replayed
    books = read_books(till, "en")
    assert books.unproven(books.sales) == ""
    assert books.unproven(books.sales[1:]) == "44 / 45"


def test_a_sale_whose_sums_differ_does_not_prove(replayed):
    _documents, till = replayed
    books = read_books(till, "en")
    wrong = replace(books.sales[3], change_minor=books.sales[3].change_minor + 1)
    sales = (*books.sales[:3], wrong, *books.sales[4:])
    assert replace(books, sales=sales).unproven(sales) == wrong.number


def test_money_in_a_tender_nobody_knows_does_not_prove(replayed):
    _documents, till = replayed
    books = read_books(till, "en")
    without_cash = tuple(x for x in books.tender_names if x[0] != "cash")
    short = DayBooks(books.sales, without_cash, books.currency)
    assert short.unproven(books.sales).endswith(f"/ {books.total_minor}")


def fine(key: str) -> Finding:
    return Finding("check", Severity.FINE, key)


def test_a_doctor_who_was_silent_proves_nothing():
    proofs = ("journal_sound", "sales_proven", "numbers_gapless")
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
    assert "sales" not in result.stdout
