"""Looks for the devices of a counter: USB, serial, HID, network, queues."""
