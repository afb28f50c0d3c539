"""From a folder with nothing in it to the first paid sale, by the screen alone."""

from __future__ import annotations

import shutil
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from pos_app.bootstrap import Options, Till
from pos_app.cli.setup_port import MachineSetup
from pos_app.domain.journal import EntryKind
from pos_app.i18n import use_language
from pos_app.persistence.key_ring import check_recovery_code
from pos_app.persistence.ledger import journal_rows
from pos_app.services.recovery_reminder import RecoveryReminder
from pos_app.services.setup_draft import SetupStep
from tests.builders_place import choose, make_place_shop, sell, wait_for
from tests.builders_place import open_till as open_place_till
from tests.journeys.wizard_person import PIN, WizardPerson
from tests.paper_printer import PaperPrinter
from ui.hand import Hand
from ui.theme.host import theme_host
from ui.theme.theme import Theme

Come = Callable[..., WizardPerson]


@pytest.fixture
def come(qtbot, tmp_path: Path, garbage_of_windows: None) -> Iterator[Come]:
    """Return what starts the program, again and again over the same folder."""
    people: list[WizardPerson] = []

    def start(home: Path | None = None) -> WizardPerson:
        people.append(WizardPerson(home or tmp_path))
        return people[-1].come()

    yield start
    for person in people:
        person.go()
    people.clear()
    use_language("en")
    theme_host().use(Theme())


def open_again(person: WizardPerson) -> Till:
    """Open the shop that was made, without a window."""
    return Till(person.folder, Options(with_printer=False, ballast_bytes=4096))


def kinds(till: Till) -> list[EntryKind]:
    with till.ledger.read_engine.begin() as connection:
        return [entry.kind for entry in journal_rows.entries(connection)]


def at_people(person: WizardPerson, country: str = "CN") -> None:
    """Go from the first page to the people by the shortest way."""
    person.begin()
    person.choose_country(country)
    person.fill_shop("Corner")
    person.press("setupLater")
    person.press("setupLater")
    person.go_on(SetupStep.PEOPLE)


@pytest.mark.parametrize(
    ("country", "language", "rate", "currency"),
    [
        ("CN", "zh-CN", "", "CNY"),
        ("TW", "zh-TW", "", "TWD"),
        ("OTHER", "en", "20", "USD"),
    ],
)
def test_a_newcomer_comes_from_nothing_to_the_first_paid_sale(
    come, record_property, country, language, rate, currency
):
    began = time.monotonic()
    person = come()
    person.begin(language)
    person.choose_country(country)
    person.fill_shop("Corner", rate=rate)
    person.press("cardLarger")
    person.go_on(SetupStep.DEVICES)
    person.try_devices()
    person.go_on(SetupStep.PEOPLE)
    person.fill_owner()
    groups = person.make_shop()
    assert not person.folder.root.exists()
    person.confirm_code(groups)
    person.open_till()
    person.sell_first()
    record_property("wizard_taps", person.taps)
    record_property("wizard_fields", person.fields)
    record_property("wizard_seconds", round(time.monotonic() - began, 1))
    assert person.taps <= 30
    till = person.start.till
    sale = till.ledger.last_sale()
    assert sale is not None
    assert till.counter.sale.rules.currency == currency
    assert till.settings.current.screen_um_per_px > 0
    assert not RecoveryReminder(till.counter.desk).is_waiting
    assert {EntryKind.TILL_COMMISSIONED, EntryKind.SIGNED_ON} <= set(kinds(till))
    check_recovery_code(person.folder.root, "-".join(groups))
    person.go()
    assert list(person.folder.root.parent.iterdir()) == [person.folder.root]


def test_the_first_sale_is_practised_and_the_next_one_counts(come):
    person = come()
    at_people(person)
    person.fill_owner()
    person.confirm_code(person.make_shop())
    person.press("practiseFirst")
    start = person.start
    person.wait(lambda: start.window is not None, "the till")
    real, counter = start.window, start.till.counter
    person.wait(lambda: bool(real.training and real.training.inner), "training")
    hand = Hand(real.training.inner.window)
    drills = real.training.inner.flow.features.training.drills
    hand.wait(lambda: drills.is_ready, "the card")
    assert drills.card.key.value == "sale"
    hand.press("drillStart")
    first, second = (good.code for good in drills.given.goods)
    for code in (first, first, second):
        hand.press("drillCode0" if code == first else "drillCode1")
    hand.press("quickCash1")
    hand.wait(lambda: drills.mode.value == "over", "the result")
    hand.press("drillNext")
    person.wait(lambda: real.training.inner is None, "the way back")
    assert person.shown == "saleScreen"
    assert counter.desk.session.staff.number == "1001"
    assert start.till.ledger.last_sale() is None
    assert {EntryKind.TRAINING_ENTERED, EntryKind.TRAINING_LEFT} <= set(
        kinds(start.till)
    )
    person.sell_first()
    assert start.till.ledger.last_sale() is not None


