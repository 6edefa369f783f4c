"""The public names: complete, lazy, and enough for a notebook."""

from __future__ import annotations

import subprocess
import sys

import pytest

import quayscan


def test_every_public_name_is_there_and_listed_once() -> None:
    assert sorted(set(quayscan.__all__)) == quayscan.__all__ == dir(quayscan)
    for name in quayscan.__all__:
        assert getattr(quayscan, name) is not None
    homes = [name for names in quayscan._HOMES.values() for name in names]
    assert sorted(homes) == quayscan.__all__


def test_a_wrong_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'identfy'"):
        _ = quayscan.identfy


def test_importing_quayscan_loads_no_numpy() -> None:
    program = "import sys, quayscan, quayscan.cli.main; print('numpy' in sys.modules, 'sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
