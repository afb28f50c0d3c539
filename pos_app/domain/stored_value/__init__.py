"""Stored value and gift cards: a ledger of moves whose sum is the balance.

An account has lots, one for each top-up; a lot has two purses: what was paid for, and
the bonus. Money goes in with a top-up, out with a redemption towards goods, back with
their return, and back to its source when a top-up is undone.
"""
