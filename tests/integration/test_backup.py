"""A backup is whole, verified, and becomes the shop again with the recovery code."""

import json
import threading
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import text

from pos_app.errors import StorageError
from pos_app.persistence.backup import SUFFIX, backups_of, make_backup
from pos_app.persistence.backup_archive import read_manifest, verify_backup
from pos_app.persistence.engine import CATALOG_READER, open_engine
from pos_app.persistence.key_store import FileKeyStore
from pos_app.persistence.ledger.ledger import begin_epoch
from pos_app.persistence.restore import RestoreOrder, finish_restore, restore_backup
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.values.times import Timestamp
from tests.builders_ledger import OPENED, Shopkeeper, open_ledger, open_shop


@pytest.fixture
def shop(tmp_path: Path):
    folder, ring, code = open_shop(tmp_path / "shop")
    ledger = open_ledger(folder, ring)
    Shopkeeper(ledger).sell(5)
    yield folder, ring, code, ledger
    ledger.close()


def order(backup: Path, code: str, **changes) -> RestoreOrder:
    asked = {
        "backup": backup,
        "code": code,
        "moment": OPENED.plus_seconds(86_400),
        "on_restored": lambda engine, _manifest: begin_epoch(engine, 2),
        "store_for": FileKeyStore,
        **changes,
    }
    return RestoreOrder(**asked)


def numbers(folder: ShopFolder, ring) -> list[str]:
    ledger = open_ledger(folder, ring)
    try:
        return sorted(sale.number for sale in ledger.recent_sales(100))
    finally:
        ledger.close()


def refusal(folder: ShopFolder, asked: RestoreOrder) -> str:
    with pytest.raises(StorageError) as refused:
        restore_backup(folder, asked)
    return refused.value.key


def test_a_backup_says_what_it_holds(shop) -> None:
    folder, ring, _, ledger = shop
    made = make_backup(folder, ring, OPENED)
    assert made.name == "shop-20261121T010000.guitai"
    manifest = verify_backup(made)
    assert manifest == read_manifest(made)
    assert set(manifest.files) == {"ledger.db", "catalog.db", "ring.json"}
    with ledger.read_engine.connect() as connection:
        head = connection.execute(
            text("SELECT epoch, seq, hash FROM journal ORDER BY seq DESC LIMIT 1")
        ).one()
    assert (manifest.epoch, manifest.seq, manifest.head) == (1, head[1], head[2].hex())
    assert [each.name for each in folder.backups.iterdir()] == [made.name]


def test_no_key_lies_open_in_a_backup(shop) -> None:
    folder, ring, code, _ = shop
    content = make_backup(folder, ring, OPENED).read_bytes()
    for secret in (ring.ledger_key, ring.catalog_key, ring.pin_pepper):
        assert secret not in content
        assert secret.hex().encode() not in content
    assert code.encode() not in content
    assert b"ring.key" not in content
    assert "饼干".encode() not in content


def test_the_till_sells_on_while_it_is_backed_up(shop) -> None:
    folder, ring, code, ledger = shop
    keeper = Shopkeeper(ledger)
    keeper.sold = 5
    done = threading.Event()

    def back_up() -> None:
        for second in range(5):
            make_backup(folder, ring, OPENED.plus_seconds(second))
        done.set()

    thread = threading.Thread(target=back_up)
    thread.start()
    while not done.is_set():
        keeper.sell()
    thread.join()
    elsewhere = ShopFolder(folder.root.parent / "elsewhere")
    for backup in backups_of(folder)[:1]:
        ring = restore_backup(elsewhere, order(backup, code))
    restored = numbers(elsewhere, ring)
    assert restored == [f"02-A-{n:06d}" for n in range(1, len(restored) + 1)]
    assert len(restored) >= 5


def test_a_shop_comes_back_in_its_next_epoch(shop) -> None:
    folder, ring, code, _ = shop
    backup = make_backup(folder, ring, OPENED)
    elsewhere = ShopFolder(folder.root.parent / "elsewhere")
    again = restore_backup(elsewhere, order(backup, code))
    assert again.ledger_key == ring.ledger_key
    assert numbers(elsewhere, again) == [f"02-A-{n:06d}" for n in range(1, 6)]
    ledger = open_ledger(elsewhere, again)
    assert ledger.epoch == 2
    assert Shopkeeper(ledger).sell()[0].number == "02-B-000001"
    ledger.close()
    catalog = open_engine(elsewhere.catalog, again.catalog_key, CATALOG_READER)
    with catalog.connect() as connection:
        query = text("SELECT value FROM setting WHERE key = 'greeting'")
        assert connection.execute(query).scalar() == "晴川"
    catalog.dispose()


def test_a_shop_that_is_there_is_not_overwritten(shop) -> None:
    folder, ring, code, _ = shop
    backup = make_backup(folder, ring, OPENED)
    assert refusal(folder, order(backup, code)) == "folder_in_use"


def test_a_damaged_shop_is_replaced_and_kept_aside(shop) -> None:
    folder, ring, code, ledger = shop
    backup = make_backup(folder, ring, OPENED)
    Shopkeeper(ledger)
    ledger.close()
    content = bytearray(folder.ledger.read_bytes())
    content[200] ^= 255
    folder.ledger.write_bytes(content)
    (folder.root / "ledger.db-wal").write_bytes(b"left over")
    again = restore_backup(folder, order(backup, code, replaces=True))
    assert numbers(folder, again) == [f"02-A-{n:06d}" for n in range(1, 6)]
    (aside,) = folder.root.glob("damaged-*")
    assert (aside / "ledger.db").read_bytes() == content
    assert (aside / "ledger.db-wal").read_bytes() == b"left over"
    assert {each.name for each in aside.iterdir()} >= {"catalog.db", "ring.json"}


