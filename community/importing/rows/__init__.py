"""Tables of purchases, products and reviews: read line by line, each taken, known already, or refused by a code."""

from community.importing.rows.material import BadRowError, RowImporter, RowTally, SkippedRowError
from community.outside.csv_files import Line

__all__ = ["BadRowError", "Line", "RowImporter", "RowTally", "SkippedRowError"]
