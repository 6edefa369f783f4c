"""quayscan: what is this, may it pass here, how sure are we.

The public names below are loaded when first used, so that `import quayscan` costs nothing.

    from quayscan import identify, read_spectrum
    verdict = identify(read_spectrum("drum-17.csv"))
    print(verdict.verdict, verdict.action, [one.name for one in verdict.candidates if one.named])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .curate import build_library
    from .device import DeviceClient, Progress, ScanSettings
    from .errors import QuayscanError
    from .exposure import Exposure
    from .formats import read_spectrum
    from .library import Library, Reference, default_library, open_library, write_library
    from .link import open_link
    from .pipeline import FileResult, Request, ScanResult, identify, identify_files, open_device, recover, scan
    from .record import RecordStore
    from .report import verdict_json
    from .spectrum import Spectrum
    from .verdict import Verdict

__all__ = [
    "DeviceClient",
    "Exposure",
    "FileResult",
    "Library",
    "Progress",
    "QuayscanError",
    "RecordStore",
    "Reference",
    "Request",
    "ScanResult",
    "ScanSettings",
    "Spectrum",
    "Verdict",
    "build_library",
    "default_library",
    "identify",
    "identify_files",
    "open_device",
    "open_library",
    "open_link",
    "read_spectrum",
    "recover",
    "scan",
    "verdict_json",
    "write_library",
]

_HOMES = {
    "curate": ("build_library",),
    "device": ("DeviceClient", "Progress", "ScanSettings"),
    "errors": ("QuayscanError",),
    "exposure": ("Exposure",),
    "formats": ("read_spectrum",),
    "library": ("Library", "Reference", "default_library", "open_library", "write_library"),
    "link": ("open_link",),
    "pipeline": ("FileResult", "Request", "ScanResult", "identify", "identify_files", "open_device", "recover", "scan"),
    "record": ("RecordStore",),
    "report": ("verdict_json",),
    "spectrum": ("Spectrum",),
    "verdict": ("Verdict",),
}


def __getattr__(name: str) -> Any:
    from importlib import import_module

    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f".{home}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
