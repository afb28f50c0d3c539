"""Who starts a promotion, who chooses it, and when it holds: at the real screen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from pos_app.domain.journal import EntryKind
from pos_app.domain.permission import Permission
from pos_app.domain.promotion.promotion import Hours, TriggerKind
from pos_app.i18n import _
from tests.journeys.screen_promotions import PromotionMaker
from tests.journeys.screen_till import COLA_GTIN, PINS, ScreenTill

ENTER = Qt.Key.Key_Return
MANAGER, SECOND = "1005", "1004"
COLA, TOAST = "210012", "130001"  # 3.00, 8.50


@pytest.fixture
def office(till: ScreenTill) -> ScreenTill:
    till.sign_on(MANAGER)
    return till


def maker(till: ScreenTill) -> PromotionMaker:
    made = PromotionMaker(till, by_touch=True)
    made.go()
    return made


def two_people(till: ScreenTill) -> str:
    """Let promotions need two people, and a second role hold them; who agrees."""
    desk = till.work.counter.desk
    policy = replace(desk.shop.policy, four_eyes=(Permission.PROMOTIONS,))
    (role,) = (x for x in desk.catalog.roles() if x.key == "supervisor")
    held = role.permissions | {Permission.PROMOTIONS}
    with till.till.editor() as editor:
        editor.put_shop(replace(desk.shop, policy=policy))
        editor.put_roles([replace(role, permissions=held)])
    staff = desk.catalog.everybody()
    return next(x.staff_id for x in staff if x.number == SECOND)


def test_where_the_shop_wants_two_people_the_second_agrees_to_the_start(
    till: ScreenTill,
) -> None:
    second = two_people(till)
    till.sign_on(MANAGER)
    make = maker(till)
    make.begin("Second one half price")
    make.choose("goods", "可乐味汽水 330ml")
    till.press("promotionStart")
    till.wait(lambda: till.dialog == "startPromotionDialog")
    till.press("startPromotionGo")
    till.wait(lambda: till.dialog == "approvalDialog")
    till.sees(_("Needs two people, by the rules of the shop"))
    till.press(f"approver_{second}")
    till.type(PINS[SECOND])
    till.key(ENTER)
    till.wait(lambda: till.dialog == "")
    till.wait(lambda: make.part.state.tab.value == "active")
    (run,) = (x for x in make.part.state.detail.history if x.icon == "clock")
    assert run.detail.count(" + ") == 1  # both are told
    (entry,) = till.journal(EntryKind.APPROVAL_GIVEN)
    assert Permission.PROMOTIONS.value in entry.values()


def test_nothing_starts_where_the_second_does_not_agree(till: ScreenTill) -> None:
    two_people(till)
    till.sign_on(MANAGER)
    make = maker(till)
    make.begin("Second one half price")
    make.choose("goods", "可乐味汽水 330ml")
    make.press("promotionStart")
    till.wait(lambda: till.dialog == "startPromotionDialog")
    till.press("startPromotionGo")
    till.wait(lambda: till.dialog == "approvalDialog")
    till.press("approvalRefuse")
    till.press("tab_sale") if till.dialog == "" else till.press("dialogClose")
    listed = till.work.counter.promotions.list()
    assert not any("可乐味汽水" in x.name and x.state == "active" for x in listed)


def test_one_that_the_manager_chooses_waits_for_the_manager(
    office: ScreenTill,
) -> None:
    make = maker(office)
    make.begin("Second one half price")
    make.choose("goods", "可乐味汽水 330ml")
    make.press("option-trigger")
    office.press("pick-value-manual")
    office.press("switch-role:manager")
    office.press("promotionCardDone")
    trigger = make.part.editor.draft.trigger
    assert (trigger.kind, trigger.roles) == (TriggerKind.MANUAL, ("manager",))
    office.sees(_("{who} chooses it", who="店长"))
    make.start()
    office.press("tab_sale")
    office.scan(COLA_GTIN, COLA_GTIN)
    assert office.flow.sale.state.amount_due_minor == 600


def test_bread_is_cheaper_at_noon_and_in_the_evening_of_each_day(
    office: ScreenTill,
) -> None:
    make = maker(office)
    make.begin("Bread 30%\u00a0off after 19:00")
    make.choose("goods", "面包糕点")
    make.press("blank-when")
    office.press("segment-choice-hours-two")
    office.press("step-to2+1")
    office.press("promotionCardDone")
    assert "11:00–13:30" in make.sentence
    hours = make.part.editor.draft.schedule.hours
    assert hours == (Hours(11 * 60, 13 * 60 + 30), Hours(19 * 60, 24 * 60))


def test_an_order_deal_is_put_into_a_group_of_its_own(office: ScreenTill) -> None:
    make = maker(office)
    make.begin("Spend 100, 20 off")
    make.press("option-together")
    office.press("edit-stack")
    office.compose("满减")
    office.press("promotionCardDone")
    assert make.part.editor.draft.stack_group == "满减"
    make.press("blank-threshold:0")
    assert make.part.state.editor.card.fields[0].key == "value"


def test_one_without_a_name_is_called_by_what_it_says_now(office: ScreenTill) -> None:
    make = maker(office)
    make.begin("Second one half price")
    make.choose("goods", "可乐味汽水 330ml")
    make.start()
    office.press("promotion-edit")
    make.fill("off", "8")
    make.start()
    assert make.part.state.detail.title.endswith("第二件 8 折")
    office.press("promotion-edit")
    make.press("option-name")
    office.press("edit-name")
    office.compose("夏日可乐")
    office.press("promotionCardDone")
    make.fill("off", "7")
    make.start()
    assert make.part.state.detail.title == "夏日可乐"
