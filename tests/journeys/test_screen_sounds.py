"""Each sound has a twin that is seen: nobody must hear the till to use it."""

from __future__ import annotations

from hardware.sound_waves import TONES
from pos_app.i18n import _
from pos_app.ports.sounds import Sound
from tests.journeys.screen_members import MASKED, code_of_phone, open_members
from tests.journeys.screen_till import COLA_GTIN, UNKNOWN_GTIN, ScreenTill
from tests.journeys.test_screen_prices import SHIRT, give
from ui.presenters.frame_state import Tone


def test_a_scan_is_heard_and_its_line_is_seen(selling: ScreenTill) -> None:
    selling.scan(COLA_GTIN)
    assert selling.heard == [Sound.SCAN]
    state = selling.flow.sale.state
    assert state.selected_index == 0
    said = selling.flow.frame.state().message
    assert said is not None
    assert said.tone is Tone.GOOD
    selling.tile("美式")  # a key is seen to go down; it clicks for nobody
    assert selling.heard == [Sound.SCAN]


def test_an_unknown_code_is_a_problem_heard_and_seen_red(selling: ScreenTill) -> None:
    selling.scan(UNKNOWN_GTIN)
    assert selling.heard == []
    assert selling.beeps == 1
    message = selling.flow.frame.state().message
    assert message is not None
    assert message.tone is Tone.BAD
    assert selling.flow.sale.state.problem is not None


def test_the_end_of_a_sale_is_heard_and_its_change_seen(selling: ScreenTill) -> None:
    selling.scan(COLA_GTIN)
    selling.pay_cash()
    assert selling.heard == [Sound.SCAN, Sound.PAID]
    assert selling.shown == "paymentDoneScreen"


def test_a_recognised_member_is_two_notes_and_a_name(selling: ScreenTill) -> None:
    there = open_members(selling)
    before = len(selling.heard)
    selling.scan(code_of_phone(selling, there.lin))
    assert selling.heard[before:] == [Sound.MEMBER]
    selling.sees(MASKED, _("Member recognised: {name}", name=MASKED))
    low, high = TONES[Sound.MEMBER]
    assert low.hertz < high.hertz


def test_a_question_for_somebody_else_is_heard_and_stands_there(
    selling: ScreenTill,
) -> None:
    selling.scan(SHIRT)
    selling.press("lineDiscount")
    give(selling, "25", "blemish")
    assert selling.dialog == "approvalDialog"
    assert selling.heard[-1] is Sound.APPROVAL


def test_a_till_that_is_told_to_be_quiet_is(open_till) -> None:
    till = open_till(settings={"sounds": "off"}).sign_on()
    till.scan(COLA_GTIN)
    till.pay_cash()
    assert till.heard == []
