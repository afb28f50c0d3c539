"""Reads scanners that type (keyboard wedges) below the focus system."""
