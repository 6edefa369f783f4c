"""Build a library from a user's own files, and say what in it looks wrong.

names      what a file's name says
folder     folders of spectra become entries
entries    entries become a library, and libraries one
repeats    repeats of a substance become one entry
likeness   how alike spectra are, many at once
doubts     labels that something contradicts, names too near to tell apart
"""

from .entries import curated, find_doubts, merged
from .folder import SkippedFile, build_library, read_entries

__all__ = ["SkippedFile", "build_library", "curated", "find_doubts", "merged", "read_entries"]
