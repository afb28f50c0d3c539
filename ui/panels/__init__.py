"""Panels that take the place of the work column, and the key map over it."""
