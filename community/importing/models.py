"""Where things came from: the old community, each run, what each thing is called here, and its old address."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from community.importing.addresses import host_of
from community.members.models import Member
from community.threads.models import Post, Thread

STALLED = timedelta(minutes=5)


class ImportSource(models.Model):
    """One community that was brought along. What it calls “topic 12” is topic 12 in every run of this source."""

    name = models.CharField(max_length=60, unique=True, help_text="For example “Old forum”.")
    base_url = models.CharField(
        "old address",
        max_length=200,
        blank=True,
        help_text="Where it was, for example https://forum.example.com: links to it are led here.",
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def host(self) -> str:
        """“forum.example.com”; empty if the old address is not known."""
        return host_of(self.base_url)


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def visible_to(self, member: Member) -> "ImportRunQuerySet":
        """Tables are managers' work; a whole community with its authors is an administrator's."""
        if member.is_superuser:
            return self
        return self.exclude(subject=ImportRun.Subject.COMMUNITY) if member.is_manager else self.none()

    def abandoned(self, since: datetime) -> "ImportRunQuerySet":
        """Uploads that nobody has touched since then, and that nothing is working on."""
        uploads = self.filter(is_upload=True, touched_at__lt=since).exclude(path="")
        return uploads.exclude(state=ImportRun.State.RUNNING)


class ImportRun(models.Model):
    """One reading of one file. It goes on where it stopped: `phase` and `position` are saved with what they count."""

    class State(models.TextChoices):
        WAITING = "waiting", "Not started"
        RUNNING = "running", "Running"
        FINISHED = "finished", "Finished"
        STOPPED = "stopped", "Stopped"
        FAILED = "failed", "Failed"

    class Subject(models.TextChoices):
        COMMUNITY = "community", "Community"
        REVIEWS = "reviews", "Reviews"
        PURCHASES = "purchases", "Purchases"
        PRODUCTS = "products", "Products"

    class Phase(models.TextChoices):
        ROWS = "rows", "Reading the rows"
        AFTER = "after", "Finishing"
        AUTHORS = "authors", "Reading who wrote"
        THREADS = "threads", "Bringing the conversations"
        LINKS = "links", "Leading links here"
        SEARCH = "search", "Making it findable"

    subject = models.CharField(max_length=10, choices=Subject, default=Subject.COMMUNITY)
    source = models.ForeignKey(ImportSource, models.CASCADE, related_name="runs")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    file_name = models.CharField(max_length=200, help_text="As it was called where it came from.")
    path = models.CharField(max_length=500, blank=True, help_text="Where it lies on the server; empty once deleted.")
    is_upload = models.BooleanField(default=False, help_text="Came through the page: deleted when it is done with.")
    file_hash = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the file, for the log.")
    file_format = models.CharField(max_length=30, blank=True)
    is_dry_run = models.BooleanField(default=False, help_text="Only counted; nothing was written.")
    options = models.JSONField(default=dict, help_text="What was chosen: category, product, order of dates, …")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    phase = models.CharField(max_length=10, choices=Phase, default=Phase.AUTHORS)
    position = models.PositiveIntegerField(default=0, help_text="Items of this phase that are done.")
    total = models.PositiveIntegerField(default=0, help_text="Items in the file, once they have been counted.")
    counts = models.JSONField(default=dict)
    problem = models.CharField(max_length=500, blank=True)
    seconds = models.FloatField(default=0, help_text="Worked, without the time between two steps.")
    created_at = models.DateTimeField(default=timezone.now)
    touched_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.source} from {self.file_name}"

    def get_absolute_url(self) -> str:
        return reverse("import_run", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """May it still be started or go on?"""
        return self.state in (self.State.WAITING, self.State.STOPPED, self.State.FAILED) and bool(self.path)

    @property
    def is_stalled(self) -> bool:
        """Running, but nothing has come of it for minutes."""
        return self.state == self.State.RUNNING and timezone.now() - self.touched_at > STALLED

    @property
    def share(self) -> int:
        """How far the present phase is, of 100."""
        return min(100, self.position * 100 // self.total) if self.total else 0


class ImportNote(models.Model):
    """One thing that a person should know of: where in the file, what, and what to do."""

    class Kind(models.TextChoices):
        ERROR = "error", "Could not be brought"
        TRUNCATED = "truncated", "The file has only a part"
        SKIPPED = "skipped", "Left out"
        CHANGED = "changed", "Changed there since; left as it is here"
        SHORTENED = "shortened", "Title too long"

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=10, choices=Kind)
    place = models.CharField(max_length=200, help_text="File and item, for example “topics/12.json”.")
    text = models.CharField(max_length=500)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["run", "kind"], name="import_note_of_run")]

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"


class LineProblem(models.Model):
    """A line of a table that was not taken, or not whole. Only its number and a code: nothing personal."""

    class Kind(models.TextChoices):
        REFUSED = "refused", "Refused"
        SKIPPED = "skipped", "Left out"
        REMARK = "remark", "Brought, but not whole"

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="line_problems")
    line = models.PositiveIntegerField(help_text="As a text editor counts; where the row begins.")
    code = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.REFUSED)

    class Meta:
        ordering = ["line", "pk"]
        constraints = [models.UniqueConstraint(fields=["run", "line", "code"], name="one_problem_of_a_kind_a_line")]

    def __str__(self) -> str:
        return f"line {self.line}: {self.code}"


class ImportedItem(models.Model):
    """What a thing of the source has become here. Stays when that is deleted, so that it never comes a second time."""

    class Kind(models.TextChoices):
        AUTHOR = "author", "Author"
        THREAD = "thread", "Thread"
        POST = "post", "Post"

    source = models.ForeignKey(ImportSource, models.CASCADE, related_name="items")
    kind = models.CharField(max_length=10, choices=Kind)
    external_id = models.CharField(max_length=100)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    thread = models.ForeignKey(Thread, models.SET_NULL, null=True, blank=True, related_name="+")
    post = models.ForeignKey(Post, models.SET_NULL, null=True, blank=True, related_name="+")
    email = models.EmailField(blank=True, help_text="An author's, until its owner proves it. Never written to.")
    digest = models.CharField(max_length=16, blank=True, help_text="Of the text there: tells whether it changed.")
    score = models.IntegerField(null=True, blank=True, help_text="Points or likes it had there. Not votes here.")
    waits_for = models.CharField(max_length=100, blank=True, help_text="A question's: the one it says again.")
    waits_since = models.DateTimeField(null=True, blank=True, help_text="When somebody there said so.")
    leads_back = models.BooleanField(default=False, help_text="Its text links to the old address.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "kind", "external_id"], name="one_imported_item_per_thing")
        ]
        indexes = [
            models.Index(Lower("email"), condition=~Q(email=""), name="imported_author_by_address"),
            models.Index(fields=["source", "id"], condition=Q(leads_back=True), name="imported_post_leads_back"),
            models.Index(fields=["source"], condition=~Q(waits_for=""), name="imported_thread_says_again"),
            models.Index(fields=["member"], condition=Q(kind="author"), name="imported_author_is_member"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.external_id}"


class AwaitedPhoto(models.Model):
    """A photo of an imported review that is still where it was. It is sent for later, and the row goes with that."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="awaited_photos")
    address = models.CharField(max_length=1000)
    position = models.PositiveSmallIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)
    why_dropped = models.CharField(max_length=200, blank=True, help_text="Why it will never come; empty while awaited.")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["post", "address"], name="photo_awaited_once")]
        indexes = [models.Index(fields=["due_at"], condition=Q(why_dropped=""), name="awaited_photo_due")]

    def __str__(self) -> str:
        return f"Photo {self.position} of post {self.post_id}"


class OldAddress(models.Model):
    """“t/12/3” of forum.example.com: the part of an old address that names the thing (addresses.keys_of)."""

    host = models.CharField(max_length=200, blank=True)
    path = models.CharField(max_length=300)
    thread = models.ForeignKey(Thread, models.CASCADE, null=True, blank=True, related_name="+")
    post = models.ForeignKey(Post, models.CASCADE, null=True, blank=True, related_name="+")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["path", "host"], name="one_target_per_old_address"),
            models.CheckConstraint(
                condition=Q(thread__isnull=False) | Q(post__isnull=False) | Q(member__isnull=False),
                name="an_old_address_leads_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.host}/{self.path}"

    def target(self, reader: Any) -> str:
        """Where it leads, for `reader`; empty if they may not see it."""
        if self.member_id:
            member = self.member
            return member.get_absolute_url() if member and member.is_active and not member.erased_at else ""
        if self.post_id:
            post = Post.objects.visible_to(reader).filter(pk=self.post_id).first()
            return post.get_absolute_url() if post else ""
        thread = Thread.objects.visible_to(reader).filter(pk__in=[self.thread_id]).first()
        return thread.get_absolute_url() if thread else ""
