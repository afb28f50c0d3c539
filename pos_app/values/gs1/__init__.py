"""GS1: check digits, trade item numbers, symbologies and element strings."""
