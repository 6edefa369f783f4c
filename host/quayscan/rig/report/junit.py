"""JUnit XML: one test case a result, its group as the class."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree

from ..result import SKIPPED, CaseResult

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd]")
"""Characters that XML 1.0 does not allow, whatever an error message holds."""


def junit_xml(name: str, results: Sequence[CaseResult]) -> str:
    """The run as a test suite."""
    suite = ElementTree.Element(
        "testsuite",
        name=f"quayscan.rig {name}",
        tests=str(len(results)),
        failures=str(sum(one.failed for one in results)),
        errors="0",
        skipped=str(sum(one.outcome == SKIPPED for one in results)),
        time=f"{sum(one.seconds for one in results):.3f}",
    )
    for one in results:
        suite.append(_case(one))
    root = ElementTree.Element("testsuites")
    root.append(suite)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _case(result: CaseResult) -> ElementTree.Element:
    case = ElementTree.Element(
        "testcase",
        classname=f"rig.{result.group}",
        name=f"{result.name} [seed {result.seed}]",
        time=f"{result.seconds:.3f}",
    )
    said = _FORBIDDEN.sub("?", result.finding)
    if result.failed:
        ElementTree.SubElement(case, "failure", message=said).text = f"{result.injected}\n{result.invariant}\n{said}"
    elif result.outcome == SKIPPED:
        ElementTree.SubElement(case, "skipped", message=said)
    else:
        ElementTree.SubElement(case, "system-out").text = said
    return case
