"""Our assembler's words against those of one that others wrote: Adafruit's pioasm, which `make` lays into .tools."""

import importlib.util
import os

import pytest

from quayscan_hardware.firmware_files import pio_programs
from quayscan_hardware.pio_assembler import assemble

PROGRAMS = pio_programs()


@pytest.fixture(scope="module")
def adafruit(checkout):
    file = checkout / ".tools" / "adafruit_pioasm.py"
    if not file.exists():
        reason = "no independent assembler in .tools: `make test` lays it there"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    spec = importlib.util.spec_from_file_location("adafruit_pioasm", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", PROGRAMS)
def test_words_and_settings_equal_those_of_an_independent_assembler(adafruit, name):
    ours, theirs = assemble(PROGRAMS[name]), adafruit.Program(PROGRAMS[name])
    settings = theirs.pio_kwargs
    assert list(ours.words) == list(theirs.assembled)
    assert (ours.wrap_target, ours.wrap) == (settings["wrap_target"], settings["wrap"])
    assert ours.side_set == settings.get("sideset_pin_count", 0)
    assert ours.push_bits == settings.get("push_threshold", 0)
    assert bool(ours.push_bits) == settings.get("auto_push", False)


@pytest.mark.parametrize("name", PROGRAMS)
def test_words_that_hal_rp2_loads_equal_those_of_an_independent_assembler(adafruit, name):
    from quayscan_fw.hal_rp2 import pio_words

    assert list(getattr(pio_words, name.upper())[0]) == list(adafruit.Program(PROGRAMS[name]).assembled)


def test_programs_of_one_pio_fit_its_memory():
    lengths = {name: len(assemble(text).words) for name, text in PROGRAMS.items()}
    assert lengths["square_clock"] + lengths["ccd_gates"] <= 32
    assert lengths["square_clock"] + lengths["array_reset"] <= 32
    assert max(lengths["adc_frame"], lengths["adc_triggered"]) <= 32


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("frob x, 1", "'frob x, 1' is not known here"),
        ("set x, 32", "32 does not fit 5 bits"),
        ("jmp nowhere", "nowhere"),
        ("nop [32]", "does not fit 5 and 0 bits"),
        ("nop side 1", "does not fit 5 and 0 bits"),
        ("in y", "not known here"),
    ],
)
def test_what_is_not_understood_is_refused(line, says):
    with pytest.raises(ValueError, match=says):
        assemble(f".program wrong\n{line}\n")


def test_side_set_must_be_on_every_line():
    with pytest.raises(ValueError, match="has no side value"):
        assemble(".program wrong\n.side_set 1\nnop\n")


def test_unknown_push_is_refused():
    with pytest.raises(ValueError, match=r"only `\.in N left auto BITS`"):
        assemble(".program wrong\n.in 32 right auto 16\nnop\n")