def test_who_has_no_goods_yet_is_not_asked_to_practise(come):
    person = come()
    person.begin()
    person.choose_country("CN")
    person.fill_shop("Corner")
    person.press("setupLater")
    person.press("setupLater")
    person.press("goods-empty")
    person.go_on(SetupStep.PEOPLE)
    person.fill_owner()
    person.confirm_code(person.make_shop())
    assert person.hand.find_button("practiseFirst") is None


def leave_at(person: WizardPerson, step: SetupStep) -> None:
    """Answer everything before a step, and stop there."""
    person.begin("zh-TW")
    if step is SetupStep.LANGUAGE:
        person.press("country-TW")
        person.await_kept()
        return
    person.choose_country("TW")
    if step is SetupStep.SHOP:
        person.type("shop_name", "轉角")
        person.await_kept()
        return
    person.fill_shop("轉角")
    for reached in (SetupStep.DEVICES, SetupStep.GOODS, SetupStep.PEOPLE):
        if step is not person.step:
            person.go_on(reached)
    if step in {SetupStep.CODE, SetupStep.PEOPLE}:
        person.fill_owner("林")
        person.await_kept()
    if step is SetupStep.CODE:
        person.make_shop()


#: The first, one in the middle, and the one with a shop half made; `--all`: each.
ALWAYS_KILLED_AT = {SetupStep.LANGUAGE, SetupStep.DEVICES, SetupStep.CODE}


@pytest.mark.parametrize(
    "step",
    [
        pytest.param(x, marks=() if x in ALWAYS_KILLED_AT else (pytest.mark.slow,))
        for x in list(SetupStep)[:-1]
    ],
)
def test_whatever_step_a_kill_comes_at_it_is_taken_up_again(come, tmp_path, step):
    killed = come()
    leave_at(killed, step)
    # A kill leaves the disk as it is at this moment.
    home = tmp_path / "after"
    shutil.copytree(tmp_path, home, ignore=shutil.ignore_patterns("after"))
    killed.go()
    assert not (home / "shop").exists()
    assert PIN.encode() not in b"".join(
        file.read_bytes() for file in (home / ".setup-shop").rglob("*.json")
    )
    again = come(home)
    again.press("way-steps")
    expected = SetupStep.PEOPLE if step is SetupStep.CODE else step
    assert again.step is expected
    assert again.wizard.draft.country == "TW"
    assert again.wizard.draft.language == "zh-TW"
    if step is not SetupStep.LANGUAGE:
        assert again.wizard.draft.shop_name == "轉角"
    while again.step is not SetupStep.PEOPLE:
        steps = list(SetupStep)
        again.go_on(steps[steps.index(again.step) + 1]) if (
            again.step is not SetupStep.LANGUAGE
        ) else again.go_on(SetupStep.SHOP)
        if again.step is SetupStep.SHOP and not again.wizard.draft.shop_name:
            again.type("shop_name", "轉角")
    again.fill_owner("林")
    again.confirm_code(again.make_shop())
    again.go()
    with open_again(again) as till:
        assert till.counter.desk.shop.name == "轉角"


def test_a_kill_while_the_code_is_on_show_leaves_no_shop_and_no_half_one(
    come, tmp_path
):
    person = come()
    at_people(person)
    person.fill_owner()
    person.make_shop()
    assert (tmp_path / ".making-shop").exists()
    assert not (tmp_path / "shop").exists()
    person.go()
    assert not (tmp_path / ".making-shop").exists()


