"""What the papers declare: the substances that a name, CAS number or customs code stands for."""

from __future__ import annotations

from dataclasses import dataclass

from ..library import Library


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredGoods:
    """A declaration, read.

    Attributes
    ----------
    text : as it was declared.
    names : substance ids that it may stand for, each with its name.
    open_ended : a customs code whose wording covers more than the substances named here.
    unread : why it stands for nothing that the tables or the library know; "" when it does.
    """

    text: str
    names: dict[str, str]
    open_ended: bool = False
    unread: str = ""


def declared_goods(text: str, library: Library) -> DeclaredGoods:
    """Read a declaration: a substance of the tables, else one that only this library knows.

    Parameters
    ----------
    text : name, synonym, CAS number, InChIKey or customs code (2918.14, 291814, HS 2918.14).
    library : whose own substances count as well.
    """
    import quayscan_spectra as known  # here, so that a verdict without a declaration does not load the tables

    code = known.customs_code(text)
    try:
        found = known.look_up(text)
    except (known.UnknownSubstance, known.BadStructure, known.ChemistryMissing) as exc:
        own = {} if code else _own_names(text, library)
        return DeclaredGoods(text=text, names=own, unread="" if own else _sentence(str(exc)))
    names = {one.substance: one.name for one in found if one.substance}
    if not names:
        return DeclaredGoods(text=text, names={}, unread=f"The tables do not know the structure {text}.")
    by_code = any(one.found_by == "hs" for one in found)
    return DeclaredGoods(text=text, names=names, open_ended=by_code and _covers_more(code))


def _sentence(message: str) -> str:
    return f"{message[0].upper()}{message[1:]}."


def _own_names(text: str, library: Library) -> dict[str, str]:
    """Substances of the library that go by this name, for those that no table has."""
    from quayscan_spectra import name_key

    wanted = name_key(text)
    return {
        one.substance: one.name for one in library.references if wanted in (name_key(one.substance), name_key(one.name))
    }


def _covers_more(code: str) -> bool:
    """Whether nobody has seen that the wording of a code names just the substances of the tables."""
    from quayscan_spectra import hs_codes

    of_code = [one for one in hs_codes() if one.hs6 == code]
    return not of_code or not all(one.verified for one in of_code)
