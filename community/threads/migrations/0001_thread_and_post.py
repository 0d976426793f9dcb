import django.db.models.deletion
import django.utils.timezone
import taggit.managers
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("products", "0001_product_and_purchase"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Tag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, unique=True, verbose_name="name")),
                ("slug", models.SlugField(allow_unicode=True, max_length=100, unique=True, verbose_name="slug")),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveBigIntegerField(default=0)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="one_edition")],
            },
        ),
        migrations.CreateModel(
            name="TaggedThread",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tagged_threads", to="threads.tag"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Thread",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("question", "Question"), ("review", "Review")], max_length=10)),
                ("title", models.CharField(max_length=150)),
                ("slug", models.SlugField(blank=True, max_length=80)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("published", "Published"),
                            ("held", "Waiting for a moderator"),
                            ("hidden", "Hidden after flags"),
                            ("removed", "Removed by a moderator"),
                            ("withdrawn", "Deleted by its author"),
                        ],
                        default="published",
                        editable=False,
                        max_length=10,
                    ),
                ),
                (
                    "answer_count",
                    models.PositiveIntegerField(default=0, editable=False, help_text="Published answers."),
                ),
                (
                    "comment_count",
                    models.PositiveIntegerField(default=0, editable=False, help_text="Published comments."),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("last_post_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("closed_at", models.DateTimeField(blank=True, help_text="No further answers since then.", null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="threads", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "last_post_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="threads",
                        to="products.product",
                    ),
                ),
                (
                    "tags",
                    taggit.managers.TaggableManager(
                        blank=True,
                        help_text="A comma-separated list of tags.",
                        through="threads.TaggedThread",
                        to="threads.Tag",
                        verbose_name="Tags",
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at"],
            },
        ),
        migrations.AddField(
            model_name="taggedthread",
            name="content_object",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="tagged", to="threads.thread"
            ),
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("opening", "Opening"), ("answer", "Answer"), ("comment", "Comment")], max_length=10
                    ),
                ),
                ("body", models.TextField(help_text="Markdown, as written.")),
                ("body_html", models.TextField(editable=False, help_text="Rendered and cleaned when written.")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("published", "Published"),
                            ("held", "Waiting for a moderator"),
                            ("hidden", "Hidden after flags"),
                            ("removed", "Removed by a moderator"),
                            ("withdrawn", "Deleted by its author"),
                        ],
                        default="published",
                        editable=False,
                        max_length=10,
                    ),
                ),
                (
                    "status_reason",
                    models.CharField(blank=True, editable=False, help_text="Why it is not published.", max_length=200),
                ),
                (
                    "status_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, help_text="Since when it has this status."
                    ),
                ),
                (
                    "withdrawn_from",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("published", "Published"),
                            ("held", "Waiting for a moderator"),
                            ("hidden", "Hidden after flags"),
                            ("removed", "Removed by a moderator"),
                            ("withdrawn", "Deleted by its author"),
                        ],
                        editable=False,
                        help_text="The status it had when its author deleted it.",
                        max_length=10,
                    ),
                ),
                ("is_official", models.BooleanField(default=False, help_text="Written for the company.")),
                ("helpful_count", models.PositiveIntegerField(default=0, editable=False)),
                ("unhelpful_count", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "helpful_score",
                    models.FloatField(default=0, editable=False, help_text="Wilson lower bound, z = 1.96."),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, help_text="Counts revisions; guards edits."),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[("page", "Written here"), ("mail", "By mail"), ("import", "Imported")],
                        default="page",
                        editable=False,
                        max_length=10,
                    ),
                ),
                (
                    "submission_key",
                    models.UUIDField(blank=True, editable=False, help_text="Makes a double click one post.", null=True),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("edited_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="posts", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        help_text="What a comment is on.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="threads.post",
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="posts", to="threads.thread"
                    ),
                ),
            ],
            options={
                "ordering": ["created_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Vote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_helpful", models.BooleanField()),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="votes", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="votes", to="threads.post"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "place",
                    models.CharField(
                        help_text="Which form it belongs to, for example “question” or “answer:12”.", max_length=60
                    ),
                ),
                ("fields", models.JSONField(default=dict, help_text="Form field names and their text.")),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="drafts", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["updated_at"], name="draft_by_age")],
                "constraints": [
                    models.UniqueConstraint(fields=("member", "place"), name="one_draft_per_member_and_place")
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("large", models.ImageField(editable=False, upload_to="photos/%Y/%m/")),
                ("medium", models.ImageField(editable=False, upload_to="photos/%Y/%m/")),
                ("small", models.ImageField(editable=False, upload_to="photos/%Y/%m/")),
                ("width", models.PositiveIntegerField(editable=False, help_text="Of the large picture, in pixels.")),
                ("height", models.PositiveIntegerField(editable=False)),
                (
                    "alt",
                    models.CharField(
                        blank=True,
                        help_text="Said to people who can't see it.",
                        max_length=200,
                        verbose_name="description",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "uploader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty until it is posted.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="threads.post",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("post", None)), fields=["created_at"], name="attachment_not_yet_posted"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(help_text="The number this text had.")),
                ("title", models.CharField(blank=True, max_length=150)),
                ("body", models.TextField()),
                (
                    "is_silent",
                    models.BooleanField(default=False, help_text="Replaced within the grace: moderators alone see it."),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, help_text="When it was replaced."),
                ),
                (
                    "editor",
                    models.ForeignKey(
                        help_text="Who changed it.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="revisions", to="threads.post"
                    ),
                ),
            ],
            options={
                "ordering": ["-version"],
                "indexes": [models.Index(fields=["editor", "-created_at"], name="revision_by_editor")],
                "constraints": [models.UniqueConstraint(fields=("post", "version"), name="one_revision_per_version")],
            },
        ),
        migrations.AddIndex(
            model_name="thread",
            index=models.Index(fields=["kind", "status", "-created_at"], name="thread_newest"),
        ),
        migrations.AddIndex(
            model_name="thread",
            index=models.Index(fields=["kind", "status", "-last_post_at"], name="thread_active"),
        ),
        migrations.AddIndex(
            model_name="thread",
            index=models.Index(fields=["product", "kind", "status", "-created_at"], name="thread_of_product"),
        ),
        migrations.AddIndex(
            model_name="thread",
            index=models.Index(fields=["author", "-created_at"], name="thread_by_author"),
        ),
        migrations.AddConstraint(
            model_name="thread",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "review")),
                fields=("author", "product"),
                name="one_review_per_member_and_product",
            ),
        ),
        migrations.AddConstraint(
            model_name="thread",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "review"), _negated=True), ("product__isnull", False), _connector="OR"
                ),
                name="a_review_names_its_product",
            ),
        ),
        migrations.AddConstraint(
            model_name="taggedthread",
            constraint=models.UniqueConstraint(fields=("content_object", "tag"), name="thread_tagged_once"),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(fields=["thread", "kind", "status", "created_at"], name="post_in_thread"),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(fields=["author", "-created_at"], name="post_by_author"),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                condition=models.Q(("status", "published"), _negated=True),
                fields=["status", "created_at"],
                name="post_not_published",
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "opening")), fields=("thread",), name="one_opening_per_thread"
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.UniqueConstraint(fields=("author", "submission_key"), name="one_post_per_submission"),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "comment"), ("parent__isnull", False)),
                    models.Q(models.Q(("kind", "comment"), _negated=True), ("parent__isnull", True)),
                    _connector="OR",
                ),
                name="only_comments_have_a_parent",
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(("helpful_score__gte", 0), ("helpful_score__lte", 1)), name="score_is_a_share"
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "withdrawn"), _negated=True),
                    models.Q(("withdrawn_from", ""), _negated=True),
                    _connector="OR",
                ),
                name="a_withdrawn_post_says_from_what",
            ),
        ),
        migrations.AddIndex(
            model_name="vote",
            index=models.Index(fields=["member", "-created_at"], name="vote_by_member"),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.UniqueConstraint(fields=("post", "member"), name="one_vote_per_member_and_post"),
        ),
    ]
