"""The library: references on one grid as one matrix, in memory or mapped from a file.

reference   one entry's identity, grade and provenance
axis        the grid that the spectra lie on, one a technique
entries     entry metadata packed as JSON lines, parsed when asked for
library     the matrix with its entries and hash
build       from spectra, or drawn from band tables
file        the `.qlib` file
header      its header, checked as a whole
signing     the signature over the header
seal        version, dates, and who vouches for it
doubt       what a person should look at
intact      whether a file is still what was signed, and still good
default     the library that ships with quayscan
"""

from .axis import NIR, RAMAN, Axis
from .build import GridRow, from_bands, from_rows, from_spectra, grid_row
from .default import DEFAULT_NAME, default_library
from .doubt import Doubt
from .file import open_library, signer_of, write_library
from .intact import library_problems
from .library import Library, assemble
from .reference import Grade, Origin, Reference
from .seal import Seal

__all__ = [
    "DEFAULT_NAME",
    "NIR",
    "RAMAN",
    "Axis",
    "Doubt",
    "Grade",
    "GridRow",
    "Library",
    "Origin",
    "Reference",
    "Seal",
    "assemble",
    "default_library",
    "from_bands",
    "from_rows",
    "from_spectra",
    "grid_row",
    "library_problems",
    "open_library",
    "signer_of",
    "write_library",
]
