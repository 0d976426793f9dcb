"""The formats of other review apps: what their columns are called, and in which of their states a review was public.

What was not public there is left out for its state alone, whatever its stars.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import ClassVar

from community.importing.models import ImportRun
from community.importing.reviews.bringing import Batch
from community.importing.reviews.cells import author_of, digest_of, photos_of, says_yes, stars_of
from community.importing.reviews.finishing import finish
from community.importing.reviews.material import OldReview, ProductNames
from community.importing.reviews.problems import COUNTS, SENTENCES
from community.importing.reviews.wording import markdown_of, title_and_body
from community.importing.rows import BadRowError, Line, RowImporter, RowTally, SkippedRowError


class ReviewImporter(RowImporter):
    """`states` leads what a format calls a state to "" (public) or to the code that the report gives it."""

    subject = "reviews"
    date_columns = ("date",)
    sentences = SENTENCES
    count_labels = COUNTS
    one_of: ClassVar[Sequence[str]] = ()  # our names: at least one of these columns must be there
    states: ClassVar[Mapping[str, str]] = {}

    @classmethod
    def recognises(cls, header: Sequence[str]) -> bool:
        found = {cls.columns.get(name, "") for name in header}
        return super().recognises(header) and (not cls.one_of or any(name in found for name in cls.one_of))

    def read(self, line: Line) -> OldReview:
        cells = line.cells
        self._refuse_unpublished(cells)
        stars, created_at = stars_of(cells.get("stars", "")), self.dates.moment(cells.get("date", ""))
        product = self._product(cells)
        if not product:
            raise BadRowError("no_product")
        title, body = self._words(cells)
        alone = self._told_apart(cells, product, created_at, body)
        author = author_of(self._name(cells), cells.get("email", ""), otherwise=alone, since=created_at)
        photos, dropped = photos_of(cells.get("photos", ""))
        return OldReview(
            key=author.key,
            author=author,
            product=product,
            stars=stars,
            title=title,
            body=body,
            created_at=created_at,
            says_verified=says_yes(cells["verified"]) if cells.get("verified") else None,
            reply=markdown_of(cells.get("reply", "")),
            replied_at=self._replied_at(cells, created_at),
            photos=photos,
            dropped_photos=dropped,
        )

    def key(self, record: OldReview) -> str:
        return f"{record.key} {next(iter(record.product.references()), record.product.name)}"

    def bring(self, records: Sequence[tuple[int, OldReview]], run: ImportRun) -> RowTally:
        return Batch(records, run=run).bring()

    def after(self, run: ImportRun) -> None:
        finish(run)

    def _refuse_unpublished(self, cells: Mapping[str, str]) -> None:
        """A state that we do not know is not taken for public."""
        if not self.states:
            return
        code = self.states.get(cells["state"].strip().lower(), "unknown_state")
        if code == "unknown_state":
            raise BadRowError(code)
        if code:
            raise SkippedRowError(code)

    def _product(self, cells: Mapping[str, str]) -> ProductNames:
        number = cells.get("product_id", "").rpartition("/")[2]  # gid://shopify/Product/7000000880
        address = cells.get("product_url", "").partition("?")[0].partition("#")[0].rstrip("/")
        handle = cells.get("handle", "") or address.rpartition("/")[2]
        return ProductNames(handle, number, cells.get("sku", ""), cells.get("product_name", ""))

    def _name(self, cells: Mapping[str, str]) -> str:
        """As it stood beside the review."""
        return cells.get("nickname", "") or cells.get("name", "")

    def _words(self, cells: Mapping[str, str]) -> tuple[str, str]:
        return title_and_body(cells.get("title", ""), cells.get("body", ""))

    def _told_apart(self, cells: Mapping[str, str], product: ProductNames, at: datetime, body: str) -> str:
        """Names a review whose author has no address. With the app's own number its text may change there."""
        own = cells.get("id", "")
        return digest_of(self._name(cells), at, *product.references()[:1], own or body, cells.get("stars", ""))

    def _replied_at(self, cells: Mapping[str, str], created_at: datetime) -> datetime:
        """Where it is not said, or makes no sense, the reply is as old as the review."""
        try:
            return max(self.dates.moment(cells.get("replied_at", "")), created_at)
        except BadRowError:
            return created_at


