"""What people and programs see of a verdict.

json_line  one verdict as the JSON object that the schema describes
plot       a spectrum and its reference in a few terminal lines
terminal   the verdict for a person at a terminal
"""

from .json_line import JSON_SCHEMA_VERSION, error_json, verdict_json

__all__ = ["JSON_SCHEMA_VERSION", "error_json", "verdict_json"]
