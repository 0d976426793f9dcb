"""All sections, in the order of the questions that a manager asks."""

from collections.abc import Callable
from dataclasses import dataclass

from staff.insights.automated import automated_section
from staff.insights.elsewhere import elsewhere_section
from staff.insights.goodwill import goodwill_section
from staff.insights.leaving import leaving_section
from staff.insights.links import links_section
from staff.insights.peers import peers_section
from staff.insights.productive import productive_section
from staff.insights.promises import promises_section
from staff.insights.replied import replied_section
from staff.insights.responses import responses_section
from staff.insights.saved import saved_section
from staff.insights.scope import Scope
from staff.insights.tables import Section
from staff.insights.talent import talent_section
from staff.insights.tone import tone_section


@dataclass(frozen=True)
class Subject:
    """A section before it is worked out: what it is called, what it answers, and how it is built."""

    key: str
    title: str
    answers: str
    build: Callable[[Scope], Section]


GROUPS: tuple[tuple[str, tuple[Subject, ...]], ...] = (
    (
        "Relationships",
        (
            Subject(
                "productive", "Productive conversations", "Which ended stronger, by type and month", productive_section
            ),
            Subject("replies", "What replies did", "By type, by writer, and how we know", replied_section),
            Subject("links", "Helpful links", "Given, opened, and “this helped”", links_section),
            Subject("talent", "Whose replies help", "Colleagues and customers worth reading", talent_section),
        ),
    ),
    (
        "Time",
        (
            Subject("responses", "Response times", "First and later responses, and who still waits", responses_section),
            Subject("promises", "Promises kept", "Targets met and missed, by policy", promises_section),
        ),
    ),
    (
        "Customers",
        (
            Subject("peers", "Customers helping customers", "What never needed the company", peers_section),
            Subject("saved", "Questions saved", "Found before they were asked", saved_section),
            Subject("tone", "How reviews sound", "Words and stars, by product", tone_section),
            Subject("leaving", "Why customers leave", "Their reasons, in their words", leaving_section),
        ),
    ),
    (
        "What we do",
        (
            Subject("elsewhere", "Said elsewhere", "Mentions, their tone, and our answers", elsewhere_section),
            Subject("goodwill", "Goodwill given", "Codes by campaign, and what came of it", goodwill_section),
            Subject("automation", "What rules did", "Acts, held back and taken back", automated_section),
        ),
    ),
)
SUBJECTS = {subject.key: subject for _, subjects in GROUPS for subject in subjects}
