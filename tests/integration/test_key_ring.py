"""The key ring opens by the key store or by the recovery code, and by nothing else."""

import json
import logging
import os
import stat
from pathlib import Path

import keyring
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keyring.backends import fail, null
from keyring.errors import KeyringLocked

from pos_app.errors import StorageError
from pos_app.persistence.key_ring import (
    KeyRing,
    check_recovery_code,
    create_key_ring,
    open_key_ring,
    recover_key_ring,
    renew_recovery_code,
)
from pos_app.persistence.key_store import (
    FileKeyStore,
    KeyStore,
    SystemKeyStore,
    best_key_store,
)
from pos_app.persistence.recovery_code import (
    ALPHABET,
    RANDOM_BYTES,
    read_code,
    write_code,
)


class DrawerStore:
    """A key store in memory, as a system without a session offers it."""

    protection = "os"

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load(self, name: str) -> bytes | None:
        return self.kept.get(name)

    def save(self, name: str, secret: bytes) -> None:
        self.kept[name] = secret


def keys(ring: KeyRing) -> list[bytes]:
    return [
        ring.ledger_key,
        ring.catalog_key,
        ring.pin_pepper,
        ring.device_key,
        ring.signing_key,
        ring.badge_key,
    ]


def key_of(folder: Path, code: str, store: KeyStore | None = None) -> str:
    with pytest.raises(StorageError) as refused:
        recover_key_ring(folder, code, store or FileKeyStore(folder))
    return refused.value.key


def test_a_ring_opens_with_its_key_store(tmp_path: Path) -> None:
    made, _ = create_key_ring(tmp_path, FileKeyStore(tmp_path))
    assert keys(open_key_ring(tmp_path)) == keys(made)
    assert len(set(keys(made))) == 6
    assert {len(key) for key in keys(made)} == {32}


def test_without_a_system_store_the_protection_is_a_file_and_says_so(
    tmp_path: Path,
) -> None:
    ring, _ = create_key_ring(tmp_path, FileKeyStore(tmp_path))
    assert ring.protection == "file"
    assert open_key_ring(tmp_path).protection == "file"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no permission bits")
