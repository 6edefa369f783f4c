"""Build a library from a user's own files, and say what in it looks wrong.

names      what a file's name says
folder     folders of spectra become entries
entries    entries become a library, and libraries one
repeats    repeats of a substance become one entry
likeness   how alike spectra are, many at once
doubts     labels that something contradicts, names too near to tell apart
acquire     measure a reference with a device
transfer    references of another instrument or laser
export      entries as data sets
confusions  which references an instrument cannot tell apart
"""

from .acquire import acquire
from .entries import curated, find_doubts, merged
from .export import exported
from .folder import SkippedFile, build_library, read_entries
from .transfer import Transfer, fit_transfer, transferred

__all__ = [
    "SkippedFile",
    "Transfer",
    "acquire",
    "build_library",
    "curated",
    "exported",
    "find_doubts",
    "fit_transfer",
    "merged",
    "read_entries",
    "transferred",
]
