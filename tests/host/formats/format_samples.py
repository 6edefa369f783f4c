"""Small files of every format, written by hand or by an independent writer, never by the code under test."""

from __future__ import annotations

import io
import json
import struct

import h5py
import numpy as np

POINTS = 64
SHIFT = np.linspace(200.0, 1460.0, POINTS)
COUNTS = np.round(1000.0 + 900.0 * np.exp(-(((SHIFT - 800.0) / 40.0) ** 2))).astype(np.float64)


def rows(x: np.ndarray, *columns: np.ndarray, delimiter: str = ",") -> str:
    return "".join(delimiter.join(f"{cell:g}" for cell in row) + "\n" for row in zip(x, *columns, strict=True))


def enlighten() -> bytes:
    head = "ENLIGHTEN Version,4.1\nSerial Number,WP-1\nLaser Wavelength,785.0\n\nWavenumber,Processed,Raw,Dark\n"
    return (head + rows(SHIFT, COUNTS - 100, COUNTS, np.full(POINTS, 100.0))).encode()


def two_column() -> bytes:
    return rows(SHIFT, COUNTS).encode()


def rruff() -> bytes:
    head = "##NAMES=Quartz\n##RRUFFID=R040031\n##IDEAL CHEMISTRY=SiO_2_\n##URL=rruff.info/R040031\n"
    return (head + rows(SHIFT, COUNTS, delimiter=", ") + "##END=\n\n\n").encode()


def bwtek() -> bytes:
    head = "File Version;BWSpec4.11_1\nmodel;BTC162E\nlaser_wavelength;784,82\n"
    head += "Pixel;Wavelength;Wavenumber;Raman Shift;Dark;Raw data #1;\n"
    lines = []
    for at, (shift, counts) in enumerate(zip(SHIFT, COUNTS, strict=True)):
        axis = "" if at < 3 else f"{shift:.2f}"
        lines.append(f"{at};{axis};{axis};{axis};100,0000;{counts:.4f};".replace(".", ","))
    return (head + "\n".join(lines) + "\n").encode()


def nirscan() -> bytes:
    wavelength = np.linspace(900.0, 1700.0, POINTS)
    head = f"Method:,Column 1,,\nSerial Number:,6100014,,\nNumber of Measurement points:,{POINTS},,\n"
    head += "Wavelength (nm),Absorbance (AU),Reference Signal (unitless),Sample Signal (unitless)\n"
    return (head + rows(wavelength, np.log10(20000 / COUNTS), np.full(POINTS, 20000.0), COUNTS)).encode()


def openraman() -> bytes:
    return ("Pixels #,Intensity (a.u.)\n" + rows(np.arange(POINTS), COUNTS / 100)).encode()


def oem_json() -> bytes:
    record = {
        "excitationNM": 785.0,
        "wavecalCoeffs": [800.0, 1.5, 0.0],
        "roiStart": 2,
        "roiEnd": POINTS - 3,
        "technique": "Raman",
        "tag": "Quartz",
        "serialNumber": "WP-2",
        "raw": COUNTS.tolist(),
        "dark": [100.0] * POINTS,
    }
    return json.dumps(record).encode()


JCAMP_HEAD = """##TITLE= hand made $$ a comment
##JCAMP-DX= 4.24
##DATA TYPE= RAMAN SPECTRUM
##XUNITS= 1/CM
##YUNITS= COUNTS
##XFACTOR= 1.0
##YFACTOR= 0.5
##FIRSTX= 100
##LASTX= 119
##NPOINTS= 20
"""
JCAMP_Y = [10, 11, 12, 13, 14, 14, 14, 14, 20, 26, 32, 38, -5, -5, -5, 0, 100, 99, 98, 97]
"""The ordinates of the tables below, before YFACTOR."""

JCAMP_TABLES = {
    "AFFN": "100 10 11 12 13 14\n105 14 14 14 20 26\n110 32 38 -5 -5 -5\n115 0 100 99 98 97\n",
    "PAC": "100+10+11+12+13+14\n105+14+14+14+20+26\n110+32+38-5-5-5\n115+0+100+99+98+97\n",
    "SQZ": "100A0A1A2A3A4\n105A4A4A4B0B6\n110C2C8eee\n115@A00I9I8I7\n",
    "SQZ DUP": "100A0A1A2A3A4V\n108B0B6C2C8eU\n115@A00I9I8I7\n",
    "DIF": "100A0JJJJ%%%O\n108B0OOOm3%%N\n115@J00jjj\n119I7\n",
    "DIF DUP": "100A0JV%UO\n108B0OUm3%TN\n115@J00jU\n119I7\n",
}
"""One table in every form, worked by hand from the pseudo-digits of JCAMP-DX 4.24."""


