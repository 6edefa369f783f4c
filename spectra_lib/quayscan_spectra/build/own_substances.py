"""Substances that the library or the bench knows and the control facts do not, and names seen on files.

A CAS number is taken from the band facts under `band_name`, else from the page named; where there is neither it
stays empty.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """A row of our own: its name, other names, state at 20 degC, its name in the band facts, or CAS number and page."""

    name: str
    state: str
    synonyms: tuple[str, ...] = ()
    band_name: str = ""
    cas: str = ""
    cas_page: str = ""
    note: str = ""


LIQUIDS: dict[str, Own] = {
    "1-butanol": Own(name="1-Butanol", state="liquid", synonyms=("n-butanol",), band_name="1-butanol"),
    "1-hexanol": Own(name="1-Hexanol", state="liquid", synonyms=("n-hexanol",)),
    "1-octen-3-ol": Own(name="1-Octen-3-ol", state="liquid"),
    "1-pentanol": Own(name="1-Pentanol", state="liquid", synonyms=("n-pentanol",)),
    "2-aminobutane": Own(name="2-Aminobutane", state="liquid", synonyms=("sec-butylamine",)),
    "2-butanol": Own(name="2-Butanol", state="liquid", synonyms=("sec-butanol",), band_name="2-butanol"),
    "2-methyl-1-propanol": Own(
        name="2-Methyl-1-propanol",
        state="liquid",
        synonyms=("isobutanol", "2-methyl propanol"),
        band_name="2-methyl-1-propanol",
    ),
    "4-acetylpyridine": Own(name="4-Acetylpyridine", state="liquid"),
    "benzene": Own(name="Benzene", state="liquid", synonyms=("benzol",), band_name="benzene"),
    "benzonitrile": Own(name="Benzonitrile", state="liquid", band_name="benzonitrile"),
    "coconate-ester": Own(name="Coconate ester", state="liquid"),
    "coconut-oil": Own(name="Coconut oil", state="liquid", band_name="coconut oil", note="melts near room temperature"),
    "cyclohexanol": Own(name="Cyclohexanol", state="liquid", band_name="cyclohexanol"),
    "diethylamine": Own(name="Diethylamine", state="liquid", synonyms=("diethyl amine",), band_name="diethylamine"),
    "dimethyl-carbonate": Own(name="Dimethyl carbonate", state="liquid", band_name="dimethyl carbonate"),
    "heptane": Own(name="n-Heptane", state="liquid", band_name="n-heptane"),
    "icaridin": Own(name="Icaridin", state="liquid", synonyms=("picaridin",)),
    "lactic-acid": Own(name="Lactic acid", state="liquid", band_name="lactic acid"),
    "linseed-oil": Own(name="Linseed oil", state="liquid"),
    "sesame-oil": Own(name="Sesame oil", state="liquid"),
    "tert-butyl-methyl-ether": Own(
        name="tert-Butyl methyl ether",
        state="liquid",
        synonyms=("MTBE", "methyl tert-butyl ether"),
        band_name="methyl tert-butyl ether",
    ),
    "vinyl-acetate": Own(name="Vinyl acetate", state="liquid", band_name="vinyl acetate"),
}

SOLIDS: dict[str, Own] = {
    "ammonium-nitrate": Own(
        name="Ammonium nitrate", state="solid", note="not in the default library: the bench's unknown"
    ),
    "arginine": Own(name="Arginine", state="solid", band_name="arginine"),
    "bmsb": Own(
        name="1,4-Bis(2-methylstyryl)benzene",
        state="solid",
        synonyms=("BMB", "bis-MSB"),
        band_name="1,4-bis(2-methylstyryl)benzene (BMB)",
    ),
    "caffeine-citrate": Own(
        name="Caffeine citrate",
        state="solid",
        synonyms=("citrated caffeine",),
        note="label of near-infrared spectra, which do not say whether it is a salt or a mixture with citric acid",
    ),
    "citric-acid-anhydrate": Own(
        name="Citric acid, anhydrous",
        state="solid",
        synonyms=("citric acid anhydrate", "citric acid anhydrous"),
        band_name="citric acid anhydrous",
        note="shares the CAS number of citric acid",
    ),
    "citric-acid-monohydrate": Own(name="Citric acid monohydrate", state="solid", band_name="citric acid monohydrate"),
    "coenzyme-nad": Own(name="Coenzyme NAD", state="solid", synonyms=("nicotinamide adenine dinucleotide",)),
    "dipotassium-hydrogen-phosphate": Own(name="Dipotassium hydrogen phosphate", state="solid", synonyms=("K2HPO4",)),
    "edta": Own(name="EDTA", state="solid", band_name="EDTA (salt form not stated)", note="salt form not stated"),
    "hydrocortisone": Own(name="Hydrocortisone", state="solid", synonyms=("cortisol",)),
    "ketoprofen": Own(name="Ketoprofen", state="solid", band_name="ketoprofen"),
    "metamizole": Own(
        name="Metamizole",
        state="solid",
        synonyms=("metamizol", "dipyrone", "metamizole sodium", "metamizol Na", "metamizol Mg"),
        band_name="metamizole sodium",
        note="sodium and magnesium salts are one good here; the CAS number is the sodium salt's",
    ),
    "methylparaben": Own(name="Methylparaben", state="solid", synonyms=("methyl parabene",), band_name="methylparaben"),
    "naphthalene": Own(name="Naphthalene", state="solid", synonyms=("naphthalin",), band_name="naphthalene"),
    "potassium-dihydrogen-phosphate": Own(
        name="Potassium dihydrogen phosphate",
        state="solid",
        synonyms=("KH2PO4", "monopotassium phosphate", "MKP"),
        band_name="potassium dihydrogen phosphate",
    ),
    "ptfe": Own(name="Polytetrafluoroethylene", state="solid", synonyms=("PTFE",), band_name="polytetrafluoroethylene"),
    "silicon": Own(name="Silicon", state="solid"),
    "silicon-carbide": Own(name="Silicon carbide", state="solid"),
    "sodium-carbonate-anhydrous": Own(
        name="Sodium carbonate, anhydrous",
        state="solid",
        synonyms=("natrite",),
        band_name="sodium carbonate anhydrous (natrite)",
    ),
    "sodium-hydrogen-citrate": Own(name="Sodium hydrogen citrate", state="solid"),
    "sodium-perchlorate": Own(
        name="Sodium perchlorate", state="solid", note="not in the default library: the bench's unknown"
    ),
    "sulfur": Own(name="Sulfur", state="solid", synonyms=("sulphur",), band_name="sulfur"),
    "thiamine-hcl": Own(
        name="Thiamine hydrochloride",
        state="solid",
        synonyms=("thiamine HCl", "vitamin B1"),
        band_name="thiamine hydrochloride",
    ),
    "xylose": Own(
        name="Xylose",
        state="solid",
        synonyms=("D-xylose", "wood sugar"),
        cas="58-86-6",
        cas_page="http://druglead.com/chemical/Xylose.html",
        note="the CAS number is the D form's; the spectra's label does not say which",
    ),
}

OWN: dict[str, Own] = {**LIQUIDS, **SOLIDS}

EXTRA_SYNONYMS: dict[str, tuple[str, ...]] = {
    "aspirin": ("ASA",),
    "butyl-acetate": ("butyl acetate",),
    "d-glucose": ("D-glucose", "alpha-D-glucose", "glucose anhydrous"),
    "dichloromethane": ("DCM",),
    "ethyl-ether": ("diethylether",),
    "isopropanol": ("isopropanol", "2-propanol"),
    "lactose": ("lactose monohydrate",),
    "mineral-oil": ("paraffin oil",),
    "sodium-bicarbonate": ("sodium hydrogen carbonate", "NaHCO3"),
    "sodium-carbonate": ("sodium carbonate monohydrate", "Na2CO3"),
    "sodium-sulfate": ("Na2SO4",),
    "sucrose": ("sugar",),
    "calcium-carbonate": ("CaCO3",),
    "white-phosphorus": ("7723-14-0",),
}

NOTES: dict[str, str] = {"sodium-carbonate": "the library's spectrum is the monohydrate's"}
