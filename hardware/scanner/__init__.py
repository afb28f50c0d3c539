"""Scanners: codes in, from whichever way they come."""
