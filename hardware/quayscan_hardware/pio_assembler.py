"""A small assembler for the RP2040's PIO: as much of pioasm's language as the programs in `pio/` use.

Source: RP2040 datasheet, section 3.4 (instruction set) and 3.3 (directives). The tests hold its words equal to those of
an assembler that others wrote.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_CONDITIONS = {"": 0, "!x": 1, "x--": 2, "!y": 3, "y--": 4, "x!=y": 5, "pin": 6, "!osre": 7}
_WAIT_SOURCES = {"gpio": 0, "pin": 1, "irq": 2}
_IN_SOURCES = {"pins": 0, "x": 1, "y": 2, "null": 3, "isr": 6, "osr": 7}
_MOV_SOURCES = {"pins": 0, "x": 1, "y": 2, "null": 3, "status": 5, "isr": 6, "osr": 7}
_MOV_TARGETS = {"pins": 0, "x": 1, "y": 2, "exec": 4, "pc": 5, "isr": 6, "osr": 7}
_SET_TARGETS = {"pins": 0, "x": 1, "y": 2, "pindirs": 4}
_FIELD_BITS = 5
"""Side-set and delay share five bits."""

_LINE = re.compile(r"(?P<code>.*?)(?:\s+side\s+(?P<side>\d+))?(?:\s*\[(?P<delay>\d+)\])?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class PioProgram:
    """Words and settings of one program.

    Attributes
    ----------
    words : 16-bit instructions. wrap_target, wrap : first and last instruction of the loop.
    side_set : how many pins the side values drive. push_bits : bits after which ISR is pushed by itself, 0 never.
    """

    name: str
    words: tuple[int, ...]
    wrap_target: int
    wrap: int
    side_set: int
    push_bits: int


def assemble(text: str) -> PioProgram:
    """The program that `text` holds.

    Raises
    ------
    ValueError
        Something that this assembler does not know, or a value that does not fit; the message has the line.
    """
    settings: dict[str, list[str]] = {}
    labels: dict[str, int] = {}
    lines: list[str] = []
    for raw in text.splitlines():
        line = raw.split(";")[0].strip()
        if line.startswith("."):
            name, *arguments = line[1:].split()
            settings[name] = [*arguments, str(len(lines))]
        elif line.endswith(":"):
            labels[line[:-1]] = len(lines)
        elif line:
            lines.append(line)
    side_set = int(settings.get("side_set", ["0"])[0])
    return PioProgram(
        name=settings["program"][0],
        words=tuple(_word(line, labels, side_set) for line in lines),
        wrap_target=int(settings.get("wrap_target", ["0"])[-1]),
        wrap=int(settings.get("wrap", [str(len(lines))])[-1]) - 1,
        side_set=side_set,
        push_bits=_push_bits(settings.get("in", [])),
    )


def _push_bits(arguments: list[str]) -> int:
    if not arguments:
        return 0
    if arguments[1:3] != ["left", "auto"]:
        raise ValueError(f".in {' '.join(arguments[:-1])}: only `.in N left auto BITS` is known here")
    return int(arguments[3])


def _word(line: str, labels: dict[str, int], side_set: int) -> int:
    match = _LINE.match(line)
    if match is None:
        raise ValueError(f"no instruction: {line!r}")
    delay, side = int(match["delay"] or 0), match["side"]
    if side_set and side is None:
        raise ValueError(f"{line!r} has no side value: with .side_set each instruction needs one")
    delay_bits = _FIELD_BITS - side_set
    if delay >> delay_bits or int(side or 0) >> side_set:
        raise ValueError(f"{line!r}: delay or side value does not fit {delay_bits} and {side_set} bits")
    return _instruction(match["code"].strip(), labels) | (int(side or 0) << delay_bits | delay) << 8


def _instruction(code: str, labels: dict[str, int]) -> int:
    name, _, rest = code.partition(" ")
    arguments = [part.strip() for part in re.split(r"[,\s]+", rest.strip()) if part.strip()]
    try:
        return _ENCODERS[name](arguments, labels)
    except (KeyError, IndexError, ValueError) as exc:
        raise ValueError(f"{code!r} is not known here ({exc})") from exc


def _jmp(arguments: list[str], labels: dict[str, int]) -> int:
    condition = arguments[0] if len(arguments) > 1 else ""
    return _CONDITIONS[condition] << 5 | labels[arguments[-1]]


def _wait(arguments: list[str], labels: dict[str, int]) -> int:
    return 0x2000 | _bits(arguments[0], 1) << 7 | _WAIT_SOURCES[arguments[1]] << 5 | _bits(arguments[2], 5)


def _in(arguments: list[str], labels: dict[str, int]) -> int:
    return 0x4000 | _IN_SOURCES[arguments[0]] << 5 | _bits(arguments[1], 5)


def _pull(arguments: list[str], labels: dict[str, int]) -> int:
    return 0x8080 | {"block": 0x20, "noblock": 0}[arguments[0]]


def _mov(arguments: list[str], labels: dict[str, int]) -> int:
    return 0xA000 | _MOV_TARGETS[arguments[0]] << 5 | _MOV_SOURCES[arguments[1]]


def _set(arguments: list[str], labels: dict[str, int]) -> int:
    return 0xE000 | _SET_TARGETS[arguments[0]] << 5 | _bits(arguments[1], 5)


def _nop(arguments: list[str], labels: dict[str, int]) -> int:
    return _mov(["y", "y"], labels)


def _bits(text: str, width: int) -> int:
    value = int(text, 0)
    if value >> width:
        raise ValueError(f"{value} does not fit {width} bits")
    return value


_ENCODERS = {"jmp": _jmp, "wait": _wait, "in": _in, "pull": _pull, "mov": _mov, "set": _set, "nop": _nop}
