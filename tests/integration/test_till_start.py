"""Opening a till: what it may not touch, what may not stop it, what it gives back."""

import json
import threading
from pathlib import Path

import pytest

from hardware.printer.raster import PillowRasteriser
from pos_app.bootstrap import Options, Till
from pos_app.cli import main
from pos_app.cli.demo_shop import prepare_demo
from pos_app.cli.till_upkeep import TillUpkeep
from pos_app.errors import StorageError
from pos_app.persistence.catalog.opening import open_catalog_reader
from pos_app.persistence.catalog.reader import CatalogReader
from pos_app.persistence.shop_folder import ShopFolder, TillLock
from pos_app.ports.printing import PrinterStatus
from pos_app.services.devices import plain_printer
from tests.builders_till import make_shop

OPTIONS = Options(with_printer=False, ballast_bytes=4096)


@pytest.fixture
def shop(tmp_path: Path) -> ShopFolder:
    return make_shop(tmp_path / "shop")[0]


def contents(root: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(root)): file.read_bytes()
        for file in root.rglob("*")
        if file.is_file()
    }


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


# ------------------------------------------------------------------ the demo


def test_the_demo_is_never_put_into_a_folder_that_was_named(
    shop: ShopFolder, capsys
) -> None:
    (shop.root / "ring.key").unlink()
    before = contents(shop.root)
    assert main(["run", "--demo", "--shop", str(shop.root)]) == 2
    assert "--demo" in capsys.readouterr().err
    assert contents(shop.root) == before


@pytest.mark.parametrize("lost", ["ring.key", "ledger.db", "catalog.db", "ring.json"])
def test_a_demo_that_lost_a_file_is_moved_aside_whole(
    shop: ShopFolder, lost: str
) -> None:
    (shop.root / lost).unlink()
    before = contents(shop.root)
    prepare_demo(shop)
    (aside,) = [each for each in shop.root.parent.iterdir() if each != shop.root]
    assert aside.name.startswith("shop-20")
    kept = contents(aside)
    assert {name: kept[name] for name in before if name != "till.lock"} == {
        name: content for name, content in before.items() if name != "till.lock"
    }
    Till(shop, OPTIONS).close()


def test_a_demo_that_another_till_has_open_stays(shop: ShopFolder) -> None:
    (shop.root / "ring.key").unlink()
    with TillLock(shop), pytest.raises(StorageError, match="till_already_running"):
        prepare_demo(shop)
    shop.ring.unlink()
    shop.ledger.unlink()
    with TillLock(shop), pytest.raises(StorageError, match="till_already_running"):
        prepare_demo(shop)
    assert names(shop.root.parent) == ["shop"]


def test_a_sound_demo_is_opened_as_it_is(shop: ShopFolder) -> None:
    ring = shop.ring.read_bytes()
    prepare_demo(shop)
    assert shop.ring.read_bytes() == ring
    assert names(shop.root.parent) == ["shop"]


# --------------------------------------------------------------- the printer


def put_printer(till: Till, host: str | None) -> None:
    """Name another receipt printer; None for pictures in a folder."""
    book, stamp = till.device_book, till.counter.desk.stamp()
    book.adopt(book.begin_put(stamp, plain_printer(host, 9100)).result())


def test_a_printer_without_address_does_not_stop_the_till(shop: ShopFolder) -> None:
    with Till(shop, OPTIONS) as till:
        put_printer(till, "")
    with Till(shop, Options(ballast_bytes=4096)) as till:
        assert till.printer.status() is PrinterStatus.UNREACHABLE
        assert till.printer.reason is not None
        assert till.printer.reason.key == "device_setting_missing"
        till.printer.wake()
        till.printer.open_drawer()
        # Mended while the till runs, and spoilt again.
        put_printer(till, None)
        till.renew_printer()
        assert till.printer.reason is None
        put_printer(till, "")
        till.renew_printer()
        assert till.printer.status() is PrinterStatus.UNREACHABLE


def test_a_start_that_fails_late_gives_everything_back(shop: ShopFolder) -> None:
    with Till(shop, OPTIONS) as till:
        spoil = till.ledger.submit(lambda unit: unit.set_setting("till_settings", "?"))
        spoil.result()
    before = set(threading.enumerate())
    with pytest.raises(json.JSONDecodeError):
        Till(shop, Options(ballast_bytes=4096))
    for left in set(threading.enumerate()) - before:
        left.join(60)  # asked to stop; a busy machine takes its time
        assert not left.is_alive(), left.name
    with pytest.raises(json.JSONDecodeError):  # "Try again" finds nothing locked
        Till(shop, Options(ballast_bytes=4096))


def test_a_logo_that_cannot_be_read_stops_no_till(shop: ShopFolder) -> None:
    (shop.root / "logo.png").mkdir()
    with Till(shop, OPTIONS) as till:
        assert till.counter.slip is not None


# --------------------------------------------------------------- the threads


def on_another_thread(work) -> list[BaseException]:
    raised: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001 - handed to the test
            raised.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return raised


def test_the_catalogues_reader_belongs_to_the_thread_that_asks_first(
    shop: ShopFolder,
) -> None:
    with Till(shop, OPTIONS) as till:
        engine = open_catalog_reader(shop.catalog, till.ring.catalog_key)
        reader = CatalogReader(engine)
        assert on_another_thread(reader.shop) == []  # handed over before it was used
        with pytest.raises(AssertionError):
            reader.shop()
        reader.close()
        engine.dispose()


def test_the_daily_care_runs_beside_the_catalogues_reader(shop: ShopFolder) -> None:
    with Till(shop, OPTIONS) as till:
        desk = till.counter.desk
        assert desk.shop.time_zone
        upkeep = TillUpkeep(till, PillowRasteriser())
        stamp = desk.stamp()
        assert on_another_thread(lambda: upkeep.daily_care(stamp)) == []
        assert on_another_thread(upkeep.check) == []
        last = upkeep.last_backup()
        assert last is not None
        assert str(last.tzinfo) == desk.shop.time_zone


def test_whoever_changes_the_catalogue_closes_it(shop: ShopFolder) -> None:
    with Till(shop, OPTIONS) as till:
        with till.editor() as editor:
            assert editor.currency() == "CNY"
            engine = editor._engine
            assert engine.pool.checkedin() == 1
        assert engine.pool.checkedin() == 0
