"""The library: references on one grid as one matrix, in memory or mapped from a file.

reference   one entry's identity, grade and provenance
entries     entry metadata packed as JSON lines, parsed when asked for
library     the matrix with its entries and hash
build       from spectra, or drawn from band tables
file        the `.qlib` file
header      its header, checked as a whole
default     the library that ships with quayscan
"""

from .build import from_bands, from_spectra
from .default import DEFAULT_NAME, default_library
from .file import open_library, write_library
from .library import Library
from .reference import Grade, Origin, Reference

__all__ = [
    "DEFAULT_NAME",
    "Grade",
    "Library",
    "Origin",
    "Reference",
    "default_library",
    "from_bands",
    "from_spectra",
    "open_library",
    "write_library",
]
