"""Bytes in, bytes out: how a device is reached."""
