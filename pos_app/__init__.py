"""The shop without a screen: no Qt, no device, no network."""

__version__ = "0.1.0"
#: When this version was made; the doctor says so when it has grown old.
__released__ = "2026-11-22"
