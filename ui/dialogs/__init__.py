"""Dialogs over ticket and work column; the pay column stays live beside them."""
