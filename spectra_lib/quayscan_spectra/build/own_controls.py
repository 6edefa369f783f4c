"""Control entries that the data under `--data` do not have, each with its source."""

OWN_CONTROLS = (
    {
        "substance": "acetic-anhydride",
        "regime": "EU",
        "list": "Category 2",
        "decided": "",
        "effective": "2005-08-18",
        "end": "2013-12-29",
        "note": "single Category 2 of Reg (EC) No 273/2004, which applies from 18 August 2005; split into 2A and 2B by"
        " Reg (EU) No 1258/2013. Category read in a university's guide to Regulation No 273/2004, the date in the"
        " consolidated Regulation's closing article",
        "source": "University of Sussex, EC Regulation of Drug Precursors"
        " https://studylib.net/doc/6597744/docx-24.53kb---university-of-sussex | Reg (EC) No 273/2004"
        " https://eur-lex.europa.eu/legal-content/EN/TXT/HTML/?uri=CELEX:02004R0273-20210113",
        "listing_verified": "yes",
        "verified": "no",
    },
)
"""Each stands before the first entry of the same substance and regime."""
