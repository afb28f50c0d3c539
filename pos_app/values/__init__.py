"""Exact values: money, quantities, percentages, ids and times."""
