"""The customer's screen paints whole words at any size, and only what changed."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import QBuffer, QEvent, QObject, QRect, QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from tests.journeys.painted_words import painted
from tests.journeys.test_screen_every_view import overlapping
from ui.customer_pictures import ReadPicture, next_picture, picture_files, read_picture
from ui.customer_places import ScreenPlace, chosen_place
from ui.presenters.customer_state import (
    CustomerLine,
    CustomerMember,
    CustomerMode,
    CustomerQr,
    CustomerState,
    CustomerSum,
    CustomerTone,
)
from ui.screens.customer_window import CustomerWindow
from ui.theme.host import theme_host

#: 7 inches, the drawing, 10 to 24 inches, and a tablet stood upright.
SIZES = (
    (800, 480),
    (1024, 600),
    (1280, 800),
    (1366, 768),
    (1920, 1080),
    (600, 1024),
    (480, 800),
    (1080, 1920),
)


def line(number: int, **changes: str) -> CustomerLine:
    """Return a line in German, which needs the most room."""
    plain = CustomerLine(
        f"line-{number}",
        name=f"Bio-Vollkornhaferflocken zartblättrig {number} 500 g",
        quantity="×2",
        total="1.284,00",
        struck="1.499,00",
        reason="Mengenrabatt auf Frühstücksflocken −215,00",
    )
    return replace(plain, **changes)


BASKET = CustomerState(
    CustomerMode.BASKET,
    "Feinkosthandlung Wörthersee-Hauptstraße",
    "de",
    clock="14:32",
    day="Sa 21. November",
    lines=(*(line(n) for n in range(7)), line(7, quantity="12,345 kg", total="0,50")),
    newest="line-7",
    count="18 Artikel",
    label="Noch zu bezahlender Betrag",
    symbol="CHF ",
    amount="1.284.000,00",
    saved="Sie sparen CHF 1.499,00",
    title="Herzlich willkommen",
    sums=(
        CustomerSum("Zwischensumme der Waren", "1.284.000,00"),
        CustomerSum("Girokarte kontaktlos", "100.000,00", CustomerTone.PAID),
        CustomerSum("Bargeldrundung", "0,02"),
    ),
)
QR = CustomerQr(
    ("101", "010", "111"), "Mit der Banking-App bezahlen", "noch 58 Sekunden"
)
STATES = {
    "idle": replace(BASKET, mode=CustomerMode.IDLE),
    "basket": replace(BASKET, sums=()),
    "member": replace(
        BASKET,
        sums=(),
        member=CustomerMember("Goldkunde", "Guten Tag, L**", "+180 Punkte", "3.260"),
    ),
    "payment": replace(
        BASKET,
        mode=CustomerMode.PAYMENT,
        hint="Bitte zeigen Sie Ihren Zahlungscode",
        hint_icon="barcode",
    ),
    "code": replace(BASKET, mode=CustomerMode.PAYMENT, qr=QR),
    "done": replace(
        BASKET,
        mode=CustomerMode.DONE,
        title="Vielen Dank für Ihren Einkauf",
        detail="Bitte vergessen Sie Ihr Wechselgeld nicht",
        is_back=True,
        training="Schulung · dies ist kein echter Verkauf",
    ),
}


@pytest.fixture
def window(qtbot) -> CustomerWindow:
    made = CustomerWindow("Kundenanzeige")
    qtbot.addWidget(made)
    return made


def show(window: CustomerWindow, state: CustomerState, size: tuple[int, int]) -> None:
    window.resize(*size)
    window.setVisible(True)
    window.show_state(state)
    for _round in range(3):
        QApplication.processEvents()


@pytest.mark.parametrize("name", STATES)
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_no_word_is_cut_or_painted_over_another(window, name, size):
    theme_host().use_colours("dark" if size[0] == 1366 else "light")
    show(window, STATES[name], size)
    words = painted(window)
    assert words
    outside = [
        x.text
        for x in words
        if x.area.left() < 0 or x.area.right() > size[0] or x.area.bottom() > size[1]
    ]
    assert not outside
    assert not overlapping(words)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_amount_is_whole_and_the_newest_line_in_view(window, size):
    show(window, STATES["basket"], size)
    said = [x.text.strip() for x in painted(window)]
    assert any(BASKET.amount in x for x in said)  # the currency's sign before it
    assert BASKET.saved in said
    assert "12,345 kg" in said


class Paints(QObject):
    """Counts what is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, QRect]] = []

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            self.seen.append((watched.objectName(), event.region().boundingRect()))  # type: ignore[attr-defined]
        return False


def test_one_more_line_paints_its_row_and_no_other(window):
    three = replace(BASKET, lines=BASKET.lines[:3], newest="line-2", sums=())
    show(window, three, (1024, 600))
    watch = Paints()
    for part in window.parts:
        part.installEventFilter(watch)
    show(window, replace(three, clock="14:33"), (1024, 600))
    assert watch.seen == []
    four = replace(three, lines=BASKET.lines[:4], newest="line-3", amount="1.285,00")
    show(window, four, (1024, 600))
    painted_parts = dict(watch.seen)
    assert set(painted_parts) == {"customerBasket", "customerAmount"}
    rows = painted_parts["customerBasket"]
    assert rows.top() >= 64 + 2 * 70  # the line before loses its light, too
    assert rows.height() <= 2 * 70


