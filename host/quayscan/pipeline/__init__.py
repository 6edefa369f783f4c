"""The one place that composes the stages: a spectrum, a file or a device in, a verdict out.

request         what is asked about every spectrum of a run
identification  from a spectrum or a file to a verdict
scanning        from a device to a verdict and its record
keeping         a verdict with its evidence becomes a record
"""

from .identification import FileResult, identify, identify_files, recipe_of
from .keeping import keep
from .request import Request
from .scanning import ScanResult, default_settings, open_device, recover, scan

__all__ = [
    "FileResult",
    "Request",
    "ScanResult",
    "default_settings",
    "identify",
    "identify_files",
    "keep",
    "open_device",
    "recipe_of",
    "recover",
    "scan",
]
