"""The black box on the real screen: found, replayed, exported, kept from others."""

from pathlib import Path

from PySide6.QtCore import Qt

from pos_app.cli.verify import verify
from tests.journeys.screen_till import COLA_GTIN, FIRST_GTIN, ScreenTill

MANAGER, CASHIER = "1005", "1001"


def with_a_sale(till: ScreenTill) -> ScreenTill:
    """Sell two things, delete a third, and leave the settings open."""
    till.sign_on(MANAGER)
    till.scan(COLA_GTIN, FIRST_GTIN, COLA_GTIN)
    till.press("lineDelete")
    till.pay_cash()
    till.key(Qt.Key.Key_Escape)
    till.press("function_settings")
    return till


def sentences(till: ScreenTill) -> list[str]:
    return [row.sentence for row in till.flow.features.black_box.presenter.state.rows]


def open_box(till: ScreenTill) -> None:
    till.press("goBlackBox")
    till.wait(lambda: till.shown == "blackBoxScreen")


def test_what_was_done_is_found_by_group_and_by_number(open_till) -> None:
    till = with_a_sale(open_till())
    open_box(till)
    everything = sentences(till)
    assert any("删除" in x or "Line deleted" in x for x in everything)
    till.press("boxGroup_deleted")
    assert len(sentences(till)) == 1
    till.press("boxGroup_")
    sale = till.last_sale
    presenter = till.flow.features.black_box.presenter
    presenter.on_text_edited(sale.number)
    till.settle()
    assert 0 < len(sentences(till)) < len(everything)
    assert all(row.has_sale for row in presenter.state.rows)


def test_a_sale_is_replayed_to_its_own_total_and_back(open_till) -> None:
    till = with_a_sale(open_till())
    open_box(till)
    till.press("boxGroup_sales")
    presenter = till.flow.features.black_box.presenter
    presenter.on_selected(presenter.state.rows[0].key)
    till.settle()
    replay = presenter.state.replay
    assert replay is not None
    total = replay.sums[-1].value
    assert total in presenter.state.rows[0].amount
    assert not replay.can_go_on
    while presenter.state.replay.can_go_back:
        till.press("replayBack")
    assert len(presenter.state.replay.lines) == 1
    till.press("replayOn")
    assert presenter.state.replay.position.startswith("2 /")


def test_the_days_shown_leave_as_a_file_that_verifies(open_till) -> None:
    till = with_a_sale(open_till())
    open_box(till)
    presenter = till.flow.features.black_box.presenter
    till.press("blackBoxExport")
    till.wait(lambda: bool(presenter.state.export_note))
    (file,) = Path(till.folder.exports).iterdir()
    assert str(file) in presenter.state.export_note
    found = verify(file)
    assert found.fault is None
    assert found.header is not None


def test_esc_goes_back_and_the_scanner_sells_on(open_till) -> None:
    till = with_a_sale(open_till())
    open_box(till)
    till.key(Qt.Key.Key_Escape)
    assert till.shown == "settingsScreen"
    till.press("goBlackBox")
    till.scan(COLA_GTIN)
    assert till.shown == "saleScreen"


def test_who_may_not_look_sees_no_way_there(open_till) -> None:
    till = open_till().sign_on(CASHIER)
    till.press("function_settings")
    assert not till.is_there("goBlackBox")
    till.flow.features.black_box.open()
    assert till.shown == "settingsScreen"
