"""Where the key that opens the key ring lies: the system's store, or a file."""

from __future__ import annotations

import base64
import binascii
from pathlib import Path
from typing import Protocol

from pos_app.errors import StorageError
from pos_app.persistence.durable_file import write_durably

SERVICE = "guitai"


class KeyStore(Protocol):
    """Keeps one secret for each lock of a key ring.

    Attributes:
        protection: "os" or "file"; shown by the doctor.
    """

    protection: str

    def load(self, name: str) -> bytes | None:
        """Return the secret of a name; None when this store has none."""
        ...

    def save(self, name: str, secret: bytes) -> None:
        """Keep the secret of a name; durable when it returns."""
        ...


class FileKeyStore:
    """A file beside the ring that only its owner may read.

    It guards against a copied database, not against a stolen machine; the doctor
    says so.
    """

    protection = "file"

    def __init__(self, folder: Path) -> None:
        self._path = folder / "ring.key"

    def load(self, name: str) -> bytes | None:
        """Return the secret of a name; None when the file is not its."""
        try:
            found, _, secret = self._path.read_text("ascii").strip().partition(" ")
            return bytes.fromhex(secret) if found == name else None
        except (FileNotFoundError, ValueError):
            return None

    def save(self, name: str, secret: bytes) -> None:
        """Write the file, 0600 from its first byte."""
        write_durably(self._path, f"{name} {secret.hex()}\n".encode("ascii"))


class SystemKeyStore:
    """The system's own key store: Windows' Credential Manager, Secret Service.

    The keyring library is imported late: it looks for backends for a tenth of a
    second, which a till with a key file need not wait.
    """

    protection = "os"

    def load(self, name: str) -> bytes | None:
        """Return the secret of a name; None when the store is shut or has none."""
        import keyring
        from keyring.errors import KeyringError

        try:
            text = keyring.get_password(SERVICE, name)
            return base64.b64decode(text, validate=True) if text else None
        except (KeyringError, binascii.Error):
            return None

    def save(self, name: str, secret: bytes) -> None:
        """Keep the secret and read it back.

        Raises:
            StorageError: "key_store_refused".
        """
        import keyring
        from keyring.errors import KeyringError

        try:
            keyring.set_password(SERVICE, name, base64.b64encode(secret).decode())
        except KeyringError as error:
            raise StorageError("key_store_refused") from error
        if self.load(name) != secret:
            raise StorageError("key_store_refused")


def best_key_store(folder: Path) -> KeyStore:
    """Return the system's key store where one works, else a key file.

    Backends that keep secrets in the open, or nowhere, do not count.
    """
    import keyring
    from keyring.backends import fail, null
    from keyring.errors import KeyringError

    backend = keyring.get_keyring()
    if isinstance(backend, fail.Keyring | null.Keyring) or backend.priority < 1:
        return FileKeyStore(folder)
    try:
        keyring.get_password(SERVICE, "probe")
    except KeyringError:
        return FileKeyStore(folder)
    return SystemKeyStore()
