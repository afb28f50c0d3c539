"""The key ring: every secret of a shop, wrapped twice, in one small file.

ring.json holds the same six keys under two locks: a key that lies in the system's
key store (or in a 0600 file where there is none), and the recovery code that the
owner printed at set-up. Losing one lock loses nothing.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pos_app.errors import StorageError
from pos_app.persistence.durable_file import write_durably
from pos_app.persistence.key_store import FileKeyStore, KeyStore, SystemKeyStore
from pos_app.persistence.recovery_code import RANDOM_BYTES, read_code, write_code

RING_FILE = "ring.json"
RING_FORMAT = 1
KEY_BYTES = 32
NONCE_BYTES = 12
SALT_BYTES = 16
#: argon2id as OWASP asks; the code itself has 140 random bits already.
ARGON2_PASSES = 2
ARGON2_MEMORY_KIB = 19 * 1024
ARGON2_LANES = 1


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The secrets of one shop; never shown, logged or sent.

    Attributes:
        ring_id: names the shop's ring; not secret.
        protection: "os" when the system's key store guards it, "file" when only
            a 0600 file does.
        ledger_key, catalog_key: of the two databases.
        pin_pepper: mixed into every PIN before it is hashed.
        device_key: Ed25519 seed, this till's identity.
        signing_key: Ed25519 seed, signs what a shop without a hub issues.
        badge_key: keys the digest of badge codes.
    """

    ring_id: str
    protection: str
    ledger_key: bytes = field(repr=False)
    catalog_key: bytes = field(repr=False)
    pin_pepper: bytes = field(repr=False)
    device_key: bytes = field(repr=False)
    signing_key: bytes = field(repr=False)
    badge_key: bytes = field(repr=False)


_SECRETS = tuple(spec.name for spec in fields(KeyRing) if not spec.repr)


def create_key_ring(folder: Path, store: KeyStore) -> tuple[KeyRing, str]:
    """Make the keys of a new shop.

    Args:
        folder: the shop folder.
        store: keeps the wrapping key; a throw-away shop takes FileKeyStore.

    Returns:
        The ring and its recovery code, which is shown once and kept nowhere.

    Raises:
        StorageError: "key_ring_exists", or what writing the file meets.
    """
    if (folder / RING_FILE).exists():
        raise StorageError("key_ring_exists")
    keys = {name: secrets.token_bytes(KEY_BYTES) for name in _SECRETS}
    ring = KeyRing(secrets.token_hex(16), store.protection, **keys)
    code = write_code(secrets.token_bytes(RANDOM_BYTES))
    recovery = _wrap_with_code(ring, read_code(code))
    _write(folder, ring, _wrap_with_store(ring, store), recovery)
    return ring, code


def open_key_ring(folder: Path, store: KeyStore | None = None) -> KeyRing:
    """Open the ring with the key store.

    Args:
        folder: the shop folder.
        store: by default the one that the ring was made with.

    Raises:
        StorageError: "key_ring_missing", "key_ring_damaged", "key_ring_newer", or
            "key_missing" when the store does not open it: ask for the code.
    """
    content = _read(folder)
    store = store or store_of(folder)
    secret = store.load(_name_in_store(content))
    plain = _unlock(content, "stored", secret) if secret else None
    if plain is None:
        raise StorageError("key_missing", protection=store.protection)
    return _ring(content, plain, store.protection)


def recover_key_ring(folder: Path, code: str, store: KeyStore) -> KeyRing:
    """Open the ring with the recovery code and give it to a key store anew.

    Raises:
        StorageError: "recovery_code_wrong", what `read_code` raises for a slip of
            the pen, or what `open_key_ring` raises for the file.
    """
    content = _read(folder)
    ring = _ring(content, _unlock_with_code(content, code), store.protection)
    _write(folder, ring, _wrap_with_store(ring, store), content["recovery"])
    return ring


def check_recovery_code(folder: Path, code: str) -> None:
    """Ask whether a code opens the ring; changes nothing.

    Raises:
        StorageError: as `recover_key_ring`.
    """
    _unlock_with_code(_read(folder), code)


def renew_recovery_code(folder: Path, ring: KeyRing) -> str:
    """Make another code for a ring that is open; the old one opens it no more.

    Backups made before keep the old code.
    """
    content = _read(folder)
    code = write_code(secrets.token_bytes(RANDOM_BYTES))
    recovery = _wrap_with_code(ring, read_code(code))
    _write(folder, ring, content["stored"], recovery)
    return code


