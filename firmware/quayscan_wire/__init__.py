"""The quayscan serial protocol, written once and run by both interpreters. PROTOCOL.md is the reference.

Portable subset: no typing, dataclasses, enum or match; struct formats with '<' only.
"""

PROTOCOL_VERSION = 1