def test_a_wrong_group_is_told_and_later_leaves_a_warning(come):
    person = come()
    at_people(person)
    person.fill_owner()
    groups = person.make_shop()
    person.type("group_first", "0000")
    person.press("setupNext")
    first, second = person.wizard.ending.code.asked
    assert str(first) in person.problem("group_first")
    assert str(second) in person.problem("group_second")
    assert person.step is SetupStep.CODE
    person.press("setupLater")
    person.wait(lambda: person.step is SetupStep.SALE, "the opening")
    person.open_till()
    assert RecoveryReminder(person.start.till.counter.desk).is_waiting
    check_recovery_code(person.folder.root, "-".join(groups))
    flow = person.start.window.flow
    assert flow.features.recovery.chips()
    flow.on_chip("recovery_code")
    person.type("recovery_typed", "-".join(reversed(groups)))
    person.press("recoveryTake")
    person.wait(lambda: bool(person.problem("recovery_typed")), "the refusal")
    person.press("recoveryRenew")
    dialog = flow.features.recovery.dialog
    person.wait(lambda: bool(dialog.groups.groups), "another code")
    fresh = dialog.groups.groups
    wanted = dialog.field.label.text()
    numbers = [int(word) for word in wanted.split() if word.isdigit()]
    person.type("recovery_typed", "-".join(fresh[at - 1].lower() for at in numbers))
    person.press("recoveryTake")
    person.wait(lambda: not flow.features.recovery.chips(), "the confirmation")
    assert not RecoveryReminder(person.start.till.counter.desk).is_waiting
    check_recovery_code(person.folder.root, "-".join(fresh))


def test_the_sample_shop_is_one_choice_away(come, tmp_path, monkeypatch):
    monkeypatch.setenv("GUITAI_HOME", str(tmp_path))
    person = come()
    person.press("way-demo")
    assert person.sees("PIN 2580")
    person.press("setupNext")
    person.wait(lambda: person.start.window is not None, "the sample shop")
    assert person.shown == "signOnScreen"
    assert not person.folder.root.exists()
    assert (tmp_path / "demo").is_dir()


def test_a_shop_is_brought_back_with_its_code(come, tmp_path):
    first = come(tmp_path / "old")
    at_people(first)
    first.fill_owner()
    groups = first.make_shop()
    first.confirm_code(groups)
    first.open_till()
    first.sell_first()
    stamp = first.start.till.counter.desk.stamp()
    name = first.start.window.work.upkeep.back_up(stamp)
    backup = tmp_path / name
    shutil.copy(first.folder.backups / name, backup)
    first.go()
    second = come(tmp_path / "new")
    second.press("way-restore")
    second.wait(lambda: second.wizard.state.sources is not None, "the search")
    second.type("restore_source", str(backup))
    second.type("restore_code", "0000-" * 7 + "0000")
    second.press("setupNext")
    second.wait(lambda: bool(second.wizard.ending.trouble), "the refusal")
    assert not second.folder.root.exists()
    second.type("restore_code", "-".join(groups).lower())
    second.press("setupNext")
    second.wait(lambda: second.start.window is not None, "the restored till")
    assert second.start.till.ledger.last_sale() is not None
    assert second.shown == "signOnScreen"


def test_a_till_goes_on_from_its_second_place(come, tmp_path):
    folder, code = make_place_shop(tmp_path / "old" / "shop")
    with open_place_till(folder) as till:
        choose(till, tmp_path / "stick")
        (number,) = sell(till)
        wait_for(lambda: till.second_place.report().state == "current")
    person = come(tmp_path / "new")
    person.press("way-restore")
    person.wait(lambda: person.wizard.state.sources is not None, "the search")
    person.type("restore_source", str(tmp_path))
    person.type("restore_code", code)
    person.press("setupNext")
    person.wait(lambda: bool(person.wizard.ending.trouble), "the refusal")
    person.type("restore_source", str(tmp_path / "stick"))
    person.press("setupNext")
    person.wait(lambda: person.start.window is not None, "the restored till")
    sale = person.start.till.ledger.last_sale()
    assert sale is not None
    assert sale.number == number


def choose_folder(person: WizardPerson, folder: Path) -> None:
    """Choose a folder in the dialog for it."""
    person.press("chooseFolder")
    person.wait(
        lambda: person.hand.find(QFileDialog, "QFileDialog") is not None, "the dialog"
    )
    dialog = person.hand.find(QFileDialog, "QFileDialog")
    dialog.fileSelected.emit(str(folder))
    dialog.reject()


