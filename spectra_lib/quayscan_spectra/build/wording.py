"""The wording of sources and notes in this package's tables: what was verified, and by which public page."""

import re

_CHANGES = (
    (
        r"compiler's own knowledge; (?:not found in the stored pages|no stored page found)",
        "not verified: no public page found",
    ),
    (r"\(stored (?:GitHub )?file id \d+; ", "(GitHub; "),
    (r"\(stored (?:GitHub )?file id \d+\)", "(GitHub)"),
    (r"stored GitHub (?:file )?ids? \d+(?:, \d+)*", "third-party table on GitHub"),
    (r"in several stored GitHub tables, e\.g\. id \d+", "in several third-party tables on GitHub"),
    (r"stored GitHub xaerogonzo", "GitHub xaerogonzo"),
    (r" \(mirror text stored\)", " (mirror)"),
    (r"stored CFR text", "CFR text"),
    (r"in the stored page", "on the page seen"),
    (r"seen in stored code", "seen in use"),
    (r"one stored table", "one third-party table"),
    (r"'s stored table", "'s table"),
    (r"from the brief/memory", "not verified"),
    (r"from memory", "not verified"),
    (r"class reading by compiler", "class reading, not verified"),
)


def plain(text: str) -> str:
    """The text in the words of these tables."""
    for pattern, words in _CHANGES:
        text = re.sub(pattern, words, text)
    return text
