"""The four figures that a manager looks at first; each opens its list."""

from collections.abc import Mapping
from dataclasses import dataclass

from staff.insights.tables import Section, share


@dataclass(frozen=True)
class Headline:
    number: str
    label: str
    section: str
    key: str


def headlines(sections: Mapping[str, Section]) -> list[Headline]:
    """Read from the sections below them, so that they can't differ from those."""

    def count(section: str, key: str) -> int:
        return len((sections[section].behind(key) or ("", ()))[1])

    needed, in_time = count("responses", "company.all"), count("responses", "company.in_time")
    replies, shown = count("effects", "company.all"), count("effects", "company.customer.strengthened")
    return [
        Headline(str(count("conversations", "total.waiting")), "need a reply now", "conversations", "total.waiting"),
        Headline(
            str(count("responses", "company.late")),
            "answered late, or late and unanswered",
            "responses",
            "company.late",
        ),
        Headline(
            share(in_time, needed) or "–", f"of {needed} had our first word in time", "responses", "company.in_time"
        ),
        Headline(
            share(shown, replies) or "–",
            f"of {replies} replies strengthened, by the customer's own evidence",
            "effects",
            "company.customer.strengthened",
        ),
    ]