def test_a_folder_that_holds_two_tills_is_chosen_and_then_one_of_them(come, tmp_path):
    numbers, codes = {}, {}
    for name in ("one", "two"):
        folder, codes[name] = make_place_shop(tmp_path / name / "shop")
        with open_place_till(folder) as till:
            choose(till, tmp_path / f"stick-{name}")
            numbers[name] = sell(till, 1 if name == "one" else 2)[-1]
            wait_for(lambda till=till: till.second_place.report().state == "current")
        (place,) = (tmp_path / f"stick-{name}").iterdir()
        shutil.copytree(place, tmp_path / "share" / place.name)
    person = come(tmp_path / "new")
    person.press("way-restore")
    person.wait(lambda: person.wizard.state.sources is not None, "the search")
    (tmp_path / "empty").mkdir()
    choose_folder(person, tmp_path / "empty")
    person.wait(lambda: bool(person.problem("restore_source")), "the refusal")
    person.type("restore_source", str(tmp_path / "share"))
    person.type("restore_code", codes["one"])
    person.press("setupNext")
    person.wait(lambda: bool(person.wizard.ending.trouble), "the question which")
    assert not person.folder.root.exists()
    choose_folder(person, tmp_path / "share")
    person.wait(lambda: len(person.wizard.state.sources) >= 2, "the tills")
    newest, older = person.wizard.state.sources[:2]
    assert {Path(each.key).parent for each in (newest, older)} == {tmp_path / "share"}
    assert person.wizard.state.source == newest.key
    person.press("source-1")
    assert person.wizard.state.source == older.key
    person.press("setupNext")
    person.wait(lambda: person.start.window is not None, "the restored till")
    sale = person.start.till.ledger.last_sale()
    assert sale is not None
    assert sale.number == numbers["one"]


def test_wrong_answers_are_told_beside_their_fields(come):
    person = come()
    person.begin()
    person.choose_country("CN")
    person.type("tax_number", "914403001922038217")
    person.type("day_starts_at", "25")
    person.type("till", "")
    person.press("setupNext")
    assert person.step is SetupStep.SHOP
    for field in ("shop_name", "tax_number", "day_starts_at", "till"):
        assert person.problem(field), field
    person.type("shop_name", "Corner")
    assert not person.problem("shop_name")


@pytest.mark.parametrize(
    ("pin", "again"),
    [("1234", "1234"), ("12", "12"), ("7391", "7392"), ("1001", "1001"), ("", "")],
)
def test_a_pin_that_will_not_do_makes_no_shop(come, pin, again):
    person = come()
    at_people(person)
    person.type("person-0-name", "Lin")
    person.type("person-0-pin", pin)
    person.type("person-0-again", again)
    person.press("setupNext")
    assert person.problem("person-0-pin")
    assert person.step is SetupStep.PEOPLE
    assert not person.wizard.ending.busy


def test_more_people_work_here_each_with_a_role_and_a_pin(come):
    person = come()
    at_people(person)
    person.fill_owner()
    person.press("addPerson")
    person.press("addPerson")
    person.press("removePerson-2")
    person.type("person-1-name", "Wang")
    person.press("segment-person-1-role-supervisor")
    person.type("person-1-pin", "8264")
    person.type("person-1-again", "8264")
    person.confirm_code(person.make_shop())
    person.go()
    with open_again(person) as till:
        people = {x.number: x.role.key for x in till.catalog.staff()}
        assert people == {"1001": "manager", "1002": "supervisor"}
        wang = till.counter.sign_on.by_number("1002")
        assert till.counter.sign_on.with_pin(wang.staff_id, "8264") == wang


BROKEN_FILES = {
    "words.docx": b"PK\x03\x04nothing",
    "empty.csv": b"",
    "sheet.xlsx": b"this is no sheet",
    "columns.csv": b"colour,weight\nred,3\n",
    "lines.csv": b"name,price\nTea,x\n,3\n",
}


@pytest.mark.parametrize("name", sorted(BROKEN_FILES))
def test_a_broken_file_of_items_is_told_and_another_one_taken(come, tmp_path, name):
    file = tmp_path / "stick" / name
    file.parent.mkdir()
    file.write_bytes(BROKEN_FILES[name])
    person = come()
    person.begin()
    person.choose_country("CN")
    person.fill_shop("Corner")
    person.press("setupLater")
    person.press("setupLater")
    person.press("goods-import")
    person.press("setupNext")
    assert person.problem("goods_file")
    person.wizard.on_goods_file(str(file))
    person.wait(lambda: not person.wizard.state.is_reading_goods, "the file")
    assert person.problem("goods_file")
    good = file.with_name("good.csv")
    good.write_text("name,price,sku\nTea,3.00,T1\nMilk,x,T2\n", "utf-8")
    person.type("goods_file", str(good))
    person.hand.strike("Return")
    person.wait(lambda: person.wizard.state.goods is not None, "the file")
    check = person.wizard.state.goods
    assert (check.added, check.refused) == (1, 1)
    good.unlink()  # the stick is pulled out
    person.go_on(SetupStep.PEOPLE)
    person.fill_owner()
    person.confirm_code(person.make_shop())
    person.go()
    with open_again(person) as till:
        assert till.catalog.scan("T1", till.counter.desk.clock.now()) is not None
        assert EntryKind.CATALOG_IMPORTED in kinds(till)


