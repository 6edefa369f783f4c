"""A run's papers: JUnit XML for a CI, signed JSON for whoever must believe it, a page for whoever reads it."""

from .junit import junit_xml
from .page import html_page
from .signed import read_signed, signed_json

__all__ = ["html_page", "junit_xml", "read_signed", "signed_json"]
