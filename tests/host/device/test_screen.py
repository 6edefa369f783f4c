from __future__ import annotations

import pytest
from scripted import ScriptedLink

from quayscan.device import DeviceClient, Screen
from quayscan.errors import DeviceRefused, UsageError
from quayscan.verdict import Action, VerdictKind
from quayscan_wire import faults, kinds, messages, show


@pytest.mark.parametrize("shown", [True, False])
def test_a_screen_travels_as_names_numbers_and_ascii(shown: bool) -> None:
    got = []

    def script(kind: int, payload: bytes):
        got.append(messages.unpack_show(payload))
        return [(kinds.SHOW | kinds.REPLY, messages.pack_show_answer(int(shown)))]

    screen = Screen(verdict="MATCH", action="ALERT", bar=0.987, substance="é" * 70, note="UN88 Table II")
    assert DeviceClient(ScriptedLink(script)).show(screen) is shown
    (fields,) = got
    assert (fields["verdict"], fields["action"], fields["bar"]) == (show.MATCH, show.ALERT, 99)
    assert (fields["substance"], fields["note"]) == ("?" * 64, "UN88 Table II")


def test_every_verdict_and_action_has_its_number() -> None:
    assert set(show.VERDICTS) == {one.value for one in VerdictKind}
    assert set(show.ACTIONS) == {one.value for one in Action}


def test_an_older_firmware_refuses_by_name() -> None:
    refusal = messages.pack_fault(kinds.SHOW, faults.UNKNOWN_KIND, 0, "kind 0x0d is not known here")
    device = DeviceClient(ScriptedLink(lambda kind, payload: [(kinds.FAULT, refusal)]))
    with pytest.raises(DeviceRefused, match="UNKNOWN_KIND"):
        device.show(Screen(verdict="UNKNOWN", action="SEND_TO_LAB"))


@pytest.mark.parametrize("wrong", [{"verdict": "MAYBE"}, {"action": "RUN"}, {"bar": 1.1}])
def test_what_no_device_can_show_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        Screen(**{"verdict": "MATCH", "action": "ALERT", **wrong})  # type: ignore[arg-type]
