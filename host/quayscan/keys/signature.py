"""Ed25519 signatures (RFC 8032) and the fingerprint of a public key."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..errors import SignatureError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

PUBLIC_BYTES = 32
SECRET_BYTES = 32
SIGNATURE_BYTES = 64
FINGERPRINT_DIGITS = 16
"""64 bits: read aloud in a breath, and no other key is found for it by trying."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKey:
    """A private key: 32 secret bytes, never shown in its text form."""

    secret: bytes = field(repr=False)

    @property
    def public(self) -> bytes:
        """The 32 bytes that others check signatures with."""
        return self._key().public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """The 64 bytes of the signature."""
        return self._key().sign(message)

    def _key(self) -> Ed25519PrivateKey:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self.secret)


def check_signature(public: bytes, signature: bytes, message: bytes) -> None:
    """Return when `signature` is the key's own over `message`.

    Raises
    ------
    SignatureError
        It is not, or the key is none.
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError) as exc:
        raise SignatureError(
            f"the signature is not that of key {fingerprint(public)} over this content: it was altered"
        ) from exc


def fingerprint(public: bytes) -> str:
    """16 hexadecimal digits of the key's SHA-256."""
    return hashlib.sha256(public).hexdigest()[:FINGERPRINT_DIGITS]
