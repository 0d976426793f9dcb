"""The stretch of time that figures are about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

CHOICES = {7: "7 days", 30: "30 days", 90: "90 days", 0: "All time"}
USUAL = 30


@dataclass(frozen=True)
class Period:
    """The last `days` up to `now`; 0 days is everything."""

    days: int
    now: datetime

    @classmethod
    def of(cls, query: Mapping[str, str], now: datetime) -> "Period":
        days = query.get("days", "")
        return cls(int(days) if days in map(str, CHOICES) else USUAL, now)

    @property
    def since(self) -> datetime:
        return self.now - timedelta(days=self.days) if self.days else datetime.min.replace(tzinfo=UTC)

    @property
    def label(self) -> str:
        return f"the last {CHOICES[self.days]}" if self.days else "all time"
