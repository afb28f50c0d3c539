"""The doctor on screen: what is wrong, and the one action that mends it."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

from pos_app.domain.journal import EntryKind
from pos_app.domain.slip_form import SlipKind, StoredTemplate
from pos_app.i18n import _
from pos_app.ports.health import Action
from tests.journeys.screen_printer import nobodys_port, press_chip, use_network_printer
from tests.journeys.screen_till import COLA_GTIN, HandClock, ScreenTill
from tests.journeys.screen_views_devices import SCALE, put_devices

HOUR_S = 3_600


def open_doctor(till: ScreenTill) -> None:
    """Open the page and wait for the first look."""
    if till.shown != "settingsScreen":
        till.press("function_settings")
    till.press("go-doctor")
    till.wait(lambda: "backup" in rows(till))


def rows(till: ScreenTill) -> dict[str, str]:
    """Return what is said of each area."""
    state = till.flow.features.doctor.presenter.state
    return {row.key: row.text for row in state.rows}


def manager(till: ScreenTill) -> ScreenTill:
    till.press("lockButton")
    return till.sign_on("1005")


def test_a_first_look_is_taken_at_once_and_the_whole_one_when_asked(
    selling: ScreenTill,
) -> None:
    manager(selling)
    open_doctor(selling)
    assert "books" not in rows(selling)
    selling.press("doctorExamine")
    selling.wait(lambda: "books" in rows(selling))
    selling.sees(_("Journal and sums"))
    presenter = selling.flow.features.doctor.presenter
    assert not presenter.state.is_examining


def test_a_missing_backup_is_made_by_its_key(selling: ScreenTill) -> None:
    selling.scan(COLA_GTIN)
    selling.pay_cash()
    manager(selling)
    open_doctor(selling)
    selling.sees(_("There is no backup yet."))
    selling.press("doctorAction_backup")
    selling.wait(lambda: not selling.says(_("There is no backup yet.")))
    assert len(selling.journal(EntryKind.BACKUP_MADE)) == 1


def test_a_device_that_cannot_be_used_leads_to_its_page(selling):
    lost = replace(SCALE, driver="nobody_knows", name="Front scale")
    put_devices(selling, lost)
    selling.press("function_settings")
    selling.press("go-doctor")
    selling.wait(lambda: selling.is_there("doctorAction_devices"))
    selling.sees(_("{device} cannot be used as it is.", device="Front scale"))
    selling.press("doctorAction_devices")
    assert selling.flow.screens.settings.page_shown.value == "devices"
    chosen = selling.flow.features.hardware.presenter.state.chosen
    assert chosen.key == lost.device_id


def test_a_printer_that_does_not_answer_leads_to_its_page(selling: ScreenTill) -> None:
    manager(selling)
    use_network_printer(selling, nobodys_port())
    desk = selling.work.counter.desk
    selling.wait(lambda: desk.printer.status().value == "unreachable")
    open_doctor(selling)
    selling.sees(_("The slip printer does not answer."))
    selling.press("doctorAction_printer")
    assert selling.flow.screens.settings.page_shown.value == "devices"


def test_a_clock_that_went_back_is_confirmed_from_here(selling, open_till) -> None:
    selling.scan(COLA_GTIN)
    selling.pay_cash()
    selling.stop()
    after = open_till(selling.folder, clock=HandClock(-2 * HOUR_S))
    after.sign_on("1005")
    after.press("answer-wrong")
    open_doctor(after)
    after.press("doctorAction_clock")
    assert after.dialog == "clockQuestion"
    after.press("answer-right")
    after.wait(lambda: len(after.journal(EntryKind.CLOCK_CONFIRMED)) == 1)


def test_diagnostics_are_saved_and_journalled(selling: ScreenTill) -> None:
    manager(selling)
    open_doctor(selling)
    selling.press("doctorBundle")
    selling.wait(lambda: len(selling.journal(EntryKind.DIAGNOSTICS_EXPORTED)) == 1)
    name = selling.journal(EntryKind.DIAGNOSTICS_EXPORTED)[0]["file"]
    file = Path(selling.folder.exports) / name
    with zipfile.ZipFile(file) as archive:
        whole = b"".join(archive.read(part) for part in archive.namelist()).decode()
    shop = selling.work.counter.desk.shop
    people = selling.work.counter.desk.catalog.everybody()
    assert shop.name not in whole
    assert not [x.name for x in people if x.name in whole]


def test_a_cashier_sees_it_and_needs_consent_for_a_bundle(selling: ScreenTill) -> None:
    open_doctor(selling)
    selling.press("doctorBundle")
    assert selling.dialog == "approvalDialog"


def test_every_action_has_a_key_or_is_done_elsewhere() -> None:
    from ui.presenters.doctor import ACTION_KEYS

    told_only = {Action.NONE, Action.ENTER_RECOVERY_CODE}
    assert set(Action) - set(ACTION_KEYS) <= told_only


def put_template(till: ScreenTill, kind: SlipKind, text: str) -> None:
    """Store a template unchecked, as an older program may have left it."""
    moment = till.work.counter.desk.clock.now()
    with till.till.editor() as editor:
        now = editor.template(kind)
        version = now.version + 1 if now else 1
        editor.put_template(StoredTemplate(kind, version, text, moment, "somebody"))


def slips_shown(till: ScreenTill) -> str:
    """Return which paper the back office shows; "" where it shows none."""
    office = till.flow.features.back_office
    if not office.is_shown or office.shown_key != "slips":
        return ""
    return str(office.part.state.kind)


def test_a_template_that_failed_leads_from_its_chip_to_the_slips(
    selling: ScreenTill,
) -> None:
    put_template(selling, SlipKind.RECEIPT, "{% if %}")
    selling.scan(COLA_GTIN)
    number = selling.pay_cash().number
    assert number in selling.wait_for_slips(1)[0]  # the built-in paper
    selling.wait(lambda: bool(selling.flow.features.papers.chips()))
    selling.press("mainAction")
    press_chip(selling, "template")
    assert slips_shown(selling) == ""  # a cashier is told, and nothing more
    selling.sees(_("A slip template failed: the built-in one is printed"))
    manager(selling)
    press_chip(selling, "template")
    assert slips_shown(selling) == SlipKind.RECEIPT


def test_the_doctors_key_opens_the_slips(selling: ScreenTill) -> None:
    put_template(selling, SlipKind.RECEIPT, "{% if %}")
    selling.scan(COLA_GTIN)
    selling.pay_cash()
    selling.wait_for_slips(1)
    manager(selling)
    open_doctor(selling)
    selling.press("doctorExamine")
    presenter = selling.flow.features.doctor.presenter
    selling.wait(lambda: not presenter.state.is_examining)
    selling.wait(
        lambda: any(x.action == _("Open the slips") for x in presenter.state.rows)
    )
    (row,) = [x for x in presenter.state.rows if x.action == _("Open the slips")]
    selling.press(f"doctorAction_{row.key}")
    assert slips_shown(selling) == SlipKind.RECEIPT
