"""Read and write spectrum files. One format a file; README.md lists them and what each was tested on."""

from .dataset import Dataset
from .read import SPECTRUM_SUFFIXES, read_datasets, read_spectrum

__all__ = ["SPECTRUM_SUFFIXES", "Dataset", "read_datasets", "read_spectrum"]
