"""Every guard has a story, and fails it when it is taken out."""

import shutil
from pathlib import Path

import pytest
from guard_mutants import MUTANTS
from guard_scenarios import script
from machine_process import run_script
from running_device import FIRMWARE, MICROPYTHON

FASTEST = "micropython" if MICROPYTHON else "cpython"


@pytest.mark.parametrize("interpreter", ["cpython", "micropython"])
def test_every_story_ends_well(interpreter):
    if interpreter == "micropython" and MICROPYTHON is None:
        pytest.skip("no micropython for this platform")
    assert run_script(interpreter, script()) == ""


@pytest.fixture(scope="module")
def mutable(tmp_path_factory):
    """A copy of the firmware to break."""
    root = tmp_path_factory.mktemp("mutant")
    for package in ("quayscan_fw", "quayscan_wire"):
        shutil.copytree(Path(FIRMWARE) / package, root / package, ignore=shutil.ignore_patterns("__pycache__", "hal_*"))
    return root


@pytest.mark.parametrize("name", MUTANTS)
def test_its_story_fails_when_a_guard_is_missing(mutable, name):
    file, guard, instead, story = MUTANTS[name]
    path = mutable / "quayscan_fw" / f"{file}.py"
    sound = path.read_text()
    assert sound.count(guard) == 1, f"{file}.py: the guard of this mutant is not there once: {guard!r}"
    path.write_text(sound.replace(guard, instead))
    try:
        assert run_script(FASTEST, script([story]), mutable)
    finally:
        path.write_text(sound)
