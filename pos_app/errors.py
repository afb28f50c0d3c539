"""The errors that a person may meet; everything else is a bug and asserts."""

from __future__ import annotations

from typing_extensions import override


class GuitaiError(Exception):
    """Base of the errors that carry a key and parameters instead of a text.

    The text a person reads is made from `key` and `params` in ui, in the
    person's language (Home Assistant's translation keys do the same).
    """

    def __init__(self, key: str, **params: object) -> None:
        self.key = key
        self.params = params
        super().__init__(key, params)

    @override
    def __str__(self) -> str:
        words = ", ".join(f"{name}={value}" for name, value in self.params.items())
        return f"{self.key}({words})"


class UserError(GuitaiError):
    """What the person asked cannot be done; what was accepted before stays."""


class DeviceError(GuitaiError):
    """A device did not do what it was asked; the job that asked is kept."""


class StorageError(GuitaiError):
    """A database, key or disk is not as it must be; says what to do next."""