def store_of(folder: Path) -> KeyStore:
    """Return the key store that a ring says it was given to."""
    if _read(folder).get("protection") == SystemKeyStore.protection:
        return SystemKeyStore()
    return FileKeyStore(folder)


def _wrap_with_store(ring: KeyRing, store: KeyStore) -> dict[str, object]:
    # A fresh name each time: a copy of the shop that is set up elsewhere on this
    # machine must not lock the first one out.
    name = f"{ring.ring_id}-{secrets.token_hex(4)}"
    secret = secrets.token_bytes(KEY_BYTES)
    store.save(name, secret)
    return {"name": name, **_wrap(ring, "stored", secret)}


def _name_in_store(content: dict[str, Any]) -> str:
    try:
        return str(content["stored"]["name"])
    except (KeyError, TypeError) as error:
        raise StorageError("key_ring_damaged") from error


def _wrap_with_code(ring: KeyRing, code: str) -> dict[str, object]:
    salt = secrets.token_bytes(SALT_BYTES)
    costs = [ARGON2_PASSES, ARGON2_MEMORY_KIB, ARGON2_LANES]
    wrapped = _wrap(ring, "recovery", _stretch(code, salt, costs))
    return {**wrapped, "salt": salt.hex(), "argon2id": costs}


def _wrap(ring: KeyRing, lock: str, key: bytes) -> dict[str, object]:
    nonce = secrets.token_bytes(NONCE_BYTES)
    plain = json.dumps({name: getattr(ring, name).hex() for name in _SECRETS})
    wrapped = AESGCM(key).encrypt(nonce, plain.encode(), _bound_to(ring.ring_id, lock))
    return {"nonce": nonce.hex(), "wrapped": wrapped.hex()}


def _unlock(content: dict[str, Any], lock: str, key: bytes) -> bytes | None:
    try:
        nonce = bytes.fromhex(content[lock]["nonce"])
        wrapped = bytes.fromhex(content[lock]["wrapped"])
        bound = _bound_to(content["ring_id"], lock)
        return AESGCM(key).decrypt(nonce, wrapped, bound)
    except InvalidTag:
        return None
    except (KeyError, TypeError, ValueError) as error:
        raise StorageError("key_ring_damaged") from error


def _unlock_with_code(content: dict[str, Any], code: str) -> bytes:
    typed = read_code(code)
    try:
        salt = bytes.fromhex(content["recovery"]["salt"])
        costs = [int(cost) for cost in content["recovery"]["argon2id"]]
    except (KeyError, TypeError, ValueError) as error:
        raise StorageError("key_ring_damaged") from error
    plain = _unlock(content, "recovery", _stretch(typed, salt, costs))
    if plain is None:
        raise StorageError("recovery_code_wrong")
    return plain


def _bound_to(ring_id: str, lock: str) -> bytes:
    """Bind a wrap to its ring and lock, so that neither can stand in for another."""
    return f"guitai ring {RING_FORMAT} {lock} {ring_id}".encode()


def _stretch(code: str, salt: bytes, costs: list[int]) -> bytes:
    from argon2.low_level import Type, hash_secret_raw  # late: only recovery needs it

    passes, memory_kib, lanes = costs
    if not (passes <= 16 and memory_kib <= 1 << 20 and lanes <= 16):
        raise StorageError("key_ring_damaged")  # costs that would hang the till
    return bytes(
        hash_secret_raw(
            code.encode(), salt, passes, memory_kib, lanes, KEY_BYTES, Type.ID
        )
    )


def _ring(content: dict[str, Any], plain: bytes, protection: str) -> KeyRing:
    keys = {name: bytes.fromhex(text) for name, text in json.loads(plain).items()}
    assert set(keys) == set(_SECRETS)
    return KeyRing(content["ring_id"], protection, **keys)


def _read(folder: Path) -> dict[str, Any]:
    try:
        content = json.loads((folder / RING_FILE).read_bytes())
    except FileNotFoundError as error:
        raise StorageError("key_ring_missing") from error
    except ValueError as error:
        raise StorageError("key_ring_damaged") from error
    if not isinstance(content, dict) or not isinstance(content.get("ring_id"), str):
        raise StorageError("key_ring_damaged")
    if content.get("format") != RING_FORMAT:
        raise StorageError("key_ring_newer", found=str(content.get("format")))
    return content


def _write(
    folder: Path, ring: KeyRing, stored: object, recovery: dict[str, object]
) -> None:
    content = {
        "format": RING_FORMAT,
        "ring_id": ring.ring_id,
        "protection": ring.protection,
        "stored": stored,
        "recovery": recovery,
    }
    write_durably(folder / RING_FILE, json.dumps(content, indent=1).encode())