def test_the_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    create_key_ring(tmp_path, FileKeyStore(tmp_path))
    for name in ("ring.json", "ring.key"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


def test_no_key_and_no_code_is_in_the_open(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    ring, code = create_key_ring(tmp_path, DrawerStore())
    seen = (tmp_path / "ring.json").read_text() + repr(ring) + str(ring) + caplog.text
    for secret in keys(ring):
        assert secret.hex() not in seen
        assert repr(secret) not in seen
    assert code not in seen


def test_the_recovery_code_opens_the_ring_on_another_machine(tmp_path: Path) -> None:
    made, code = create_key_ring(tmp_path, DrawerStore())
    with pytest.raises(StorageError, match="key_missing"):
        open_key_ring(tmp_path, DrawerStore())
    fresh = DrawerStore()
    assert keys(recover_key_ring(tmp_path, code, fresh)) == keys(made)
    assert keys(open_key_ring(tmp_path, fresh)) == keys(made)


def test_recovering_into_a_file_changes_the_protection(tmp_path: Path) -> None:
    made, code = create_key_ring(tmp_path, DrawerStore())
    recover_key_ring(tmp_path, code, FileKeyStore(tmp_path))
    again = open_key_ring(tmp_path)
    assert again.protection == "file"
    assert keys(again) == keys(made)


def test_a_code_of_another_shop_is_wrong(tmp_path: Path) -> None:
    create_key_ring(tmp_path, FileKeyStore(tmp_path))
    assert key_of(tmp_path, write_code(bytes(RANDOM_BYTES))) == "recovery_code_wrong"


def test_a_copy_of_the_shop_does_not_lock_the_first_one_out(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    store = DrawerStore()
    made, code = create_key_ring(first, store)
    (second / "ring.json").write_bytes((first / "ring.json").read_bytes())
    recover_key_ring(second, code, store)
    assert keys(open_key_ring(first, store)) == keys(made)
    assert keys(open_key_ring(second, store)) == keys(made)


def test_a_renewed_code_replaces_the_old_one(tmp_path: Path) -> None:
    ring, old = create_key_ring(tmp_path, FileKeyStore(tmp_path))
    fresh = renew_recovery_code(tmp_path, ring)
    check_recovery_code(tmp_path, fresh)
    assert key_of(tmp_path, old) == "recovery_code_wrong"
    assert keys(open_key_ring(tmp_path)) == keys(ring)


def test_a_second_ring_is_never_written_over_the_first(tmp_path: Path) -> None:
    create_key_ring(tmp_path, FileKeyStore(tmp_path))
    with pytest.raises(StorageError, match="key_ring_exists"):
        create_key_ring(tmp_path, FileKeyStore(tmp_path))


@pytest.mark.parametrize(
    ("content", "key"),
    [
        pytest.param(None, "key_ring_missing", id="no file"),
        pytest.param(b"", "key_ring_damaged", id="empty"),
        pytest.param(b"\xff\xfe\x00", "key_ring_damaged", id="bytes"),
        pytest.param(b"[1]", "key_ring_damaged", id="another JSON"),
        pytest.param(b'{"ring_id":"a","format":2}', "key_ring_newer", id="newer"),
        pytest.param(b'{"ring_id":"a","format":1}', "key_ring_damaged", id="no locks"),
    ],
)
def test_a_bad_ring_file_is_named(tmp_path: Path, content: bytes, key: str) -> None:
    if content is not None:
        (tmp_path / "ring.json").write_bytes(content)
    with pytest.raises(StorageError) as refused:
        open_key_ring(tmp_path, FileKeyStore(tmp_path))
    assert refused.value.key == key


def test_a_changed_byte_of_the_ring_is_noticed(tmp_path: Path) -> None:
    _, code = create_key_ring(tmp_path, FileKeyStore(tmp_path))
    path = tmp_path / "ring.json"
    content = json.loads(path.read_text())
    for lock in ("stored", "recovery"):
        wrapped = bytearray.fromhex(content[lock]["wrapped"])
        wrapped[40] ^= 1
        content[lock]["wrapped"] = wrapped.hex()
    path.write_text(json.dumps(content))
    with pytest.raises(StorageError, match="key_missing"):
        open_key_ring(tmp_path)
    assert key_of(tmp_path, code) == "recovery_code_wrong"


def test_costs_that_would_hang_the_till_are_refused(tmp_path: Path) -> None:
    _, code = create_key_ring(tmp_path, FileKeyStore(tmp_path))
    path = tmp_path / "ring.json"
    content = json.loads(path.read_text())
    content["recovery"]["argon2id"] = [2, 1 << 30, 1]
    path.write_text(json.dumps(content))
    assert key_of(tmp_path, code) == "key_ring_damaged"


def test_a_machine_without_a_session_gets_the_key_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for backend in (fail.Keyring(), null.Keyring()):
        monkeypatch.setattr(keyring, "get_keyring", lambda backend=backend: backend)
        assert best_key_store(tmp_path).protection == "file"


class Vault:
    """What Windows' Credential Manager or the Secret Service look like to us.

    Not a KeyringBackend: keyring would offer that to every other test, too.
    """

    priority = 5

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.is_locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.is_locked:
            raise KeyringLocked
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.is_locked:
            raise KeyringLocked
        self.kept[service, username] = password


@pytest.fixture
def vault(monkeypatch: pytest.MonkeyPatch) -> Vault:
    vault = Vault()
    monkeypatch.setattr(keyring.core, "_keyring_backend", vault)
    return vault


def test_the_systems_store_opens_the_ring(tmp_path: Path, vault: Vault) -> None:
    store = best_key_store(tmp_path)
    assert store.protection == "os"
    made, _ = create_key_ring(tmp_path, store)
    assert made.protection == "os"
    assert keys(open_key_ring(tmp_path)) == keys(made)
    assert [service for service, _ in vault.kept] == ["guitai"]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["ring.json"]
    assert not any(key.hex() in str(vault.kept) for key in keys(made))


def test_a_locked_store_asks_for_the_recovery_code(
    tmp_path: Path, vault: Vault
) -> None:
    made, code = create_key_ring(tmp_path, SystemKeyStore())
    vault.is_locked = True
    with pytest.raises(StorageError) as refused:
        open_key_ring(tmp_path)
    assert refused.value.key == "key_missing"
    assert refused.value.params == {"protection": "os"}
    assert best_key_store(tmp_path).protection == "file"
    again = recover_key_ring(tmp_path, code, best_key_store(tmp_path))
    assert keys(again) == keys(made)
    assert open_key_ring(tmp_path).protection == "file"


def test_a_store_that_refuses_makes_no_ring(tmp_path: Path, vault: Vault) -> None:
    vault.is_locked = True
    with pytest.raises(StorageError, match="key_store_refused"):
        create_key_ring(tmp_path, SystemKeyStore())
    assert not (tmp_path / "ring.json").exists()


def test_the_code_is_eight_groups_of_four() -> None:
    code = write_code(bytes(range(RANDOM_BYTES)))
    groups = code.split("-")
    assert [len(group) for group in groups] == [4] * 8
    assert set("".join(groups)) <= set(ALPHABET)


@pytest.mark.parametrize(
    "retyped",
    [
        pytest.param(str.lower, id="small letters"),
        pytest.param(lambda code: code.replace("-", " "), id="spaces"),
        pytest.param(lambda code: f"  {code}\n", id="around it"),
        pytest.param(lambda code: code.replace("0", "O"), id="O for 0"),
        pytest.param(lambda code: code.replace("1", "l"), id="l for 1"),
        pytest.param(
            lambda code: code.translate({i: i + 0xFEE0 for i in range(33, 127)}),
            id="full width",
        ),
    ],
)
def test_a_code_is_read_as_people_type_it(retyped) -> None:
    code = write_code(
        b"\x00\x44\x32\x14\xc7\x42\x54\xb6\x35\xcf\x84\x65\x3a\x56\xd7\xc6\x75\xbe"
    )
    assert read_code(retyped(code)) == code.replace("-", "")


@pytest.mark.parametrize("typed", ["", "ABCD", "0" * 31, "0" * 33, "🙂" * 32])
def test_a_code_of_another_length_is_refused(typed: str) -> None:
    with pytest.raises(StorageError, match="recovery_code_length"):
        read_code(typed)


@settings(deadline=None)
@given(
    st.binary(min_size=RANDOM_BYTES, max_size=RANDOM_BYTES),
    st.integers(0, 31),
    st.sampled_from(ALPHABET),
)
def test_every_wrong_character_is_named_by_its_groups(
    secret: bytes, at: int, wrong: str
) -> None:
    code = write_code(secret).replace("-", "")
    typed = code[:at] + wrong + code[at + 1 :]
    if typed == code:
        assert read_code(typed) == code
        return
    with pytest.raises(StorageError) as refused:
        read_code(typed)
    assert refused.value.key == "recovery_code_mistyped"
    assert refused.value.params["first"] == at // 8 * 2 + 1


@settings(deadline=None)
@given(
    st.binary(min_size=RANDOM_BYTES, max_size=RANDOM_BYTES),
    st.integers(0, 31),
    st.integers(0, 31),
)
def test_two_characters_of_a_part_never_swap_unseen(
    secret: bytes, one: int, other: int
) -> None:
    code = list(write_code(secret).replace("-", ""))
    other = one // 8 * 8 + other % 8
    code[one], code[other] = code[other], code[one]
    if code[one] == code[other]:
        return
    with pytest.raises(StorageError, match="recovery_code_mistyped"):
        read_code("".join(code))


def test_parts_written_in_each_others_place_are_noticed() -> None:
    code = write_code(bytes(range(RANDOM_BYTES))).replace("-", "")
    with pytest.raises(StorageError, match="recovery_code_mistyped"):
        read_code(code[8:16] + code[:8] + code[16:])


def test_a_code_with_a_letter_outside_the_alphabet_is_mistyped() -> None:
    with pytest.raises(StorageError, match="recovery_code_mistyped"):
        read_code("U" * 32)
