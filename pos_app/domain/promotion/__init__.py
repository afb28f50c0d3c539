"""Promotions: what they are, which apply to a basket, and what each unit saves.

Layers, always taken in this order and printed in it: L0 price (shelf, member or
level price), L1 item deals, L2 order deals, L3 coupons, L4 points, L5 cash rounding.
"""
