"""One short story a guard, for the machine: what is done, and what must come of it."""

_EMIT = "new|hello|scan 100 3|beat 400|expect light 1"
_PROVED = "new|hello|provision 1|prove"
_ALONE = f"{_PROVED}|wait 3010|trigger 1"
_ALONE_LIT = f"{_ALONE}|wait 130|expect light 1"

STORIES = {
    "key": f"{_EMIT}|key 0|expect fault KEY_OFF",
    "interlock": f"{_EMIT}|interlock 0|expect fault INTERLOCK_OPEN",
    "light too hot": f"{_EMIT}|heat 41 -10|expect fault OVER_TEMPERATURE",
    "light too cold": f"{_EMIT}|heat 9 -10|expect fault OVER_TEMPERATURE",
    "detector too hot": f"{_EMIT}|heat 25 41|expect fault OVER_TEMPERATURE",
    "detector too cold": f"{_EMIT}|heat 25 -21|expect fault OVER_TEMPERATURE",
    "indicator goes dark": f"{_EMIT}|works 0 1 1|expect fault INDICATOR_DARK",
    "indicator never lights": "new|hello|works 0 1 1|scan 20 2|beat 120|expect fault INDICATOR_DARK",
    "photodiode goes blind": f"{_EMIT}|works 1 0 1|beat 30|expect fault LIGHT_MISMATCH",
    "light too weak": f"{_EMIT}|shine 45|beat 30|expect fault LIGHT_MISMATCH",
    "light too strong": f"{_EMIT}|shine 170|beat 30|expect fault LIGHT_MISMATCH",
    "light somewhat off": f"{_EMIT}|shine 60|beat 50|expect light 1|shine 140|beat 50|expect light 1",
    "light while off": "new|hello|wait 30|stray 1500|wait 5|clear|expect fault LIGHT_MISMATCH",
    "heartbeat": f"{_EMIT}|wait 205|expect fault HEARTBEAT_LOST",
    "on-time": f"{_EMIT}|works 1 1 0|beat 950|expect fault ON_TIME",
    "detector": "new|hello|scan 20 2|works 1 1 0|beat 2100|expect fault DETECTOR",
    "first fault stays": f"{_EMIT}|interlock 0|key 0|wait 3|expect fault INTERLOCK_OPEN",
    "arming reads afresh": "new|hello|scan 20 2|open_at_frame 2|expect state FAULT",
    "scan reads afresh": "new|hello|status|quietly 0|scan 20 2|expect answer 255|expect job 0",
    "fault refuses scan": f"{_EMIT}|interlock 0|interlock 1|scan 20 2|expect answer 255",
    "cause keeps fault": f"{_EMIT}|interlock 0|clear|expect fault INTERLOCK_OPEN|interlock 1|clear|expect fault NONE",
    "stray light keeps fault": f"{_EMIT}|stray 1500|interlock 0|interlock 1|clear|expect fault INTERLOCK_OPEN",
    "other mode": f"{_EMIT}|change_mode|expect light 0",
    "hello ends light": f"{_EMIT}|hello|expect light 0|expect job 0|expect fault NONE",
    "hello is no heartbeat": "new|hello|status|expect state READY|hello|wait 1|expect state OFF",
    "abort": f"{_EMIT}|abort|expect light 0|expect job 0|expect fault NONE",
    "end of frames": "new|hello|scan 20 2|beat 200|expect job 0|expect light 0|expect state READY|take|expect answer 1",
    "second scan": "new 2|hello|scan 100 2|scan 20 2|expect answer 255",
    "too long a scan": "new|hello|scan 200 5|expect answer 255|expect job 0",
    "failure": f"{_EMIT}|fail|expect light 0|expect fault PROGRAM|expect job 0",
    "repeat": "new|hello|scan 20 3|again|expect answer 131|beat 300|expect waiting 1|take|expect answer 1",
    "unproved scan": "new|hello|provision 0|hello|scan 20 2|expect answer 255|expect job 0",
    "unproved status": "new|hello|provision 0|hello|status|expect state OFF",
    "wrong key": "new|hello|provision 0|prove 0|expect answer 255|scan 20 2|expect answer 255",
    "replay": f"{_PROVED}|scan 20 2|beat 200|take|wait 5|replay 8|expect job 0|expect refused 1",
    "tampered": f"{_PROVED}|scan_tampered 10|expect job 0|expect refused 1",
    "nearly the seal": f"{_PROVED}|scan_tampered 104|expect job 0|expect refused 1",
    "forged": f"{_PROVED}|forged_scan|expect job 0|expect refused 1",
    "not without leave": "new|hello|provision 0|prove|wait 3010|trigger 1|wait 200|expect job 0",
    "guard needs leave": "new|hello|provision 0|prove|wait 3010|trigger 1|arm_alone|wait 70|expect light 0",
    "trigger measures": f"{_ALONE}|wait 300|expect waiting 1|trigger 0|prove|take|expect answer 1",
    "trigger with open interlock": f"{_PROVED}|wait 3010|interlock 0|trigger 1|wait 5|expect job 0",
    "trigger let go": f"{_ALONE_LIT}|trigger 0|expect light 0|expect fault TRIGGER_RELEASED",
    "trigger let go early": f"{_ALONE}|wait 20|trigger 0|wait 2|expect job 0|expect fault NONE",
    "shorter on-time": f"{_ALONE_LIT}|works 1 1 0|wait 405|expect fault ON_TIME",
    "host is there": f"{_PROVED}|status|trigger 1|wait 100|expect job 0",
    "held at power-up": f"{_PROVED}|trigger 1|power|wait 100|expect job 0",
    "pressed once": f"{_ALONE}|wait 1000|expect waiting 1",
    "press re-arms": f"{_ALONE_LIT}|trigger 0|wait 5|trigger 1|wait 300|expect waiting 1",
    "flash full": "new|hello|"
    + "scan 1 1 1|beat 20|" * 4
    + "unplug|hello|scan 1 1 1|expect answer 255|expect waiting 4",
    "flash full alone": (
        f"{_PROVED}|" + "scan 1 1 1|beat 20|" * 4 + "unplug|wait 5|trigger 1|wait 300|expect job 0|expect waiting 4"
    ),
    "flash is left alone": (
        "new|hello|scan 1 1 1|beat 20|unplug|hello|scan 100 2|status|ack 1|expect answer 255|beat 600|expect waiting 2"
    ),
    "erasing waits": "new|hello|" + "scan 1 1 1|beat 20|take|" * 6 + "scan 1 1 1|beat 20|scan 100 2|beat 400",
    "silent host": "new|hello|scan 1 1 1|beat 20|wait 3010|power|hello|expect waiting 1|take|expect answer 1",
    "key while waiting": f"{_PROVED}|scan 1 1 1|beat 20|provision 0|expect answer 255|maintain|expect provisioned 1",
    "key while measuring": f"{_PROVED}|scan 100 2|maintain|expect answer 255|expect provisioned 1",
    "maintenance": f"{_PROVED}|maintain|expect answer 138|power|expect provisioned 0",
    "lost link": f"{_EMIT}|unplug|expect light 0|hello|expect waiting 0",
    "power cut": (
        f"{_PROVED}|cut 300|wait 3010|trigger 1|wait 300|expect lost 1|trigger 0|prove|journal 1|expect lost 0"
    ),
}


def script(names=None):
    """The stories as events, one a line."""
    return "".join(STORIES[name].replace("||", "|").strip("|").replace("|", "\n") + "\n" for name in names or STORIES)
