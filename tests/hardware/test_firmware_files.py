"""The generated files of the firmware are what the generator makes, and fit what the programs take for granted."""

import json
import re
import subprocess
import sys

import pytest

from quayscan_hardware.board import board_names, load_board
from quayscan_hardware.firmware_files import firmware_files, main
from quayscan_hardware.mip_package import mip_package, rig_package

FILES = firmware_files()


@pytest.mark.parametrize("name", FILES)
def test_checked_in_file_is_the_generated_one_byte_for_byte(checkout, name):
    checked_in = checkout.joinpath("firmware", name).read_bytes()
    assert checked_in == FILES[name].encode(), f"{name} is old: run `make firmware-files`"


def test_checked_in_package_lists_the_files_that_are_there(checkout):
    firmware = checkout / "firmware"
    made = mip_package(firmware)
    assert firmware.joinpath("package.json").read_text() == made, "package.json is old: run `make firmware-files`"


def test_package_puts_every_module_where_it_is_imported_from(checkout):
    package = json.loads(checkout.joinpath("firmware", "package.json").read_text())
    targets = {target: source for target, source in package["urls"]}
    assert targets["boot.py"] == "quayscan_fw/hal_rp2/root/boot.py"
    assert targets["main.py"] == "quayscan_fw/hal_rp2/root/main.py"
    assert all(target == source for target, source in targets.items() if "/" in target)
    assert not any(word in target for target in targets for word in ("bench", "stdio", "frame_buffer"))
    assert all(checkout.joinpath("firmware", source).is_file() for source in targets.values())


def test_main_writes_all_files(tmp_path):
    tmp_path.joinpath("quayscan_fw", "hal_rp2").mkdir(parents=True)
    tmp_path.joinpath("quayscan_fw", "__init__.py").write_text('FIRMWARE_VERSION = "9.9.9"\n')
    main(tmp_path)
    assert all(tmp_path.joinpath(name).read_text() == content for name, content in FILES.items())
    assert json.loads(tmp_path.joinpath("package.json").read_text())["version"] == "9.9.9"


def test_package_without_a_version_is_refused(tmp_path):
    tmp_path.joinpath("quayscan_fw").mkdir()
    tmp_path.joinpath("quayscan_fw", "__init__.py").write_text("")
    with pytest.raises(ValueError, match="has no FIRMWARE_VERSION"):
        mip_package(tmp_path)


@pytest.mark.parametrize("name", board_names())
def test_pins_lie_as_the_programs_need_them(name):
    pins = load_board(name).pins
    start = pins["ccd_clear_gate" if name == "raman785" else "array_trigger"]
    assert start - pins["adc_data"] == 5
    assert pins["adc_convert"] - pins["adc_clock"] == 1
    if name == "raman785":
        assert pins["ccd_clear_gate"] - pins["ccd_shift_gate"] == 1


@pytest.mark.parametrize("name", board_names())
def test_pins_can_do_what_they_are_for(name):
    # RP2040 datasheet, table 2: I2C0 data on 4n, clock on 4n + 1; I2C1 data on 4n + 2, clock on 4n + 3; ADC on 26 to 29
    pins = load_board(name).pins
    assert (pins["display_data"] % 4, pins["display_clock"] % 4) == (0, 1)
    assert (pins["sensor_data"] % 4, pins["sensor_clock"] % 4) == (2, 3)
    assert 26 <= pins["photodiode"] <= 28
    assert (pins["light_power"] >> 1) % 8 != (pins["buzzer"] >> 1) % 8, "two PWMs on one slice have one frequency"


def test_first_statement_of_boot_drives_the_light_low_on_every_board(checkout):
    first = checkout.joinpath("firmware/quayscan_fw/hal_rp2/root/boot.py").read_text().splitlines()[0]
    number = re.match(r"import machine; machine\.Pin\((\d+), machine\.Pin\.OUT, value=0\)", first)
    assert {int(number[1])} == {load_board(name).pins["light_enable"] for name in board_names()}


PROGRAM_SECTORS = 110
"""Files of the program, a sector each at least, and what littlefs needs for itself."""


@pytest.mark.parametrize("name", board_names())
def test_the_stock_images_file_system_holds_program_and_store(checkout, name):
    files = list(checkout.joinpath("firmware").glob("quayscan_*/**/*.py"))
    assert len(files) < PROGRAM_SECTORS
    assert load_board(name).scan.flash_bytes // 4096 + PROGRAM_SECTORS <= 352


def test_the_rig_board_s_package_has_all_that_its_program_imports(checkout, tmp_path):
    package = json.loads(checkout.joinpath("firmware", "package_rig.json").read_text())
    for target, source in package["urls"]:
        tmp_path.joinpath(target).parent.mkdir(parents=True, exist_ok=True)
        tmp_path.joinpath(target).write_bytes(checkout.joinpath("firmware", source).read_bytes())
    assert json.dumps(package, indent=2) + "\n" == rig_package(checkout / "firmware"), "run `make firmware-files`"
    wanted = "import quayscan_rig.program, quayscan_rig.player, quayscan_fw.board"
    done = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, '.'); {wanted}"], cwd=tmp_path, check=False
    )
    assert done.returncode == 0
    assert not any("twin" in target or "bench" in target for target, _ in package["urls"])
