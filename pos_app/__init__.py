"""The shop without a screen: no Qt, no device, no network."""

__version__ = "0.1.0"
