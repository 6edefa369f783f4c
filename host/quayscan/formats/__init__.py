"""Read and write spectrum files. One format a file; README.md lists them and what each was tested on."""

from .dataset import Dataset
from .read import SPECTRUM_SUFFIXES, parse_spectrum, read_datasets, read_spectrum

__all__ = ["SPECTRUM_SUFFIXES", "Dataset", "parse_spectrum", "read_datasets", "read_spectrum"]
