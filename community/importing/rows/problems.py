"""Why a row was not taken: a code for the report, a sentence for people."""

SENTENCES = {
    "wrong_cells": "The row has more or fewer cells than the first line has names. A text with a comma or a line break "
    "must stand in quotes.",
    "unclosed_quote": "A quotation mark is opened here and not closed, or stands in the middle of a quoted text. Write "
    'a quotation mark inside quotes twice: "".',
    "long_cell": "A cell has more than 100,000 characters.",
    "bad_characters": "There are characters here that are no text. Save the table as CSV in UTF-8.",
    "duplicate": "The same stands in an earlier line of this file. That one was taken.",
    "failed": "It could not be saved. The server's log has the details; please report it.",
    "no_date": "The date is missing.",
    "bad_date": "This is no date. Write it like 2024-03-05 or 2024-03-05T14:30:00Z.",
    "ambiguous_date": "A date like 05/03/2024 may be in March or in May. Say which comes first, the day or the month, "
    "or write 2024-03-05.",
    "future_date": "The date is in the future.",
    "no_email": "The e-mail address is missing.",
    "bad_email": "This is no e-mail address.",
    "no_sku": "The SKU is missing.",
    "unknown_sku": "No product here has this SKU. Add the product first, then bring the file again.",
    "bad_yes_no": "Write yes or no.",
}


class BadRowError(Exception):
    """This row is refused. `code` is a key of SENTENCES or of its importer's."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class SkippedRowError(BadRowError):
    """Nothing is wrong with the row; it is left out on purpose."""
