"""Many files at once: in order, in parallel, from where an interrupted run ended.

source, sources, archive     files, folders, patterns and archives as one stream
row                          a verdict as one row
task                         some sources in, encoded rows out, the same wherever it runs
engine                       this process, or several of this computer
cluster                      workers of a Dask cluster
likest                       the likest references of very many spectra, on either
output, text_output,         rows into CSV, JSON lines or Parquet, and what an earlier run left there
parquet_output
run                          `run_batch`, which composes them
"""

from .engine import Engine, Here, Pool, cores
from .output import open_output
from .run import Progress, run_batch
from .sources import Sources, find_sources
from .task import Setup

__all__ = [
    "Engine",
    "Here",
    "Pool",
    "Progress",
    "Setup",
    "Sources",
    "cores",
    "find_sources",
    "open_output",
    "run_batch",
]
