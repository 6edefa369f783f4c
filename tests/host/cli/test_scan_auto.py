from __future__ import annotations

import os

import pytest
from command_line import CommandLine

pytestmark = pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no pseudo-terminals")


def test_auto_tells_how_the_exposure_came_about(quayscan: CommandLine, schema) -> None:
    port = "sim:raman785?speed=5"
    done = quayscan(
        "scan", "--port", port, "--sample", "cyclohexane", "--seed", "4", "--auto", "--budget", "2", "--json"
    )
    assert done.code == 0, done
    (row,) = done.rows()
    schema.validate(row)
    exposure = row["device"]["exposure"]
    assert (row["verdict"], exposure["found"]["reason"]) == ("MATCH", "REACHED")
    assert 0.6 <= exposure["found"]["peak"] <= 0.9
    assert 2e-6 * exposure["exposure_us"] * exposure["averages"] <= 2.0


def test_a_burning_sample_ends_with_exit_code_5_and_what_to_do(quayscan: CommandLine) -> None:
    port = "sim:raman785?speed=5&fault=burning"
    done = quayscan("scan", "--port", port, "--sample", "caffeine", "--seed", "4", "--auto")
    assert done.code == 5
    assert "BURN_GUARD" in done.err
    assert "less power or not at all" in done.err


def test_a_board_with_a_white_tile_says_that_it_takes_no_target(quayscan: CommandLine) -> None:
    done = quayscan("scan", "--port", "sim:nir1700?speed=5", "--auto")
    assert done.code == 3
    assert "white tile" in done.err


def test_an_unknown_fault_lists_those_there_are(quayscan: CommandLine) -> None:
    done = quayscan("scan", "--port", "sim:raman785?fault=gremlins")
    assert done.code == 2
    assert "read-back" in done.err
