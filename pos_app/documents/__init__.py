"""Facts turned into device-free layouts."""
