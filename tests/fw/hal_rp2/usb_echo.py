"""Run by MicroPython: echo what comes over the link of the real board, until a `q`."""

from quayscan_fw.hal_rp2.link_usb import UsbLink

link = UsbLink()
waiting = b""
while b"q" not in waiting:
    link.wait(100, bool(waiting))
    waiting += link.read()
    waiting = waiting[link.write(memoryview(waiting)) :] if b"q" not in waiting else waiting
