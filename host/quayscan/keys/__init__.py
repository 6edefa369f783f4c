"""Keys: who signed a file, and whether this host believes them.

place       the folder they lie in
signature   Ed25519 over bytes, and the fingerprint by which people compare keys
host_key    this host's own key, made at first use
trust       the public keys that this host believes
device_keys the keys of provisioned devices, and which are revoked
os_keyring  the system's keyring; secret_file: a file of mode 0600
"""

from .device_keys import DEVICE_KEY_BYTES, DeviceKeys
from .device_keys import checked as checked_uid
from .host_key import host_key
from .place import config_path
from .signature import SigningKey, check_signature, fingerprint
from .trust import is_trusted, trust

__all__ = [
    "DEVICE_KEY_BYTES",
    "DeviceKeys",
    "SigningKey",
    "check_signature",
    "checked_uid",
    "config_path",
    "fingerprint",
    "host_key",
    "is_trusted",
    "trust",
]
