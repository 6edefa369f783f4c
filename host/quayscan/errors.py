"""Every error that quayscan raises, as one tree.

QuayscanError
├── UsageError              exit 2   the request itself is wrong (unknown regime, bad date, bad option)
│   └── StoreError                   records cannot be opened or written where they should be
├── DeviceError             exit 3   the device or the way to it
│   ├── PortNotFound                 no such port; the message lists those that exist
│   ├── LinkLost                     the link ended or fell silent in the middle of something
│   ├── ProtocolMismatch             the two sides speak different protocol versions
│   ├── DeviceRefused                the device answered a request with a fault code
│   ├── ScanAborted                  somebody ended the exposure on purpose; nothing is latched
│   ├── DeviceUntrusted              the device, or what it sent, fails the proof of its key
│   ├── FlashFailed                  a new program did not get onto the device; says which one it has now
│   ├── RigFailed                    the rig around a board failed: nothing was learnt about the board
│   ├── CalibrationLocked            the device failed its check and must be calibrated first
│   └── SimUnavailable               the virtual bench needs something this system lacks
├── InputError              exit 4   data that cannot be used
│   ├── FileFormatError              a file that cannot be read; names file, line and remedy
│   ├── SpectrumError                numbers that are no spectrum
│   ├── CalibrationError             lamp, standard or saved calibration that cannot be used
│   ├── LibraryError                 a library file that cannot be opened or built
│   ├── KeyFileError                 a key that cannot be made, read or used
│   └── SignatureError               a signature that is not the key's own over this content
├── RigViolation            exit 1   a board on the rig broke what must always hold
├── RecordError             exit 1   the record chain does not check
└── SafetyFault             exit 5   the device latched a safety fault; the light is off

Each message says what happened, the value, and what to do next.
"""


class QuayscanError(Exception):
    """Root of the tree. `exit_code` is what the command line returns for it."""

    exit_code = 1


class UsageError(QuayscanError):
    """The request itself is wrong: an unknown regime, a bad date, a bad option."""

    exit_code = 2


class StoreError(UsageError):
    """Records or captures cannot be opened or written where they should be: rights, space, or a file that is none."""


class DeviceError(QuayscanError):
    """The device, or the way to it, failed."""

    exit_code = 3


class PortNotFound(DeviceError):
    """No such port. The message lists the ports that exist."""


class LinkLost(DeviceError):
    """The link ended or fell silent in the middle of something."""


class ProtocolMismatch(DeviceError):
    """The two sides speak different protocol versions; both are named."""


class DeviceRefused(DeviceError):
    """The device answered a request with a fault code."""

    def __init__(self, message: str, *, code: int = 0) -> None:
        super().__init__(message)
        self.code = code


class ScanAborted(DeviceError):
    """Somebody ended the exposure on purpose, this program or another one. The light is off, nothing is latched."""


class DeviceUntrusted(DeviceError):
    """The device could not prove its key, or has lost it, or an exposure is not the one that it tagged."""


class FlashFailed(DeviceError):
    """A new program did not get onto the device, or does not run there; the message says which one it has now."""


class SimUnavailable(DeviceError):
    """The virtual bench needs something that this system lacks."""


class RigFailed(DeviceError):
    """The rig around a board failed, or lacks what was asked for: nothing was learnt about the board."""


class RigViolation(QuayscanError):
    """A board on the rig broke what must always hold; the message says what, and by how much."""


class InputError(QuayscanError):
    """Data that cannot be used."""

    exit_code = 4


class FileFormatError(InputError):
    """A file that cannot be read. Names the file, the line where known, and the remedy."""


class SpectrumError(InputError):
    """Numbers that are no spectrum: wrong shape, not finite, axis not ascending."""


class CalibrationError(InputError):
    """A lamp, standard or saved calibration that cannot be used: lines not recognised, a damaged file."""


class CalibrationLocked(DeviceError):
    """The device failed its last check: it does not scan until it is calibrated again or someone answers for it."""


class LibraryError(InputError):
    """A library file that cannot be opened, or a folder that cannot be built into one."""


class KeyFileError(InputError):
    """A key that cannot be made, read or used."""


class SignatureError(InputError):
    """A signature that is not the key's own over this content."""


class RecordError(QuayscanError):
    """The record chain does not check, or a record is not there."""


class SafetyFault(QuayscanError):
    """The device latched a safety fault. The light is off."""

    exit_code = 5
