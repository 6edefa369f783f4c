import itertools

import pytest

from quayscan_fw import safety
from quayscan_wire import faults, states
from quayscan_wire.blob import HOSTED, STANDALONE

MODES = {"HOSTED": HOSTED, "STANDALONE": STANDALONE}
STATES = ("OFF", "READY", "WARNING", "EMITTING", "FAULT")


def documented_rows():
    """The table of the docstring: {event name: (next state names, mode name or None)}."""
    rows = {}
    for line in safety.__doc__.splitlines():
        cells = line.split()
        if len(cells) in (6, 7) and line.startswith("    ") and cells[1] in STATES and cells[0] != "event":
            rows[cells[0]] = (cells[1:6], cells[6] if len(cells) == 7 else None)
    return rows


def number(event):
    return getattr(safety, event, None) or getattr(faults, event)


ROWS = documented_rows()
EVERY = list(itertools.product(MODES, ROWS, range(5)))


def test_docstring_has_every_event_of_the_data_and_no_other():
    in_data = set(safety.TABLE)
    for rows in safety.MODE_TABLE.values():
        in_data |= set(rows)
    assert {number(event) for event in ROWS} == in_data


@pytest.mark.parametrize(("mode", "event", "state"), EVERY)
def test_every_state_and_event_goes_where_the_docstring_says(mode, event, state):
    following, only = ROWS[event]
    expected = following[state] if only in (None, mode) else STATES[state]
    assert states.name(safety.next_state(MODES[mode], state, number(event))) == expected


@pytest.mark.parametrize(("mode", "event"), list(itertools.product(MODES, ROWS)))
def test_only_the_way_through_warning_leads_to_emitting(mode, event):
    for state in range(5):
        after = safety.next_state(MODES[mode], state, number(event))
        if after == states.EMITTING:
            assert state in (states.WARNING, states.EMITTING)
        if state == states.FAULT and event != "CLEAR":
            assert after == states.FAULT


@pytest.mark.parametrize("code", range(faults.FIRST_SAFETY, faults.PROGRAM + 1))
def test_every_safety_fault_ends_emission_in_the_mode_that_has_it(code):
    modes = [mode for mode in MODES.values() if code in safety.TABLE or code in safety.MODE_TABLE[mode]]
    assert modes or code == faults.ABORTED
    for mode in modes:
        assert safety.next_state(mode, states.EMITTING, code) == states.FAULT
        assert safety.next_state(mode, states.WARNING, code) == states.FAULT


def test_first_fault_is_kept_until_clear():
    machine = safety.Safety()
    for event in (safety.GOOD, safety.ARM, faults.INTERLOCK_OPEN, faults.KEY_OFF):
        machine.handle(event)
    assert (machine.state, machine.fault) == (states.FAULT, faults.INTERLOCK_OPEN)
    machine.handle(safety.CLEAR)
    assert (machine.state, machine.fault) == (states.OFF, 0)


def test_refused_latches_its_cause():
    machine = safety.Safety()
    machine.handle(safety.REFUSED, faults.KEY_OFF)
    assert (machine.state, machine.fault) == (states.FAULT, faults.KEY_OFF)


@pytest.mark.parametrize("permitted", [False, True])
@pytest.mark.parametrize(("mode", "event", "state"), EVERY)
def test_the_machine_follows_the_table_and_standalone_needs_leave_to_arm(mode, event, state, permitted):
    machine = safety.Safety(MODES[mode], standalone=permitted)
    machine.state = state
    machine.fault = faults.KEY_OFF if state == states.FAULT else 0
    after = machine.handle(number(event), faults.INTERLOCK_OPEN if event == "REFUSED" else 0)
    following, only = ROWS[event]
    barred = event == "ARM" and mode == "STANDALONE" and not permitted
    assert states.name(after) == (following[state] if only in (None, mode) and not barred else STATES[state])
    if after != states.FAULT:
        assert machine.fault == 0
    elif state == states.FAULT:
        assert machine.fault == faults.KEY_OFF
    else:
        assert machine.fault == (faults.INTERLOCK_OPEN if event == "REFUSED" else number(event))
