"""The signature of a library file: 96 bytes, the signer's public key and the signature over the header."""

from __future__ import annotations

from ..errors import LibraryError, SignatureError
from ..keys import SigningKey, check_signature
from ..keys.signature import PUBLIC_BYTES, SIGNATURE_BYTES

SIGNED_BYTES = PUBLIC_BYTES + SIGNATURE_BYTES
UNSIGNED = bytes(SIGNED_BYTES)
DOMAIN = b"quayscan library\n"
"""Stands before the header in what is signed, so that no other file's signature fits a library."""


def sign_header(header: bytes, key: SigningKey) -> bytes:
    """The 96 bytes for a header."""
    return key.public + key.sign(DOMAIN + header)


def check_header(header: bytes, signed: bytes) -> bytes:
    """The signer's public key once its signature has been checked; empty when the library is unsigned.

    Raises
    ------
    LibraryError
        The signature is not the key's own over this header.
    """
    if signed == UNSIGNED:
        return b""
    public, signature = signed[:PUBLIC_BYTES], signed[PUBLIC_BYTES:]
    try:
        check_signature(public, signature, DOMAIN + header)
    except SignatureError as exc:
        raise LibraryError(f"it was altered after it was signed ({exc})") from exc
    return public
