"""The built wheel, away from the checkout, holds all that a scan needs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def installed(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel's content, as an install lays it out."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(checkout)]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def run(site: Path, *words: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(site), "QUAYSCAN_DATA": str(site / "data")}
    command = [sys.executable, "-W", "error", *words]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=site.parent, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no pseudo-terminals")
def test_the_wheel_scans_by_itself(installed: Path) -> None:
    packages = "quayscan, quayscan_hardware, quayscan_spectra, quayscan_wire"
    places = run(installed, "-c", f"import {packages}; print([p.__file__ for p in ({packages})])")
    assert places.count(str(installed)) == 4
    row = json.loads(run(installed, "-m", "quayscan", "scan", "--port", "sim:raman785?speed=50", "--json"))
    assert (row["verdict"], row["candidates"][0]["substance"], row["record"]) == ("MATCH", "acetone", 1)


def test_the_wheel_is_typed_and_holds_no_tests(installed: Path) -> None:
    for package in ("quayscan", "quayscan_hardware", "quayscan_spectra"):
        assert (installed / package / "py.typed").is_file()
    tops = {path.name for path in installed.iterdir() if not path.name.endswith(".dist-info")} - {"data"}
    assert tops == {"quayscan", "quayscan_fw", "quayscan_hardware", "quayscan_rig", "quayscan_spectra", "quayscan_wire"}
