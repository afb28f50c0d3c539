"""Coupons: what they promise, their codes, and the life of each as facts.

Template, batch, coupon; issued, claimed, reserved, redeemed, restored, expired or
revoked. Nothing here asks a clock, a disk or chance: moments and random bytes come in.
"""
