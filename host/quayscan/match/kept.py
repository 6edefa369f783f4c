"""What was made of a library's references is kept, the latest first to stay, as long as the library lives."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from ..library import Library

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Kept(Generic[Key, Value]):
    """Values by library and key, at most `most` of a library: the one that was not asked for longest goes first."""

    __slots__ = ("_most", "_values")

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: WeakKeyDictionary[Library, dict[Key, Value]] = WeakKeyDictionary()

    def get(self, library: Library, key: Key, make: Callable[[], Value]) -> Value:
        """The value of a key, made when it is not there."""
        kept = self._values.setdefault(library, {})
        value = kept.pop(key) if key in kept else make()
        kept[key] = value
        if len(kept) > self._most:
            del kept[next(iter(kept))]
        return value
