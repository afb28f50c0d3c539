"""Data only: icons, fonts, locale, code lists, demo shop."""
