"""The command line: a thin layer over the pipeline. One command group a file."""

from .main import main

__all__ = ["main"]
