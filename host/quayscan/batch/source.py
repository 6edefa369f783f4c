"""`Source`: one spectrum file of a run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file by its name, or a member of an archive with its bytes.

    Attributes
    ----------
    name : the path, or archive/member. data : the bytes; None where the file is to be read from `name`.
    error : why there are no bytes; "" when there are.
    """

    name: str
    data: bytes | None = None
    error: str = ""
