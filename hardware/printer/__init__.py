"""Receipt printers: pictures, bytes, status and the worker that prints."""
