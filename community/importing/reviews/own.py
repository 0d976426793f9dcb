"""Our own table (`export_reviews`) read back: all that it says, but votes, which are members' own."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from community.importing.reviews.cells import says_yes
from community.importing.reviews.formats import ReviewImporter
from community.importing.reviews.material import Extras, OldReview
from community.importing.reviews.wording import LONGEST_BODY, title_and_body
from community.importing.rows import BadRowError, Line
from community.members.text import tidy, tidy_line
from community.outside.csv_files import as_it_was

SAME = (
    "title", "body", "stars", "pros", "cons", "recommends", "experience_date", "name", "email", "imported_from",
    "reply", "replied_at", "photos", "verified", "incentivised", "insider",
)  # fmt: skip
LONGEST_POINTS = 300


class OwnReviews(ReviewImporter):
    name = "Second Conversation reviews"
    columns = {
        "review_id": "id", "product_slug": "handle", "product_sku": "sku", "product_name": "product_name",
        "posted_at": "date", **{name: name for name in SAME},
    }  # fmt: skip
    needed = ("stars", "body", "date", "handle")

    @classmethod
    def recognises(cls, header: Sequence[str]) -> bool:
        return {"product_slug", "posted_at"} <= set(header) and super().recognises(header)

    def read(self, line: Line) -> OldReview:
        line = Line(line.number, {name: as_it_was(cell) for name, cell in line.cells.items()})
        cells, review = line.cells, super().read(line)
        return replace(
            review,
            reply=_markdown(cells["reply"]),
            imported_from=cells["imported_from"][:60],
            says_verified=review.says_verified or None,  # our “no” only says that no order was known by then
            extras=self._extras(cells),
        )

    def _extras(self, cells: Mapping[str, str]) -> Extras:
        return Extras(
            recommends=says_yes(cells["recommends"]) if cells["recommends"] else None,
            experience_date=self.dates.day(cells["experience_date"]) if cells["experience_date"] else None,
            pros=tidy_line(cells["pros"])[:LONGEST_POINTS],
            cons=tidy_line(cells["cons"])[:LONGEST_POINTS],
            is_incentivised=says_yes(cells["incentivised"]),
            is_insider=says_yes(cells["insider"]),
        )

    def _words(self, cells: Mapping[str, str]) -> tuple[str, str]:
        """What is Markdown already stays it."""
        return title_and_body(cells["title"], _markdown(cells["body"]), is_markdown=True)


def _markdown(text: str) -> str:
    if len(text) > LONGEST_BODY:
        raise BadRowError("long_text")
    return tidy(text).strip()