def test_a_power_cut_in_the_middle_of_a_restore_is_finished_later(shop) -> None:
    folder, ring, code, ledger = shop
    backup = make_backup(folder, ring, OPENED)
    ledger.close()

    def cut(*_anything) -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pos_app.persistence.restore.sync_folder", cut)
        with pytest.raises(KeyboardInterrupt):
            restore_backup(folder, order(backup, code, replaces=True))
    assert (folder.root / ".restoring" / "ready").exists()
    assert finish_restore(folder)
    assert not finish_restore(folder)
    assert not (folder.root / ".restoring").exists()
    assert len(numbers(folder, ring)) == 5
    (aside,) = folder.root.glob("damaged-*")
    assert (aside / "ledger.db").exists()


def test_a_restore_that_was_never_proven_is_begun_anew(shop) -> None:
    folder, ring, code, _ = shop
    backup = make_backup(folder, ring, OPENED)
    elsewhere = ShopFolder(folder.root.parent / "elsewhere").make()
    (elsewhere.root / ".restoring").mkdir()
    (elsewhere.root / ".restoring" / "ledger.db").write_bytes(b"half")
    again = restore_backup(elsewhere, order(backup, code))
    assert len(numbers(elsewhere, again)) == 5


def test_a_wrong_code_leaves_everything_as_it_was(shop) -> None:
    folder, ring, _, _ = shop
    backup = make_backup(folder, ring, OPENED)
    before = {each: each.stat().st_size for each in folder.root.iterdir()}
    wrong = "0000-0001-" * 4
    key = refusal(folder, order(backup, wrong, replaces=True))
    assert key.startswith("recovery_code_")
    after = {each: each.stat().st_size for each in folder.root.iterdir()}
    after.pop(folder.root / ".restoring")
    assert before == after


@pytest.mark.parametrize("at", [0.2, 0.5, 0.8])
def test_a_flipped_bit_in_a_backup_is_found(shop, at: float) -> None:
    folder, ring, code, _ = shop
    backup = make_backup(folder, ring, OPENED)
    content = bytearray(backup.read_bytes())
    content[int(len(content) * at)] ^= 4
    backup.write_bytes(content)
    with pytest.raises(StorageError, match="backup_damaged"):
        verify_backup(backup)
    elsewhere = ShopFolder(folder.root.parent / "elsewhere")
    assert refusal(elsewhere, order(backup, code)) == "backup_damaged"
    assert not elsewhere.is_shop


def rewrite(backup: Path, **changes) -> None:
    with zipfile.ZipFile(backup) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(files["manifest.json"]) | changes
    with zipfile.ZipFile(backup, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        archive.writestr("manifest.json", json.dumps(manifest))


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"format": 2}, "backup_newer"),
        ({"made_at_ms": "tomorrow"}, "backup_damaged"),
        ({"files": {"ledger.db": {"size": 1}}}, "backup_damaged"),
        ({"files": {"../x": {"size": 1, "sha256": ""}}}, "backup_foreign"),
        ({"files": {"ledger.db": {"size": 1, "sha256": ""}}}, "backup_damaged"),
    ],
)
def test_a_manifest_that_lies_is_refused(shop, changes, key: str) -> None:
    folder, ring, code, _ = shop
    backup = make_backup(folder, ring, OPENED)
    rewrite(backup, **changes)
    elsewhere = ShopFolder(folder.root.parent / "elsewhere")
    assert refusal(elsewhere, order(backup, code)) == key


@pytest.mark.parametrize("content", [b"", b"PK", b"\x89PNG not a zip" * 500])
def test_a_foreign_file_is_no_backup(tmp_path: Path, content: bytes) -> None:
    backup = tmp_path / f"holiday{SUFFIX}"
    backup.write_bytes(content)
    with pytest.raises(StorageError, match="backup_foreign"):
        read_manifest(backup)


def test_another_zip_is_no_backup(tmp_path: Path) -> None:
    backup = tmp_path / f"holiday{SUFFIX}"
    with zipfile.ZipFile(backup, "w") as archive:
        archive.writestr("photo.png", b"x")
    with pytest.raises(StorageError, match="backup_foreign"):
        read_manifest(backup)


def test_a_missing_backup_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="backup_missing"):
        read_manifest(tmp_path / "none.guitai")


def test_a_damaged_shop_is_not_backed_up_as_if_it_were_sound(shop) -> None:
    folder, ring, _, ledger = shop
    good = make_backup(folder, ring, OPENED)
    ledger.close()
    content = bytearray(folder.ledger.read_bytes())
    content[len(content) // 2] ^= 1
    folder.ledger.write_bytes(content)
    with pytest.raises(StorageError) as refused:
        make_backup(folder, ring, OPENED.plus_seconds(60))
    assert refused.value.key == "backup_unsound"
    assert refused.value.params == {"file": "ledger.db"}
    assert [each.name for each in folder.backups.iterdir()] == [good.name]


def test_the_oldest_backups_go(shop) -> None:
    folder, ring, _, _ = shop
    for day in range(4):
        make_backup(folder, ring, OPENED.plus_seconds(86_400 * day), kept=2)
    assert [each.name[5:13] for each in backups_of(folder)] == ["20261124", "20261123"]


def test_the_time_of_a_backup_is_in_its_manifest(shop) -> None:
    folder, ring, _, _ = shop
    moment = Timestamp.parse("2026-11-21T20:15:30.250+08:00")
    assert read_manifest(make_backup(folder, ring, moment)).made_at == moment
