"""Galactic SPC: every sub-type and byte order read, the new little-endian format written."""

from .header import is_spc
from .read import parse_spc
from .write import fits_one_file, spc_bytes

__all__ = ["fits_one_file", "is_spc", "parse_spc", "spc_bytes"]
