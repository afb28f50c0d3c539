"""The second place: every commit of the till again, on another disk, encrypted."""