def test_the_list_moves_no_more_than_it_must(window):
    many = tuple(line(n) for n in range(60))
    state = replace(BASKET, lines=many, newest="line-59")
    show(window, state, (1024, 600))
    assert window.basket.first == 60 - window.basket.rows
    show(window, replace(state, newest="line-57"), (1024, 600))
    assert window.basket.first == 60 - window.basket.rows
    show(window, replace(state, newest="line-3"), (1024, 600))
    assert window.basket.first == 3
    show(window, replace(state, lines=many[:5], newest="line-4"), (1024, 600))
    assert window.basket.first == 0


def test_a_providers_code_is_read_by_a_telephone(window):
    import qrcode

    made = qrcode.QRCode(border=0)
    made.add_data("https://pay.example/180.10")
    made.make()
    rows = tuple("".join("01"[cell] for cell in row) for row in made.modules)
    for theme in ("light", "dark"):
        theme_host().use_colours(theme)
        shown = replace(BASKET, mode=CustomerMode.PAYMENT, qr=replace(QR, rows=rows))
        for size in SIZES:
            show(window, shown, size)
            picture = _picture(window.grab().toImage())
            (found,) = zxingcpp.read_barcodes(picture)
            assert found.text == "https://pay.example/180.10", size


def _picture(image: QImage) -> Image.Image:
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    assert image.save(buffer, "PNG")
    return Image.open(io.BytesIO(bytes(buffer.data().data())))


# ------------------------------------------------------------------------- screens

AREA = QRect(0, 0, 800, 480)
OWN, TWO, THREE = (
    ScreenPlace(1, "eDP-1", AREA, is_cashiers=True),
    ScreenPlace(2, "HDMI-1", AREA),
    ScreenPlace(3, "DP-2", AREA),
)


@pytest.mark.parametrize(
    ("setting", "places", "wanted"),
    [
        ("auto", (), None),
        ("auto", (OWN,), None),
        ("auto", (OWN, TWO), TWO),
        ("auto", (OWN, TWO, THREE), TWO),
        ("DP-2", (OWN, TWO, THREE), THREE),
        ("DP-2", (OWN, TWO), None),
        ("eDP-1", (OWN, TWO), None),  # never over the cashier's own screen
        ("off", (OWN, TWO), None),
    ],
)
def test_the_display_chooses_its_screen(setting, places, wanted):
    assert chosen_place(setting, places) == wanted


_TWO_SCREENS = """
from PySide6.QtWidgets import QApplication
from ui.app import make_application
from ui.customer_places import SystemScreens, chosen_place
from ui.main_window import MainWindow
from ui.screens.customer_window import CustomerWindow
application = make_application([])
till = MainWindow("till")
till.setGeometry(0, 0, 1366, 768)
till.show()
screens = SystemScreens(till)
screens.follow(till.windowHandle())
place = chosen_place("auto", screens.places())
customer = CustomerWindow("customer")
customer.cover(place.area)
for _round in range(5):
    QApplication.processEvents()
print(place.name, customer.geometry().getRect())
"""


def test_on_two_screens_it_fills_the_second(tmp_path: Path, repository: Path):
    screen = (
        '{{"name":"{}","x":{},"y":0,"width":{},"height":{},"logicalDpi":96,"dpr":1}}'
    )
    both = (("till", 0, 1366, 768), ("customer", 1366, 1024, 600))
    listed = ",".join(screen.format(*one) for one in both)
    config = tmp_path / "screens.json"
    config.write_text(f'{{"screens":[{listed}]}}', "utf-8")
    platform = f"offscreen:configfile={config}"
    ran = subprocess.run(
        [sys.executable, "-c", _TWO_SCREENS],
        cwd=repository,
        env={**os.environ, "QT_QPA_PLATFORM": platform},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.stdout.strip() == "customer (1366, 0, 1024, 600)", ran.stderr


# ------------------------------------------------------------------------ pictures


def put(file: Path, width: int, height: int) -> None:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(0xFF336699)
    assert image.save(str(file))


@pytest.mark.usefixtures("qapp")
def test_pictures_are_read_as_large_as_the_screen_at_most(tmp_path: Path):
    put(tmp_path / "wide.jpg", 4000, 1000)
    put(tmp_path / "small.png", 40, 30)
    room = QSize(1024, 600)
    assert read_picture(tmp_path / "wide.jpg", room).size() == QSize(1024, 256)
    assert read_picture(tmp_path / "small.png", room).size() == QSize(40, 30)


@pytest.mark.usefixtures("qapp")
def test_what_is_no_picture_is_passed_over_round_and_round(tmp_path: Path):
    assert next_picture(tmp_path / "gone", "", QSize(10, 10)).name == ""
    (tmp_path / "a.png").write_bytes(b"not a picture")
    (tmp_path / "z.webp").write_bytes(b"")
    put(tmp_path / "b.png", 20, 20)
    put(tmp_path / "C.JPEG", 20, 20)
    (tmp_path / "notes.txt").write_text("x")
    (tmp_path / "folder.png").mkdir()
    assert len(picture_files(tmp_path)) == 4
    names, after = [], ""
    for _turn in range(4):
        found: ReadPicture = next_picture(tmp_path, after, QSize(100, 100))
        after = found.name
        names.append(after)
    assert names == ["C.JPEG", "b.png", "C.JPEG", "b.png"]
