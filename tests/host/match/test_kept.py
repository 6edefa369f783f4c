import gc
import weakref

import numpy as np

from quayscan.library import Library, Reference
from quayscan.library.library import assemble
from quayscan.match.kept import Kept


def library() -> Library:
    reference = Reference(substance="a", name="A", grade="measured")
    return assemble("one", [reference], np.ones((1, 951), np.float32), np.array([[0, 951]], np.int32))


def test_a_value_is_made_once_and_the_one_not_asked_for_longest_goes() -> None:
    kept: Kept[int, str] = Kept(2)
    owner, made = library(), []

    def make(key: int) -> str:
        made.append(key)
        return str(key)

    for key in (1, 2, 1, 3, 1, 2):
        assert kept.get(owner, key, lambda key=key: make(key)) == str(key)
    assert made == [1, 2, 3, 2]


def test_each_library_has_its_own_and_takes_it_with_it() -> None:
    kept: Kept[int, np.ndarray] = Kept(4)
    one, other = library(), library()
    first = kept.get(one, 1, lambda: np.zeros(1))
    assert kept.get(other, 1, lambda: np.ones(1)) is not first
    there = weakref.ref(first)
    del one, first
    gc.collect()
    assert there() is None
