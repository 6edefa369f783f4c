"""Build a library from a user's own files."""

from .folder import SkippedFile, build_library

__all__ = ["SkippedFile", "build_library"]
