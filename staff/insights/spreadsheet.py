"""Figures and the rows behind them as the rows of a table (outside.csv_files.csv_lines)."""

from collections.abc import Iterator
from typing import Any

from staff.insights.cube import Chosen
from staff.insights.tables import Section


def section_rows(section: Section) -> Iterator[list[Any]]:
    """One line for each number: table, row, column, number, share of how many, or its words."""
    yield ["Table", "Row", "Group", "Column", "Number", "Of", "Words"]
    for table, row, place, cell in section.cells():
        number: Any = cell.number if cell.behind is not None else ""
        of: Any = len(cell.of) if cell.of is not None else ""
        yield [table.title, row.label, table.group(place), table.columns[place], number, of, cell.words]


def item_rows(behind: Chosen) -> Iterator[list[Any]]:
    yield ["What", "Address", "When (UTC)", "About", "Words"]
    for item in behind.each():
        when = f"{item.at:%Y-%m-%d %H:%M}" if item.at else ""
        yield [item.title, item.url, when, item.note, item.words]
