"""Rows counted by what they are, in one query; the same words choose the rows behind a number: the two can't differ."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Count, F, QuerySet, Value

Wanted = str | bool | int | Sequence[str | bool | int]
Kinds = tuple[tuple[str, Wanted], ...]
Group = tuple[int, tuple[Any, ...], int]
STEP = 500


@dataclass(frozen=True)
class Item:
    """One thing behind a number. `words` may be read here: public ones, or the words that are the evidence."""

    title: str
    url: str
    at: datetime | None
    note: str = ""
    words: str = ""


class Cube:
    """`rows` are annotated with `dimensions`; `at` orders them; `items` reads those of some keys, for a list."""

    def __init__(
        self,
        rows: QuerySet[Any],
        dimensions: Sequence[str],
        at: str,
        items: Callable[[Iterable[int]], Mapping[int, Item]],
    ) -> None:
        self.rows, self.dimensions, self.at, self.items = rows, tuple(dimensions), at, items

    @cached_property
    def counts(self) -> dict[tuple[Any, ...], int]:
        """How many rows there are of each kind. One query, when first asked."""
        counted = self.rows.order_by().values_list(*self.dimensions).annotate(number=Count("pk"))
        return {row[:-1]: row[-1] for row in counted}

    def filtered(self, kinds: Kinds) -> QuerySet[Any]:
        rows = self.rows
        for name, wanted in kinds:
            rows = rows.filter(**{f"{name}__in": _any_of(wanted)})
        return rows


class Chosen:
    """The rows of one or several cubes that are of these kinds: what a number counts, and the list behind it.

    A narrower choice goes on from what the wider one has sorted: a thousand numbers cost no thousand walks.
    """

    def __init__(self, cubes: Sequence[Cube], kinds: Kinds = (), wider: "Chosen | None" = None) -> None:
        self.cubes, self.kinds, self.wider = cubes, kinds, wider
        self._sorted: dict[str, dict[Any, list[Group]]] = {}

    def __len__(self) -> int:
        return self._total

    def __bool__(self) -> bool:
        return True

    def also(self, **kinds: Wanted) -> "Chosen":
        """Those of them that are of these kinds as well."""
        narrower = self
        for name, wanted in kinds.items():
            narrower = Chosen(self.cubes, (*narrower.kinds, (name, wanted)), narrower)
        return narrower

    def values(self, dimension: str) -> Counter[Any]:
        """How many of them have each value of one dimension."""
        groups = self._by(dimension).items()
        return Counter({value: sum(number for *_, number in found) for value, found in groups})

    @cached_property
    def _total(self) -> int:
        return sum(number for *_, number in self._groups)

    @cached_property
    def _groups(self) -> list[Group]:
        if self.wider is None:
            return [(place, kind, n) for place, cube in enumerate(self.cubes) for kind, n in cube.counts.items()]
        name, wanted = self.kinds[-1]
        found = self.wider._by(name)
        return [group for value in _any_of(wanted) for group in found.get(value, ())]

    def _by(self, dimension: str) -> dict[Any, list[Group]]:
        if dimension not in self._sorted:
            found: dict[Any, list[Group]] = defaultdict(list)
            for group in self._groups:
                place, kind, _ = group
                found[kind[self.cubes[place].dimensions.index(dimension)]].append(group)
            self._sorted[dimension] = found
        return self._sorted[dimension]

    def counted(self) -> int:
        """The length of the list itself, counted apart from the cubes."""
        return sum(cube.filtered(self.kinds).count() for cube in self.cubes)

    def page(self, start: int, stop: int) -> list[Item]:
        """The newest first. One query for the keys and one for each kind of row."""
        keys = list(self._keys()[start:stop])
        return self._read(keys)

    def each(self) -> Iterator[Item]:
        """All of them, for a file: 500 at a time, by keys that were read once."""
        keys = list(self._keys())
        for start in range(0, len(keys), STEP):
            yield from self._read(keys[start : start + STEP])

    def _keys(self) -> QuerySet[Any, Any]:
        parts = [
            cube.filtered(self.kinds)
            .order_by()
            .annotate(cube_place=Value(place), row_moment=F(cube.at))
            .values_list("cube_place", "pk", "row_moment")
            for place, cube in enumerate(self.cubes)
        ]
        rows = parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]
        return rows.order_by("-row_moment", "cube_place", "-pk")

    def _read(self, keys: list[tuple[int, int, Any]]) -> list[Item]:
        items = {
            place: cube.items([pk for of, pk, _ in keys if of == place])
            if any(of == place for of, _, _ in keys)
            else {}
            for place, cube in enumerate(self.cubes)
        }
        return [items[place][pk] for place, pk, _ in keys if pk in items[place]]


def _any_of(wanted: Wanted) -> tuple[str | bool | int, ...]:
    return (wanted,) if isinstance(wanted, str | bool | int) else tuple(wanted)
