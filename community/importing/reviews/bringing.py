"""A batch of reviews from elsewhere becomes reviews here: with authors, the company's replies, evidence and the log.

Nothing here looks at stars but to save them. Nobody is notified, and the desk is not flooded.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models.functions import Lower

from community.importing.advancing import seen
from community.importing.authors import authors_here, bring_authors
from community.importing.models import AwaitedPhoto, ImportedItem, ImportRun
from community.importing.reviews.cells import digest_of
from community.importing.reviews.company import company_voice
from community.importing.reviews.finding import Products
from community.importing.reviews.material import OldReview
from community.importing.reviews.owning import name_shown_as
from community.importing.rows import RowTally
from community.products.models import Product, Purchase
from community.threads.bulk import NewPost, NewThread, load_threads
from community.threads.models import Post, Thread
from reviews.insiders import insider_domains, is_inside
from reviews.models import Review
from reviews.rating import recount_stars_of
from reviews.recording import record_imported

DAY = timedelta(days=1)  # of a review only the day may be known
THREAD = ImportedItem.Kind.THREAD


@dataclass(eq=False)
class _Row:
    """One review on its way in."""

    line: int
    old: OldReview
    product: Product
    thread: NewThread = field(init=False, repr=False)
    review: Review = field(init=False, repr=False)

    @property
    def key(self) -> str:
        """One review of a customer and product, whatever the file calls the product."""
        return f"{self.old.key}:{self.product.pk}"

    @property
    def digest(self) -> str:
        """Of what it said there."""
        return digest_of(self.old.stars, self.old.title, self.old.body)[:16]


class Batch:
    """`records` are (line number, review), few enough to be held in memory."""

    def __init__(self, records: Sequence[tuple[int, OldReview]], *, run: ImportRun) -> None:
        self.run = run
        self.tally = RowTally()
        self.products = Products((old.product for _, old in records), run.options)
        self.rows = list(self._with_products(records))

    def bring(self) -> RowTally:
        new = self._first_each(self._without_known(self.rows))
        unknown = {row.old.author.key for row in new} - set(authors_here(self.run.source, [r.old.author for r in new]))
        self.tally.counts["members"] += self._new("member", unknown)
        self.members = bring_authors(self.run.source, [row.old.author for row in new])
        self.purchases = _purchases(new)
        self.domains = insider_domains()
        self._save(new)
        self._count(new)
        return self.tally

    def _with_products(self, records: Sequence[tuple[int, OldReview]]) -> Iterable[_Row]:
        for line, old in records:
            product = self.products.of(old.product)
            if product:
                yield _Row(line, old, product)
            else:
                self.tally.refused.append((line, "unknown_product"))

    def _without_known(self, rows: list[_Row]) -> list[_Row]:
        """Those that never came before, whatever has become of them here."""
        items = ImportedItem.objects.filter(source=self.run.source, kind=THREAD)
        known = {item.external_id: item for item in items.filter(external_id__in=[row.key for row in rows])}
        for row in rows:
            if row.key in known:
                self.tally.known += 1
                if known[row.key].digest != row.digest:
                    self.tally.remarks.append((row.line, "changed_there"))
        return [row for row in rows if row.key not in known]

    def _first_each(self, rows: list[_Row]) -> list[_Row]:
        """One review a customer and product: who has one here, of another source or written here, keeps that."""
        here = authors_here(self.run.source, [row.old.author for row in rows])
        taken = set(
            Thread.objects.reviews()
            .filter(author__in=set(here.values()), product__in={row.product for row in rows})
            .values_list("author_id", "product_id")
        )
        kept: dict[tuple[object, int], _Row] = {}
        for row in rows:
            member = here.get(row.old.author.key)
            who: object = member.pk if member else row.old.author.key
            if (who, row.product.pk) in taken or (who, row.product.pk) in kept:
                self.tally.refused.append((row.line, "second_review"))
            else:
                kept[who, row.product.pk] = row
        return list(kept.values())

    def _save(self, rows: list[_Row]) -> None:
        for row in rows:
            row.thread = self._thread(row)
        load_threads([row.thread for row in rows])
        for row in rows:
            row.review = self._review(row)
        Review.objects.bulk_create([row.review for row in rows])
        self._record(rows)
        ImportedItem.objects.bulk_create([self._item(row) for row in rows])
        self._await_photos(rows)
        recount_stars_of({row.product.pk for row in rows})

    def _thread(self, row: _Row) -> NewThread:
        old = row.old
        opening = NewPost(
            author=self.members[old.author.key],
            body=old.body,
            body_html="",
            created_at=old.created_at,
            source=Post.Source.IMPORT,
        )
        return NewThread(Thread.Kind.REVIEW, old.title, opening, self._replies(old), product=row.product)

    def _replies(self, old: OldReview) -> list[NewPost]:
        if not old.reply:
            return []
        return [
            NewPost(
                author=company_voice(self.run.source),
                body=old.reply,
                created_at=old.replied_at or old.created_at,
                is_official=True,
                source=Post.Source.IMPORT,
            )
        ]

    def _review(self, row: _Row) -> Review:
        old, author = row.old, self.members[row.old.author.key]
        extras = old.extras
        return Review(
            thread=row.thread.saved,
            stars=old.stars,
            recommends=extras.recommends,
            experience_date=extras.experience_date,
            pros=extras.pros,
            cons=extras.cons,
            name_shown=name_shown_as(author, old.author.name),
            purchase=self._purchase(row),
            is_incentivised=extras.is_incentivised,
            is_insider=extras.is_insider or author.is_staff or is_inside(old.author.email, self.domains),
            imported_from=old.imported_from or self.run.source.name,
        )

    def _purchase(self, row: _Row) -> Purchase | None:
        """An order here, made before the review. What the file claims is no evidence; its “no” is believed."""
        if row.old.says_verified is False:
            return None
        orders = self.purchases[row.old.author.email.lower(), row.product.pk]
        return next((order for order in orders if order.purchased_at <= row.old.created_at + DAY), None)

    def _record(self, rows: list[_Row]) -> None:
        """The claim of the old app stays in the log, as the claim that it is."""
        run = self.run
        evidence = {"run": run.pk, "file_hash": run.file_hash, "format": run.file_format}
        for claim in (True, False, None):
            reviews = [row.review for row in rows if row.old.says_verified is claim]
            if reviews:
                record_imported(reviews, by=run.by, **evidence, claimed_verified=claim)

    def _item(self, row: _Row) -> ImportedItem:
        return ImportedItem(
            source=self.run.source,
            kind=THREAD,
            external_id=row.key,
            thread=row.thread.saved,
            digest=row.digest,
        )

    def _await_photos(self, rows: list[_Row]) -> None:
        awaited = [
            AwaitedPhoto(post=row.thread.opening.saved, address=address, position=position)
            for row in rows
            for position, address in enumerate(row.old.photos)
        ]
        AwaitedPhoto.objects.bulk_create(awaited, batch_size=500)

    def _count(self, rows: list[_Row]) -> None:
        self.tally.added += len(rows)
        self.tally.remarks += [(row.line, "dropped_photos") for row in rows if row.old.dropped_photos]
        self.tally.counts["products"] += self._new("product", {product.sku for product in self.products.made})
        self.tally.counts["replies"] += sum(bool(row.old.reply) for row in rows)
        self.tally.counts["photos"] += sum(len(row.old.photos) for row in rows)
        self.tally.counts["verified"] += sum(row.review.purchase is not None for row in rows)

    def _new(self, kind: str, keys: set[str]) -> int:
        """How many of `keys` are new. What a dry run made was undone, so it would be made, and counted, again."""
        return seen(self.run, kind, keys) if self.run.is_dry_run else len(keys)


def _purchases(rows: list[_Row]) -> dict[tuple[str, int], list[Purchase]]:
    """Orders that are evidence, newest first, by address (in lower case) and product."""
    addresses = {row.old.author.email.lower() for row in rows if row.old.author.email}
    found: dict[tuple[str, int], list[Purchase]] = defaultdict(list)
    if addresses:
        orders = Purchase.objects.evidence().annotate(address=Lower("email")).filter(address__in=addresses)
        for order in orders.filter(product__in={row.product for row in rows}):
            found[order.email.lower(), order.product_id].append(order)
    return found
