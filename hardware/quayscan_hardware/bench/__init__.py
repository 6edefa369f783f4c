"""The virtual optical bench: one effect a file, put together by `Bench` and served by `BenchServer`."""

from .bench import Bench
from .conditions import IDEAL, Conditions
from .line_log import Change
from .server import BenchServer
from .truth import Frame

__all__ = ["IDEAL", "Bench", "BenchServer", "Change", "Conditions", "Frame"]
