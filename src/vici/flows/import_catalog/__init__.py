"""Importing a catalogue: from CSV, JSONL, Parquet or a PostgreSQL query into the shop's catalogue and stock.

`read_rows` and `drafts` need no shop: they turn a file into products and say what is wrong with it. `import_catalog`
writes them. Whatever happens on the way, a product is written whole or not at all, and running it again is safe.
"""

from vici.flows.import_catalog.drafts import Drafted, Reading, drafts
from vici.flows.import_catalog.faults import Fault, Rejected
from vici.flows.import_catalog.flow import ImportOptions, import_catalog
from vici.flows.import_catalog.mapping import ColumnMapping, read_mapping
from vici.flows.import_catalog.report import ImportReport, ImportStopped, Progress, rejections_to
from vici.flows.import_catalog.sources.files import open_file, read_rows
from vici.flows.import_catalog.sources.query import Query
from vici.flows.import_catalog.sources.rows import Row

__all__ = [
    "ColumnMapping",
    "Drafted",
    "Fault",
    "ImportOptions",
    "ImportReport",
    "ImportStopped",
    "Progress",
    "Query",
    "Reading",
    "Rejected",
    "Row",
    "drafts",
    "import_catalog",
    "open_file",
    "read_mapping",
    "read_rows",
    "rejections_to",
]
