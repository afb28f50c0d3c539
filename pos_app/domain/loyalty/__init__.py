"""Loyalty: points as an append-only ledger of lots and moves, and tiers beside it.

Nothing here reads a clock or a book: facts come in, lots and moves come out, and a
balance is always a sum (never a counter that somebody may forget to change).
"""
