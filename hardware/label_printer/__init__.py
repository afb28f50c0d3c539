"""Label printers: ZPL and TSPL."""
