"""Cash drawers: opened once, never retried, watched."""
