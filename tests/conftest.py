"""Fixtures for every room's tests."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent


def _find_shared_data() -> Path | None:
    named = os.environ.get("QUAYSCAN_SHARED_DATA")
    places = [Path(named)] if named else [CHECKOUT.parent / "shared" / "data"]
    return next((place for place in places if (place / "spectra").is_dir()), None)


SHARED_DATA = _find_shared_data()

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # a shell's background job: the programs tested inherit it
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Development data lies beside the checkout: without it those tests skip, and in CI that is an error."""
    if SHARED_DATA is not None:
        return
    reason = "development data not found: set QUAYSCAN_SHARED_DATA or lay it at ../shared/data"
    if os.environ.get("CI") == "true":
        raise pytest.UsageError(reason)
    for item in items:
        if item.get_closest_marker("needs_shared_data"):
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of development data. Use with `@pytest.mark.needs_shared_data`."""
    if SHARED_DATA is None:
        pytest.skip("development data not found")
    return SHARED_DATA


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The root of the checkout."""
    return CHECKOUT
