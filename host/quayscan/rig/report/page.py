"""The page: what was tried on which board, every figure beside its limit, failures first."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import Any

from ..result import FAILED, CaseResult
from ..summary import LightOff, Summary
from .plots import plots

STYLE = """
body { font: 15px/1.45 system-ui, sans-serif; margin: 2em auto; max-width: 68em; padding: 0 1em; color: #1b1f24; }
h1 { font-size: 1.5em; } h2 { font-size: 1.15em; margin-top: 2em; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .3em .6em; vertical-align: top; }
th { border-bottom: 2px solid #444; vertical-align: bottom; } th.number { text-align: right; }
td { border-bottom: 1px solid #ddd; } td.number { text-align: right; white-space: nowrap; }
.passed { color: #14692f; } .failed { color: #a30f1d; font-weight: 600; } .skipped { color: #6b6b6b; }
.verdict { font-size: 1.3em; font-weight: 700; } figure { margin: 1em 0; } svg { max-width: 100%; height: auto; }
"""
GROUPS = (("function", "Functions"), ("fault", "Faults"), ("metrology", "Metrology"))


def html_page(about: Mapping[str, Any], results: Sequence[CaseResult], summary: Summary) -> str:
    """A page that stands alone: no script, nothing fetched."""
    word = "passed" if summary.passed else "failed"
    body = [
        f"<h1>Rig report: {_text(about.get('board', ''))} on {_text(about.get('rig', ''))}</h1>",
        f'<p class="verdict {word}">{word.upper()}</p>',
        _about(about, summary),
        _light_off(summary.light_off),
        *[f"<h2>{_text(title)}</h2><figure>{svg}</figure>" for title, svg in plots(results)],
        *[_group(title, [one for one in results if one.group == name]) for name, title in GROUPS],
    ]
    title = f"Rig report: {_text(about.get('board', ''))}"
    head = f'<meta charset="utf-8"><title>{title}</title><style>{STYLE}</style>'
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{"".join(body)}</body></html>\n'


def _text(value: object) -> str:
    return html.escape(str(value))


def _about(about: Mapping[str, Any], summary: Summary) -> str:
    rows = {
        **{name.replace("_", " "): value for name, value in about.items()},
        "cases": f"{summary.cases - summary.skipped} run, {summary.failed} failed, {summary.skipped} skipped",
        "exposures": f"{summary.exposures}, each compared with its frames where they are known",
        "longest recovery": f"{summary.recovery_most_s:.1f} s",
    }
    cells = "".join(f"<tr><th>{_text(name)}</th><td>{_text(value)}</td></tr>" for name, value in rows.items())
    return f"<table>{cells}</table>"


def _light_off(rows: Sequence[LightOff]) -> str:
    if not rows:
        return ""
    head = _head("cause", "*times", "*p50, ms", "*p99, ms", "*limit, ms", "*passes", "*wall p99, ms", "")
    cells = []
    for one in rows:
        word = "passed" if one.passed else "failed"
        numbers = (
            one.number,
            f"{one.gate_p50_ms:.1f}",
            f"{one.gate_p99_ms:.1f}",
            f"{one.limit_ms:.0f}",
            one.passes_most if one.passes_most >= 0 else "not counted",
            f"{one.wall_p99_ms:.1f}",
        )
        columns = "".join(f'<td class="number">{_text(number)}</td>' for number in numbers)
        cells.append(f'<tr><td>{_text(one.cause)}</td>{columns}<td class="{word}">{word}</td></tr>')
    return f"<h2>How fast the light goes off</h2><table><tr>{head}</tr>{''.join(cells)}</table>"


def _group(title: str, results: Sequence[CaseResult]) -> str:
    if not results:
        return ""
    ordered = sorted(results, key=lambda one: one.outcome != FAILED)
    head = _head("case", "seed", "", "what was done, and what must hold", "seen", "*figure", "*limit", "*recovery, s")
    return f"<h2>{title}</h2><table><tr>{head}</tr>{''.join(_row(one) for one in ordered)}</table>"


def _head(*names: str) -> str:
    """Headings; those of numbers begin with a star."""
    cells = [(name.removeprefix("*"), ' class="number"' if name.startswith("*") else "") for name in names]
    return "".join(f"<th{kind}>{_text(name)}</th>" for name, kind in cells)


def _row(result: CaseResult) -> str:
    figure = "" if result.measured is None else f"{result.measured:.4g} {result.unit}"
    limit = "" if result.limit is None else f"{result.limit:g}"
    recovery = "" if result.recovery_s is None else f"{result.recovery_s:.2f}"
    return (
        f"<tr><td>{_text(result.name)}</td><td>{result.seed}</td>"
        f'<td class="{result.outcome}">{result.outcome}</td>'
        f"<td>{_text(result.injected)}: {_text(result.invariant)}</td><td>{_text(result.finding)}</td>"
        f'<td class="number">{_text(figure)}</td><td class="number">{limit}</td><td class="number">{recovery}</td></tr>'
    )
