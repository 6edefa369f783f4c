"""JCAMP-DX 4.24 to 5.01: read with every check the format has, written as 5.01."""

from .read import parse_jcamp
from .write import jcamp_text

__all__ = ["jcamp_text", "parse_jcamp"]
