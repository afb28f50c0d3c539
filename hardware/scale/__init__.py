"""Scales: protocols and their stable weights."""
