"""The shop's own signature, and files that are whole (implements ports.black_box.Seal)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pos_app.persistence.durable_file import write_chunks_durably


class ShopSeal:
    """Signs with the ring's signing key.

    Args:
        signing_key: Ed25519 seed of the shop; 32 bytes.
    """

    def __init__(self, signing_key: bytes) -> None:
        # Late: loading OpenSSL's bindings is nothing for a cold start.
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        self._key = Ed25519PrivateKey.from_private_bytes(signing_key)

    @property
    def public_key(self) -> bytes:
        """The shop's Ed25519 public key; 32 bytes."""
        return self._key.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """Return an Ed25519 signature (RFC 8032); 64 bytes."""
        return self._key.sign(message)

    def write(self, file: Path, chunks: Iterable[bytes]) -> None:
        """Write a file whole, or leave the one before."""
        write_chunks_durably(file, chunks)


def is_signed(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether an Ed25519 signature is of this key and message."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
