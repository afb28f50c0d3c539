"""Displays of two lines of text."""