class JudgeMe(ReviewImporter):
    name = "Judge.me"
    columns = {
        "title": "title", "body": "body", "rating": "stars", "review_date": "date", "reviewer_name": "name",
        "reviewer_email": "email", "product_id": "product_id", "product_handle": "handle", "reply": "reply",
        "reply_date": "replied_at", "picture_urls": "photos", "curated": "state",
    }  # fmt: skip
    needed = ("body", "stars", "date", "name")
    one_of = ("product_id", "handle")
    states = {"": "", "ok": "", "spam": "state_spam", "not-yet": "state_waiting"}

    @classmethod
    def recognises(cls, header: Sequence[str]) -> bool:
        return {"review_date", "reviewer_name"} <= set(header) and super().recognises(header)


class ShopifyProductReviews(ReviewImporter):
    name = "Shopify Product Reviews"
    columns = {
        "product_handle": "handle", "state": "state", "rating": "stars", "title": "title", "author": "name",
        "email": "email", "body": "body", "reply": "reply", "created_at": "date", "replied_at": "replied_at",
    }  # fmt: skip
    needed = ("handle", "state", "stars", "name", "body", "date")
    states = {
        "published": "", "unpublished": "state_unpublished", "hidden": "state_unpublished", "flagged": "state_flagged",
        "spam": "state_spam",
    }  # fmt: skip


class Loox(ReviewImporter):
    """It shows the nickname beside a review, so that is what stands here."""

    name = "Loox"
    columns = {
        "id": "id", "status": "state", "rating": "stars", "email": "email", "nickname": "nickname",
        "full_name": "name", "review": "body", "date": "date", "productid": "product_id", "handle": "handle",
        "img": "photos", "verified_purchase": "verified",
    }  # fmt: skip
    needed = ("state", "stars", "body", "date")
    one_of = ("product_id", "handle")
    states = {
        "active": "", "published": "", "hidden": "state_unpublished", "inactive": "state_unpublished",
        "unpublished": "state_unpublished", "pending": "state_waiting", "deleted": "state_deleted",
        "spam": "state_spam",
    }  # fmt: skip

    @classmethod
    def recognises(cls, header: Sequence[str]) -> bool:
        return bool({"nickname", "full_name"} & set(header)) and super().recognises(header)


class Yotpo(ReviewImporter):
    name = "Yotpo"
    columns = {
        "review_title": "title", "review_content": "body", "review_score": "stars", "date": "date",
        "product_id": "product_id", "product_title": "product_name", "product_url": "product_url",
        "display_name": "name", "email": "email", "verified_purchase": "verified",
    }  # fmt: skip
    needed = ("body", "stars", "date")
    one_of = ("product_id", "product_url")


class Okendo(ReviewImporter):
    """As its documentation names the columns (dateCreated), and as its own export does (Date Created)."""

    name = "Okendo"
    columns = {
        "name": "name", "reviewer_name": "name", "body": "body", "rating": "stars", "datecreated": "date",
        "date_created": "date", "handle": "handle", "productid": "product_id", "product_id": "product_id",
        "sku": "sku", "product_name": "product_name", "email": "email", "title": "title", "imageurls": "photos",
        "image_urls": "photos", "review_id": "id", "is_verified_buyer": "verified", "status": "state",
    }  # fmt: skip
    needed = ("name", "body", "stars", "date")
    one_of = ("handle", "product_id", "sku")
    states = {
        "": "", "approved": "", "published": "", "pending": "state_waiting", "rejected": "state_unpublished",
        "hidden": "state_unpublished", "unpublished": "state_unpublished", "archived": "state_unpublished",
        "flagged": "state_flagged", "spam": "state_spam",
    }  # fmt: skip


class WooCommerce(ReviewImporter):
    """`review` is HTML; `product_id` is the shop's number of it."""

    name = "WooCommerce"
    columns = {
        "id": "id", "date_created": "date", "product_id": "product_id", "product_sku": "sku",
        "product_name": "product_name", "status": "state", "reviewer": "name", "reviewer_email": "email",
        "review": "body", "rating": "stars", "verified": "verified",
    }  # fmt: skip
    needed = ("date", "state", "name", "body", "stars")
    one_of = ("product_id", "sku")
    states = {
        "approved": "", "approve": "", "1": "", "hold": "state_waiting", "0": "state_waiting",
        "pending": "state_waiting", "unapproved": "state_waiting", "spam": "state_spam", "unspam": "state_waiting",
        "trash": "state_deleted", "untrash": "state_waiting",
    }  # fmt: skip


FORMATS = (JudgeMe, ShopifyProductReviews, Loox, Yotpo, Okendo, WooCommerce)