def jcamp(form: str = "AFFN") -> bytes:
    return (JCAMP_HEAD + "##XYDATA= (X++(Y..Y))\n" + JCAMP_TABLES[form] + "##END=\n").encode()


def link(*blocks: bytes) -> bytes:
    head = f"##TITLE= several\n##JCAMP-DX= 5.01\n##DATA TYPE= LINK\n##BLOCKS= {len(blocks)}\n"
    return head.encode() + b"".join(blocks) + b"##END=\n"


def peak_table() -> bytes:
    return (
        b"##TITLE= peaks\n##JCAMP-DX= 5.01\n##DATA TYPE= MASS SPECTRUM\n##DATA CLASS= PEAK TABLE\n##XUNITS= M/Z\n"
        b"##YUNITS= RELATIVE ABUNDANCE\n##NPOINTS= 3\n##PEAK TABLE= (XY..XY)\n41, 5.5; 43, 100\n58, 33.25\n##END=\n"
    )


def ntuples() -> bytes:
    return (
        b"##TITLE= decay\n##JCAMP-DX= 5.01\n##DATA TYPE= NMR FID\n##DATA CLASS= NTUPLES\n##NTUPLES= NMR FID\n"
        b"##VAR_NAME= TIME, FID/REAL, FID/IMAG, PAGE NUMBER\n##SYMBOL= X, R, I, N\n##VAR_DIM= 4, 4, 4, 2\n"
        b"##UNITS= SECONDS, ARBITRARY UNITS, ARBITRARY UNITS,\n##FIRST= 0, 1, 5, 1\n##LAST= 0.3, 4, 8, 2\n"
        b"##FACTOR= 0.1, 1, 2, 1\n##PAGE= N=1\n##DATA TABLE= (X++(R..R)), XYDATA\n0A B\n2C D\n"
        b"##PAGE= N=2\n##DATA TABLE= (X++(I..I)), XYDATA\n0E F G H\n##END NTUPLES= NMR FID\n##END=\n"
    )


SPC_X = np.linspace(200.0, 1460.0, POINTS).astype(np.float32).astype(np.float64)


def spc(
    order: str = "<",
    *,
    flags: int = 0,
    x_code: int = 13,
    subfiles: int = 1,
    points: int = POINTS,
    body: bytes = b"",
    exponent: int = -128,
) -> bytes:
    """A new-format SPC file around `body`, packed field by field from the published header."""
    head = struct.pack(order + "BBBb", flags, 0x4B if order == "<" else 0x4C, 11, exponent)
    head += struct.pack(order + "iddi", points, 200.0, 1460.0, subfiles)
    head += struct.pack(order + "BBBB", x_code, 4, 0, 0) + b"\0" * 56
    head += b"hand packed".ljust(130, b"\0") + b"\0" * 30
    head += b"\0" * (512 - len(head))
    return head + body


def subheader(order: str, *, exponent: int = -128, z: float = 0.0, points: int = 0) -> bytes:
    return struct.pack(order + "BbHfffiif4s", 0, exponent, 0, z, z, 0.0, points, 0, 0.0, b"")


def spc_floats(order: str = "<") -> bytes:
    return spc(order, body=subheader(order) + COUNTS.astype(order + "f4").tobytes())


def spc_words(order: str = "<", width: int = 4) -> bytes:
    """Scaled integers: value = word * 2**(exponent - bits)."""
    exponent = 12
    words = np.round(COUNTS * 2.0 ** (8 * width - exponent)).astype(f"{order}i{width}")
    return spc(
        order, flags=0x01 if width == 2 else 0, exponent=exponent, body=subheader(order, exponent=12) + words.tobytes()
    )


def spc_xyy(order: str = "<") -> bytes:
    body = SPC_X.astype(order + "f4").tobytes()
    for z in (1.0, 2.0, 3.0):
        body += subheader(order, z=z) + (z * COUNTS).astype(order + "f4").tobytes()
    return spc(order, flags=0x84, subfiles=3, body=body)


