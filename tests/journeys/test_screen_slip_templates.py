"""A manager decides how the shop's papers look, and sees it before anybody prints."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from pos_app.documents.template.receipt_form import RECEIPT_TEMPLATE
from pos_app.domain.journal import EntryKind
from pos_app.domain.slip_form import SlipKind
from pos_app.i18n import _
from tests.journeys.screen_till import COLA_GTIN, ScreenTill

MANAGER = "1005"


@pytest.fixture
def office(till: ScreenTill) -> ScreenTill:
    """Return a till whose manager looks at the slips."""
    till.sign_on(MANAGER)
    till.press("tab_office")
    till.press("go-slips")
    settled(till)
    return till


def settled(till: ScreenTill) -> None:
    till.wait(lambda: not part(till).is_looking and not part(till).is_working)
    asked = part(till)._asked
    till.wait(lambda: bool(part(till).state.png) and part(till)._asked == asked)


def part(till: ScreenTill):
    return till.flow.features.back_office.part


def write(till: ScreenTill, text: str) -> None:
    """Replace the template's text, as by the clipboard."""
    edit = till.find("slipText")
    edit.selectAll()
    edit.insertPlainText(text)
    till.wait(lambda: part(till)._text == text and not part(till).is_looking)
    asked = part(till)._asked
    seen: list[int] = []
    part(till).changed.connect(lambda: seen.append(asked))
    till.wait(lambda: bool(seen))


def test_a_switch_counts_for_the_next_slip_and_can_be_taken_back(office):
    before = part(office).state.png
    office.press("switch-address")
    office.wait(lambda: not part(office).state.style.address)
    office.wait(lambda: part(office).state.png != before)
    office.key(Qt.Key.Key_Escape)
    office.scan(COLA_GTIN)
    office.pay_cash()
    shop = office.work.counter.desk.shop
    assert shop.address not in office.wait_for_slips(1)[0]
    (entry,) = office.journal(EntryKind.TEMPLATE_CHANGED)
    assert entry["template"] == "style"
    assert entry["before"] is None
    assert '"address": false' in entry["after"]["text"]
    office.press("tab_office")
    office.press("slipsUndo")
    office.wait(lambda: part(office).state.style.address)
    assert len(office.journal(EntryKind.TEMPLATE_CHANGED)) == 2


def test_the_words_at_the_foot_are_those_of_the_slips_language(office):
    field = office.find("words-footers-en")
    office.window.findChild(type(field), "words-footers-en")
    scroll_to(office, field)
    field.setFocus()
    office.compose("See you soon")
    office.find("switch-logo").setFocus()
    office.wait(lambda: dict(part(office).state.style.footers).get("en") is not None)
    office.press("segment-slipsLanguage-en")
    settled(office)
    forms = office.work.counter.slip_forms.current()
    assert forms.style.footer_in("en", "") == "See you soon"


def scroll_to(till: ScreenTill, widget) -> None:
    from PySide6.QtWidgets import QScrollArea

    area = widget.parent()
    while not isinstance(area, QScrollArea):
        area = area.parent()
    area.ensureWidgetVisible(widget)
    till.settle()


