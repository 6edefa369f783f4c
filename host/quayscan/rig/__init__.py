"""The hardware-in-the-loop rig: one suite for any board, on the virtual bench or on a bench of wood.

    resource   the things: a board, a controller around it, hands (virtual, real; spec names one)
    driver     a session with the board on a link that can be spoiled (spoiled_link)
    strategy   off, booted, idle, armed, emitting, each step with a deadline

case       one thing that is tried; functions, faults and metrology are cases
rig        what cases do with a board
ledger     every exposure against the frames that the detector gave
watch      how fast the light went off, and whether it was ever on against the rules
campaign   cases over seeds; run: a whole run
summary    what a run says as a whole; report: its papers
"""

from .campaign import open_rig, run_campaign
from .case import Case, Found, run_case
from .report import html_page, junit_xml, read_signed, signed_json
from .result import FAILED, PASSED, SKIPPED, CaseResult, Latency
from .rig import Rig
from .run import CASES, chosen_cases, open_resources, run_rig
from .spec import RigSpec, parse_rig
from .strategy import State
from .summary import LightOff, Summary, summarise, summary_lines
from .virtual import VirtualResources

__all__ = [
    "CASES",
    "FAILED",
    "PASSED",
    "SKIPPED",
    "Case",
    "CaseResult",
    "Found",
    "Latency",
    "LightOff",
    "Rig",
    "RigSpec",
    "State",
    "Summary",
    "VirtualResources",
    "chosen_cases",
    "html_page",
    "junit_xml",
    "open_resources",
    "open_rig",
    "parse_rig",
    "read_signed",
    "run_campaign",
    "run_case",
    "run_rig",
    "signed_json",
    "summarise",
    "summary_lines",
]