def test_a_folder_that_is_not_empty_is_left_alone(come, tmp_path):
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "diary.txt").write_text("mine")
    person = come()
    at_people(person)
    person.fill_owner()
    person.press("setupNext")
    person.wait(lambda: bool(person.wizard.ending.trouble), "the refusal")
    assert person.step is SetupStep.PEOPLE
    assert (tmp_path / "shop" / "diary.txt").read_text() == "mine"


def test_a_disk_that_takes_no_draft_is_told_and_typing_goes_on(come, tmp_path):
    person = come()
    person.begin()
    beside = tmp_path / ".setup-shop"
    person.await_kept()
    (beside / "draft.json.new").mkdir()  # nothing can be written in its place
    person.press("country-TW")
    person.wait(lambda: bool(person.wizard.state.trouble), "the refusal")
    (beside / "draft.json.new").rmdir()
    person.press("country-CN")
    person.await_kept()
    assert not person.wizard.state.trouble


def test_two_wizards_never_set_up_one_shop(come, tmp_path):
    come()
    other = WizardPerson(tmp_path).come()
    assert other.start.wizard is None
    other.go()


def test_what_a_killed_wizard_left_beside_its_finished_shop_goes(come, tmp_path):
    make_place_shop(tmp_path / "shop")
    left = tmp_path / ".setup-shop"
    left.mkdir()
    (left / "draft.json").write_bytes(b"{}")
    person = come()
    assert person.start.wizard is None
    assert person.shown == "signOnScreen"
    assert not left.exists()


def test_a_wizard_that_nobody_answered_leaves_no_trace(tmp_path):
    MachineSetup(tmp_path / "shop").close()
    assert list(tmp_path.iterdir()) == []


def at_devices(person: WizardPerson) -> None:
    """Go to the devices and name the printer of this machine."""
    person.begin()
    person.choose_country("CN")
    person.fill_shop("Corner")
    person.go_on(SetupStep.DEVICES)
    person.press("segment-choice-printer_kind-tcp")


def test_a_printer_that_never_answers_is_tried_with_pictures(come):
    with PaperPrinter() as printer:
        printer.is_silent = True
        person = come()
        at_devices(person)
        person.type("printer_address", "127.0.0.1")
        person.type("printer_port", str(printer.port))
        person.press("device-printer-try")
        person.wait(
            lambda: person.wizard.devices.printer.stage == "ask", "the question"
        )
        assert person.wizard.draft.profile == "silent"
        assert printer.received > 1000
        person.press("device-printer-right")
        person.go_on(SetupStep.GOODS)


def test_garbled_chinese_is_printed_as_pictures_and_the_code_on_paper(come):
    with PaperPrinter() as printer:
        person = come()
        at_devices(person)
        person.type("printer_address", "127.0.0.1")
        person.type("printer_port", str(printer.port))
        person.press("device-printer-try")
        trials = person.wizard.devices
        person.wait(lambda: trials.printer.stage == "ask", "the question")
        assert printer.paper
        person.press("device-printer-garbled")
        person.wait(lambda: trials.printer.stage == "ask", "the question")
        assert person.wizard.draft.profile == "raster"
        person.press("device-printer-right")
        assert person.wizard.draft.printer_state == "passed"
        person.press("device-drawer-try")
        person.wait(lambda: trials.drawer.stage == "ask", "the question")
        assert printer.kicks == 1
        person.press("device-drawer-right")
        person.go_on(SetupStep.GOODS)
        person.go_on(SetupStep.PEOPLE)
        person.fill_owner()
        groups = person.make_shop()
        before = len(printer.paper)
        person.press("printCode")
        ending = person.wizard.ending
        person.wait(lambda: bool(ending.code.print_note), "the paper")
        assert len(printer.paper) > before
        person.confirm_code(groups)
        person.go()
        with open_again(person) as till:
            receipt = till.device_book.receipt
            assert receipt.options["profile"] == "raster"
            assert receipt.connection.address == f"127.0.0.1:{printer.port}"


def test_a_printer_that_is_off_is_told_and_skipped(come):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    person = come()
    at_devices(person)
    person.press("setupNext")
    assert person.problem("printer_address")
    person.type("printer_address", "127.0.0.1")
    person.type("printer_port", str(port))
    person.press("device-printer-try")
    person.wait(lambda: person.wizard.devices.printer.stage == "failed", "the answer")
    person.press("device-drawer-try")
    person.wait(lambda: person.wizard.devices.drawer.stage == "failed", "the answer")
    person.press("setupLater")
    assert person.step is SetupStep.GOODS
