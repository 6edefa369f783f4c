"""Records: append-only rows, each holding the hash of the one before it.

canonical  one value, one byte string
row        what a record is, and its hash
store      the database of rows
place      where it lies on this computer
"""

from .place import records_path
from .row import SCHEMA_VERSION, Record, spectrum_from_record
from .store import RecordStore

__all__ = ["SCHEMA_VERSION", "Record", "RecordStore", "records_path", "spectrum_from_record"]
