"""A library of drawn substances."""

import pytest

from quayscan.library import Library, from_spectra

from .drawing import SUBSTANCES, entry


@pytest.fixture(scope="session")
def drawn_library() -> Library:
    return from_spectra([entry(name) for name in SUBSTANCES], name="drawn")


@pytest.fixture(scope="session")
def without_alpha() -> Library:
    return from_spectra([entry(name) for name in SUBSTANCES if name != "alpha"], name="without alpha")