def test_a_template_is_typed_seen_saved_printed_and_given_up(office):
    office.press("segment-slipsModes-text")
    settled(office)
    assert office.find("slipText").toPlainText() == RECEIPT_TEMPLATE
    before = part(office).state.png
    write(office, RECEIPT_TEMPLATE.replace("---\n{{ footer }}", "Mind the gap\n---"))
    office.wait(lambda: part(office).state.png != before)
    assert office.can_press("slipSave")
    office.press("slipSave")
    office.wait(lambda: part(office).state.is_own)
    office.key(Qt.Key.Key_Escape)
    office.scan(COLA_GTIN)
    office.pay_cash()
    assert "Mind the gap" in office.wait_for_slips(1)[0]
    office.press("tab_office")
    office.press("slipBuiltIn")
    office.wait(lambda: not part(office).state.is_own)
    office.key(Qt.Key.Key_Escape)
    office.scan(COLA_GTIN)
    office.pay_cash()
    assert "Mind the gap" not in office.wait_for_slips(2)[1]
    kinds = [x["template"] for x in office.journal(EntryKind.TEMPLATE_CHANGED)]
    assert kinds == ["receipt", "receipt"]
    versions = office.work.counter.slip_design.versions(SlipKind.RECEIPT)
    assert [x.version for x in versions] == [2, 1]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (
            RECEIPT_TEMPLATE.replace("shop.address", "shop.adress"),
            3,
            "shop.adress",
        ),
        (RECEIPT_TEMPLATE.replace("{% endfor %}\n", "", 1), 11, "for"),
        ("{% for line in lines %}\n" * 6 + "{{ line.name }}\n", 1, "for"),
        ("Hello\n{{ sale.title }}\n", 2, "the receipt number"),
    ],
)
def test_what_is_wrong_is_said_beside_its_line_and_cannot_be_saved(
    office, text, line, words
):
    office.press("segment-slipsModes-text")
    settled(office)
    write(office, text)
    office.wait(lambda: bool(part(office).state.problems))
    said = [x.words for x in part(office).state.problems]
    assert any(_(words) in x for x in said), said
    assert line in {x.line for x in part(office).state.problems}
    assert not office.can_press("slipSave")
    office.press("slipProblem")
    cursor = office.find("slipText").textCursor()
    first = part(office).state.problems[0]
    assert cursor.blockNumber() + 1 == first.line
    office.press("slipUndo")
    office.wait(lambda: not part(office).state.is_typed)


def test_a_template_that_loops_is_ended_and_said(office):
    office.press("segment-slipsModes-text")
    settled(office)
    # Three goods in the sample: 3^6 rows of as many lines are many, but no slip.
    names = "abcdef"
    text = "".join(f"{{% for {x} in lines %}}\n" for x in names)
    text += "{{ a.name }}{{ b.name }}\n" * 400 + "{% endfor %}\n" * len(names)
    write(office, text)
    office.wait(lambda: bool(part(office).state.problems))
    words = _("This prints more than any slip: a list inside a list?")
    assert part(office).state.problems[0].words == words


def test_a_field_is_written_where_the_cursor_stands(office):
    office.press("segment-slipsModes-text")
    settled(office)
    office.press("segment-slipsSide-fields")
    edit = office.find("slipText")
    edit.moveCursor(QTextCursor.MoveOperation.Start)
    office.touch_row("slipFields", "{{ shop.phone }}")
    assert edit.toPlainText().startswith("{{ shop.phone }}")


def test_what_was_typed_is_asked_about_before_it_is_left(office):
    office.press("segment-slipsModes-text")
    settled(office)
    write(office, RECEIPT_TEMPLATE + "Bye\n")
    office.key(Qt.Key.Key_Escape)
    assert office.dialog != ""


def test_a_logo_is_chosen_seen_in_four_ways_and_printed(office, tmp_path):
    picture = Image.new("RGB", (800, 300), "white")
    ImageDraw.Draw(picture).ellipse((50, 20, 750, 280), outline="black", width=6)
    file = tmp_path / "logo.png"
    picture.save(file)
    office.press("segment-slipsModes-logo")
    part(office).logo.on_file(Path(file))
    office.wait(lambda: part(office).state.logo.is_new)
    view = part(office).state.logo
    assert (len(view.ways), view.chosen, view.suggested) == (4, "lines", "lines")
    office.press("logoWay-crisp")
    assert part(office).state.logo.chosen == "crisp"
    office.press("logoWay-lines")
    office.press("logoSave")
    office.wait(lambda: not part(office).state.logo.is_new)
    logo = office.work.counter.desk.catalog.logo()
    assert logo is not None
    sizes = [Image.open(io.BytesIO(x)).width for _mm, x in logo.prints]
    assert sizes == [384, 576]
    office.press("logoRemove")
    office.wait(lambda: not part(office).state.logo.ways)
    told = office.journal(EntryKind.TEMPLATE_CHANGED)
    assert [x["template"] for x in told] == ["logo", "logo"]


def test_a_picture_that_is_none_is_refused(office, tmp_path):
    file = tmp_path / "logo.png"
    file.write_bytes(b"no picture at all")
    office.press("segment-slipsModes-logo")
    part(office).logo.on_file(file)
    office.wait(lambda: office.message != "")
    assert not part(office).state.logo.ways