def spc_xyxyxy(order: str = "<", *, directory: bool = True) -> bytes:
    body, entries = b"", []
    for at, size in enumerate((POINTS, POINTS // 2, POINTS // 4)):
        entries.append(512 + len(body))
        body += subheader(order, z=float(at), points=size)
        body += SPC_X[:size].astype(order + "f4").tobytes() + COUNTS[:size].astype(order + "f4").tobytes()
    listed = b"".join(struct.pack(order + "iif", place, 0, 0.0) for place in entries) if directory else b""
    return spc(order, flags=0xC4, subfiles=3, points=512 + len(body) if directory else 0, body=body + listed)


def spc_old(width: int = 4) -> bytes:
    """The 4Dh format: 256-byte header that ends in the first subheader, words with their halves swapped."""
    exponent = 12
    head = struct.pack("<BBhfff", 0x01 if width == 2 else 0, 0x4D, exponent, POINTS, 200.0, 1460.0)
    head += struct.pack("<BB", 13, 4) + b"\0" * (224 - 18)
    words = np.round(COUNTS * 2.0 ** (8 * width - exponent)).astype(f"<i{width}")
    halves = words.view("<u2").reshape(-1, width // 2)[:, ::-1].tobytes()
    return head + subheader("<", exponent=exponent) + halves


def wdf(spectra: int = 3) -> bytes:
    head = bytearray(512)
    struct.pack_into("<4sIQ", head, 0, b"WDF1", 1, 512)
    struct.pack_into("<I", head, 60, POINTS)
    struct.pack_into("<QQ", head, 64, spectra, spectra)
    struct.pack_into("<If", head, 152, 6, 1e7 / 785.0)
    head[240:250] = b"hand made\0"
    data = np.concatenate([at * COUNTS for at in range(1, spectra + 1)]).astype("<f4").tobytes()
    axis = struct.pack("<II", 1, 1) + SPC_X[::-1].astype("<f4").tobytes()
    return bytes(head) + b"".join(
        struct.pack("<4sIQ", name, 0, 16 + len(body)) + body for name, body in ((b"DATA", data), (b"XLST", axis))
    )


def nexus() -> bytes:
    """NXraman as pynxtools-raman lays it out: intensity over wavelength, and over shift as the second axis."""
    buffer = io.BytesIO()
    with h5py.File(buffer, "w") as file:
        entry = file.create_group("entry")
        entry.attrs["NX_class"] = "NXentry"
        entry["definition"] = "NXraman"
        entry["title"] = "quartz"
        beam = entry.create_group("instrument/beam_incident")
        beam["wavelength"] = 532.1
        beam["wavelength"].attrs["units"] = "nm"
        data = entry.create_group("data")
        data.attrs.update({"NX_class": "NXdata", "signal": "y_values", "axes": "x_values_raman"})
        data["x_values_raman"] = SHIFT
        data["x_values_raman"].attrs.update({"units": "1/cm", "long_name": "Raman Shift"})
        data["y_values"] = COUNTS
        data["y_values"].attrs["units"] = "counts"
    return buffer.getvalue()


def charisma() -> bytes:
    """What ramanchada2's write_cha makes: an array of two rows, metadata as its attributes."""
    buffer = io.BytesIO()
    with h5py.File(buffer, "w") as file:
        raw = file.create_dataset("raw", data=np.stack([SHIFT, COUNTS]))
        raw.attrs.update({"laser_wl": "785", "sample": "PST", "model": "BWTek"})
        file.create_dataset("normalized", data=np.stack([SHIFT, COUNTS / COUNTS.max()]))
    return buffer.getvalue()


ALL = {
    "enlighten.csv": enlighten(),
    "two_column.csv": two_column(),
    "quartz.txt": rruff(),
    "bwtek.txt": bwtek(),
    "nirscan.csv": nirscan(),
    "openraman.csv": openraman(),
    "oem.json": oem_json(),
    **{f"{form.lower().replace(' ', '_')}.jdx": jcamp(form) for form in JCAMP_TABLES},
    "link.jdx": link(jcamp("DIF DUP"), peak_table()),
    "peaks.jdx": peak_table(),
    "ntuples.jdx": ntuples(),
    "floats.spc": spc_floats(),
    "floats_msb.spc": spc_floats(">"),
    "words.spc": spc_words(),
    "half_words.spc": spc_words(width=2),
    "xyy.spc": spc_xyy(),
    "xyxyxy.spc": spc_xyxyxy(),
    "xyxyxy_msb.spc": spc_xyxyxy(">", directory=False),
    "old.spc": spc_old(),
    "old_half_words.spc": spc_old(2),
    "map.wdf": wdf(),
    "raman.nxs": nexus(),
    "charisma.cha": charisma(),
}
"""One file of every format and sub-type."""
