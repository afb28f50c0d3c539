"""The tables of ledger.db for coupons, their templates and batches."""

from __future__ import annotations
