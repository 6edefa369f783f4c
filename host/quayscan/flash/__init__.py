"""A new program for a device: compiled here, verified there, and taken back when it does not answer.

image      sources become compiled files with one hash
prompt     the device's MicroPython prompt, through mpremote
scripts    what runs at the prompt
flash      upload, verify, activate, wait for HELLO, or take it back
"""

from .flash import Flashed, Progress, flash, restore
from .image import Image, build_image

__all__ = ["Flashed", "Image", "Progress", "build_image", "flash", "restore"]
