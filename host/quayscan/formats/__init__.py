"""Read spectra from files. One format a file; `read_spectrum` finds the right one."""

from .read import SPECTRUM_SUFFIXES, read_spectrum

__all__ = ["SPECTRUM_SUFFIXES", "read_spectrum"]
