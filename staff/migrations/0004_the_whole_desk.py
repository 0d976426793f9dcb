import datetime as dt

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("products", "0001_product_and_purchase"),
        ("reviews", "0001_review_and_rating_summary"),
        ("staff", "0003_still_needs_help_is_a_reason"),
        ("threads", "0007_a_pause_is_of_one_thing"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Campaign",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, unique=True)),
                (
                    "terms",
                    models.CharField(blank=True, help_text="What the customer is told with the code.", max_length=300),
                ),
                ("is_on", models.BooleanField(default=True, verbose_name="codes may be given")),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="CompanyLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "need",
                    models.CharField(
                        help_text="What a customer needs, for example “how to wash wool”.", max_length=120
                    ),
                ),
                (
                    "url",
                    models.URLField(
                        max_length=500,
                        unique=True,
                        validators=[django.core.validators.URLValidator(schemes=["http", "https"])],
                    ),
                ),
                (
                    "words",
                    models.TextField(
                        blank=True, help_text="One a line: words by which to propose it.", max_length=1000
                    ),
                ),
                ("is_on", models.BooleanField(default=True, verbose_name="proposed")),
            ],
            options={
                "ordering": ["need"],
            },
        ),
        migrations.CreateModel(
            name="Coupon",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=64)),
                ("given_at", models.DateTimeField(blank=True, null=True)),
                (
                    "because",
                    models.CharField(blank=True, help_text="Why it was given, for colleagues.", max_length=200),
                ),
            ],
            options={
                "ordering": ["campaign", "pk"],
            },
        ),
        migrations.CreateModel(
            name="FormerCustomer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("to_write", "To write to"),
                            ("written", "Written to"),
                            ("came_back", "Came back"),
                            ("left_alone", "Left alone"),
                        ],
                        default="to_write",
                        max_length=10,
                    ),
                ),
                ("found_by", models.CharField(help_text="“Purchases”, or the uploaded list's name.", max_length=60)),
                ("last_purchase_at", models.DateTimeField(blank=True, null=True)),
                ("state_changed_at", models.DateTimeField(blank=True, null=True)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("listed_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["last_purchase_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="HelpQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mail_due_at",
                    models.DateTimeField(blank=True, help_text="Empty: its letter has left, or none may.", null=True),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Yes, it helped"), ("partly", "Partly"), ("no", "No")],
                        max_length=6,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=500)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-asked_at"],
            },
        ),
        migrations.CreateModel(
            name="Holiday",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(unique=True)),
                ("name", models.CharField(blank=True, max_length=100)),
                (
                    "uid",
                    models.CharField(blank=True, editable=False, help_text="Of the calendar's event.", max_length=255),
                ),
            ],
            options={
                "ordering": ["day"],
            },
        ),
        migrations.CreateModel(
            name="Leaving",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("quality", "Quality"),
                            ("service", "Service"),
                            ("price", "Price"),
                            ("delivery", "Delivery or availability"),
                            ("range", "Nothing fitting in the range"),
                            ("competitor", "A competitor"),
                            ("no_need", "No need any more"),
                            ("other", "Something else"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", models.CharField(blank=True, help_text="Their own words.", max_length=300)),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["-recorded_at"],
            },
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "external_id",
                    models.CharField(help_text="The place's own name for it; else its address.", max_length=255),
                ),
                ("url", models.URLField(blank=True, max_length=1000)),
                ("author", models.CharField(blank=True, help_text="Their handle there.", max_length=80)),
                ("author_url", models.URLField(blank=True, max_length=500)),
                ("title", models.CharField(blank=True, max_length=200)),
                ("text", models.TextField(max_length=20000)),
                (
                    "tone",
                    models.SmallIntegerField(choices=[(-1, "Negative"), (0, "Neutral"), (1, "Positive")], default=0),
                ),
                (
                    "keywords",
                    models.JSONField(blank=True, default=list, help_text="What was found in it: [kind, words] each."),
                ),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("seen_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["-seen_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "place",
                    models.CharField(
                        choices=[("private", "One-to-one"), ("outside", "Where it was said")],
                        default="private",
                        max_length=10,
                    ),
                ),
                ("is_official", models.BooleanField(default=False, help_text="By the company; else by the customer.")),
                ("body", models.TextField(max_length=32000)),
                ("body_html", models.TextField(editable=False)),
                (
                    "type",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("appreciation", "Appreciation"),
                            ("retention", "Retention"),
                            ("conversion", "Conversion"),
                            ("reactivation", "Re-activation"),
                            ("acquisition", "Acquisition"),
                        ],
                        max_length=15,
                    ),
                ),
                ("is_holding", models.BooleanField(default=False)),
                (
                    "waited_since",
                    models.DateTimeField(blank=True, help_text="Since when the customer had waited.", null=True),
                ),
                (
                    "permalink",
                    models.URLField(blank=True, help_text="Where a person posted it, pasted back.", max_length=500),
                ),
                (
                    "posted_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When it reached the customer: at once, or when its permalink was pasted back.",
                        null=True,
                    ),
                ),
                (
                    "read_at",
                    models.DateTimeField(
                        blank=True, help_text="When the other side first saw it on its page.", null=True
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[("page", "Written here"), ("mail", "By mail"), ("import", "Imported")],
                        default="page",
                        max_length=10,
                    ),
                ),
                (
                    "mail_due_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="A letter is to be sent. A worker that sends it moves this ten minutes on.",
                        null=True,
                    ),
                ),
                ("mailed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "not_mailed_because",
                    models.CharField(blank=True, help_text="It stands on the customer's page.", max_length=120),
                ),
                ("submission_key", models.UUIDField(blank=True, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["created_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="OpenRange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Monday"),
                            (1, "Tuesday"),
                            (2, "Wednesday"),
                            (3, "Thursday"),
                            (4, "Friday"),
                            (5, "Saturday"),
                            (6, "Sunday"),
                        ]
                    ),
                ),
                ("opens_at", models.TimeField(default=dt.time(9, 0))),
                (
                    "closes_at",
                    models.TimeField(
                        default=dt.time(17, 0), help_text="00:00 stands for midnight at the end of the day."
                    ),
                ),
            ],
            options={
                "ordering": ["weekday", "opens_at"],
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("body", models.TextField(max_length=5000)),
                ("proposed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("is_agreed", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="ReviewTone",
            fields=[
                (
                    "review",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="tone",
                        serialize=False,
                        to="reviews.review",
                    ),
                ),
                ("tone", models.SmallIntegerField(choices=[(-1, "Negative"), (0, "Neutral"), (1, "Positive")])),
                ("version", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Rule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, unique=True)),
                (
                    "event",
                    models.CharField(
                        choices=[
                            ("opened", "A conversation opens"),
                            ("customer_wrote", "A customer writes"),
                            ("reason_raised", "A reason is raised"),
                            ("clock_warned", "A clock warns"),
                            ("closed", "A conversation is closed"),
                        ],
                        max_length=15,
                    ),
                ),
                (
                    "conditions",
                    models.JSONField(
                        blank=True, default=dict, help_text="For example {“type”: “retention”}; empty: always."
                    ),
                ),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("tag", "Add a tag to the thread"),
                            ("assign", "Assign it to a colleague"),
                            ("priority", "Raise its priority"),
                            ("suggest", "Suggest a saved reply"),
                            ("raise", "Say that the company must reply"),
                        ],
                        max_length=10,
                    ),
                ),
                ("parameters", models.JSONField(blank=True, default=dict)),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=10,
                        help_text="Rules with a lower number act first; of equals the older one.",
                        verbose_name="order",
                    ),
                ),
                ("is_on", models.BooleanField(default=False)),
                ("switched_at", models.DateTimeField(blank=True, null=True)),
                (
                    "failures",
                    models.PositiveSmallIntegerField(default=0, help_text="In a row. After three it is switched off."),
                ),
                (
                    "tried_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="The last dry run of this very rule; changing the rule empties it.",
                        null=True,
                    ),
                ),
                (
                    "tried_found",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="How many conversations it would have touched, said the dry run.",
                        null=True,
                    ),
                ),
                ("changed_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="RuleAction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(help_text="What set it off; the same thing acts once.", max_length=80)),
                ("what", models.CharField(max_length=200)),
                ("undo_data", models.JSONField(blank=True, default=dict)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("done", "Done"),
                            ("held", "Held back"),
                            ("dropped", "Dropped"),
                            ("undone", "Undone"),
                            ("failed", "Failed"),
                        ],
                        default="done",
                        max_length=8,
                    ),
                ),
                (
                    "held_by",
                    models.CharField(blank=True, help_text="The pause that held it: who, why, until.", max_length=300),
                ),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, help_text="What was held back: done or dropped.", null=True),
                ),
                ("error", models.CharField(blank=True, max_length=300)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="RuleChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=300)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="SavedReply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=80)),
                ("category", models.CharField(blank=True, help_text="For example “Returns”.", max_length=40)),
                (
                    "body",
                    models.TextField(help_text="Markdown. {customer} and {product} are filled in.", max_length=5000),
                ),
                ("times_used", models.PositiveIntegerField(default=0, editable=False)),
                ("changed_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "verbose_name_plural": "saved replies",
                "ordering": ["category", "title"],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                (
                    "query",
                    models.CharField(
                        help_text="The address's query, for example view=mine&type=retention.", max_length=300
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="SlaEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("target", models.CharField(choices=[("first", "First reply"), ("next", "Next reply")], max_length=5)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("started", "Started"),
                            ("warned", "Three quarters gone"),
                            ("last_call", "15 minutes left"),
                            ("breached", "Missed"),
                            ("met", "Met"),
                        ],
                        max_length=10,
                    ),
                ),
                ("waiting_since", models.DateTimeField(help_text="The message that waits, by its time.")),
                ("due_at", models.DateTimeField()),
                ("policy", models.CharField(blank=True, help_text="The policy's name as it was.", max_length=80)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SlaPolicy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, unique=True)),
                ("position", models.PositiveSmallIntegerField(default=0, help_text="Lower numbers are asked first.")),
                ("is_on", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "type",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("appreciation", "Appreciation"),
                            ("retention", "Retention"),
                            ("conversion", "Conversion"),
                            ("reactivation", "Re-activation"),
                            ("acquisition", "Acquisition"),
                        ],
                        max_length=15,
                    ),
                ),
                (
                    "least_priority",
                    models.PositiveSmallIntegerField(default=0, help_text="Only from this priority on."),
                ),
                (
                    "first_reply_minutes",
                    models.PositiveIntegerField(default=480, validators=[django.core.validators.MinValueValidator(1)]),
                ),
                (
                    "next_reply_minutes",
                    models.PositiveIntegerField(default=480, validators=[django.core.validators.MinValueValidator(1)]),
                ),
            ],
            options={
                "verbose_name": "SLA policy",
                "verbose_name_plural": "SLA policies",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("feed", "RSS or Atom feed"),
                            ("webhook", "Signed webhook"),
                            ("file", "Uploaded file"),
                            ("hand", "Pasted by hand"),
                        ],
                        max_length=10,
                    ),
                ),
                ("url", models.URLField(blank=True, max_length=500)),
                (
                    "secret",
                    models.CharField(blank=True, help_text="By which a webhook signs what it sends.", max_length=64),
                ),
                ("is_on", models.BooleanField(default=True, verbose_name="in use")),
                ("etag", models.CharField(blank=True, editable=False, max_length=200)),
                ("last_modified", models.CharField(blank=True, editable=False, max_length=80)),
                ("polled_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "failures",
                    models.PositiveSmallIntegerField(default=0, editable=False, help_text="In a row; polls get rarer."),
                ),
                ("last_error", models.CharField(blank=True, editable=False, max_length=300)),
                (
                    "last_result",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        editable=False,
                        help_text="Of the last poll that worked: how many were what.",
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("thread", "A similar thread that was solved"),
                            ("link", "A helpful link"),
                            ("saved_reply", "A saved reply"),
                        ],
                        max_length=12,
                    ),
                ),
                ("because", models.CharField(help_text="Its source, and why it is proposed.", max_length=200)),
                ("body", models.TextField(blank=True, help_text="The draft, Markdown.", max_length=5000)),
                ("url", models.URLField(blank=True, max_length=500)),
                ("need", models.CharField(blank=True, max_length=120)),
                ("suggested_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "suggested_by",
                    models.CharField(blank=True, help_text="An automation rule's name; else the desk.", max_length=80),
                ),
                ("stale_at", models.DateTimeField(blank=True, null=True)),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                ("sent", models.TextField(blank=True, help_text="What was sent in the end.")),
            ],
            options={
                "ordering": ["-suggested_at", "-pk"],
            },
        ),
        migrations.RemoveIndex(
            model_name="conversation",
            name="conversation_queue",
        ),
        migrations.RemoveIndex(
            model_name="conversation",
            name="conversation_newest",
        ),
        migrations.AddField(
            model_name="conversation",
            name="alarm_at",
            field=models.DateTimeField(blank=True, help_text="When its clock speaks next.", null=True),
        ),
        migrations.AddField(
            model_name="conversation",
            name="assigned_to",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="assignments",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="conversation",
            name="clock_paused_at",
            field=models.DateTimeField(
                blank=True,
                help_text="Since when it waits for details of the customer; the clock stands still.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="conversation",
            name="customer_name",
            field=models.CharField(blank=True, help_text="As the queue shows and finds it.", max_length=80),
        ),
        migrations.AddField(
            model_name="conversation",
            name="extra_priority",
            field=models.PositiveSmallIntegerField(
                default=0, help_text="Added by a person or an automation rule to what the reasons weigh."
            ),
        ),
        migrations.AddField(
            model_name="conversation",
            name="first_response_at",
            field=models.DateTimeField(
                blank=True, help_text="The first answer by anyone but who asked: a customer's, or ours.", null=True
            ),
        ),
        migrations.AddField(
            model_name="conversation",
            name="is_private",
            field=models.BooleanField(default=False, help_text="Moved to one-to-one: messages, not posts."),
        ),
        migrations.AddField(
            model_name="conversation",
            name="product",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="products.product",
            ),
        ),
        migrations.AddField(
            model_name="conversation",
            name="snoozed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="conversation",
            name="snoozed_until",
            field=models.DateTimeField(
                blank=True,
                help_text="Put off by a person. Emptied when it is over, or when the customer writes.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="conversation",
            name="subject",
            field=models.CharField(blank=True, help_text="What the queue calls it.", max_length=200),
        ),
        migrations.AddField(
            model_name="conversation",
            name="warn_at",
            field=models.DateTimeField(
                blank=True, help_text="Three quarters of the time to reply are gone.", null=True
            ),
        ),
        migrations.AddField(
            model_name="desksettings",
            name="category_words",
            field=models.TextField(
                blank=True, help_text="One a line: what we make, as people call it, for example “rain jacket”."
            ),
        ),
        migrations.AddField(
            model_name="desksettings",
            name="quiet_months",
            field=models.PositiveSmallIntegerField(
                default=12,
                help_text="A customer who has bought nothing for so long has gone quiet.",
                validators=[django.core.validators.MinValueValidator(1)],
            ),
        ),
        migrations.AddField(
            model_name="desksettings",
            name="weights",
            field=models.JSONField(
                blank=True,
                default=dict,
                help_text="Weights of reasons that differ from the rules' own: {“complaint”: 4}.",
            ),
        ),
        migrations.AddField(
            model_name="helpfullink",
            name="helped_at",
            field=models.DateTimeField(
                blank=True, help_text="The third step: the asker said “this helped”.", null=True
            ),
        ),
        migrations.AlterField(
            model_name="conversation",
            name="customer",
            field=models.ForeignKey(
                blank=True,
                help_text="Empty only where somebody whom we do not know wrote elsewhere.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="conversations",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="conversation",
            name="thread",
            field=models.OneToOneField(
                blank=True,
                help_text="Empty: it began elsewhere (a mention), or with a personal message from us.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="conversation",
                to="threads.thread",
            ),
        ),
        migrations.AlterField(
            model_name="helpfullink",
            name="post",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="helpful_link",
                to="threads.post",
            ),
        ),
        migrations.AlterField(
            model_name="outcome",
            name="evidence",
            field=models.CharField(
                choices=[
                    ("customer_said", "The customer said so"),
                    ("accepted", "Accepted as the answer"),
                    ("helpful_vote", "The customer voted on it"),
                    ("link_opened", "The customer opened the link"),
                    ("rating_raised", "The customer raised the rating"),
                    ("came_back", "The customer came back"),
                    ("thanked", "The customer thanked in words"),
                    ("staff_judgement", "Staff judgement"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="outcome",
            name="post",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="outcomes",
                to="threads.post",
            ),
        ),
        migrations.AlterField(
            model_name="reason",
            name="kind",
            field=models.CharField(
                choices=[
                    ("unanswered", "Nobody has answered"),
                    ("customer_after_us", "The customer wrote after us"),
                    ("low_rating", "Review of 2 stars or fewer"),
                    ("asks_company", "Asks the company"),
                    ("company_only", "Only the company can help"),
                    ("flagged", "Flagged by members"),
                    ("escalated", "Escalated by staff"),
                    ("still_needs_help", "Still needs help"),
                    ("complaint", "Complaint"),
                    ("competitor", "Names a competitor"),
                    ("buying_intent", "Means to buy"),
                    ("leaving", "Leaving, or came back"),
                    ("former_customer", "A former customer wrote"),
                    ("praise", "Praise worth a thank-you"),
                    ("outside", "Said elsewhere"),
                    ("private_message", "The customer wrote to us alone"),
                    ("promised", "We promised to come back"),
                    ("rule", "Raised by an automation rule"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="reason",
            name="post",
            field=models.ForeignKey(
                blank=True,
                help_text="The evidence. Empty: a mention's text, or a message.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="reasons",
                to="threads.post",
            ),
        ),
        migrations.AddField(
            model_name="companylink",
            name="product",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="products.product",
            ),
        ),
        migrations.AddField(
            model_name="helpfullink",
            name="company_link",
            field=models.ForeignKey(
                blank=True,
                help_text="Taken from the company's list.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="uses",
                to="staff.companylink",
            ),
        ),
        migrations.AddField(
            model_name="coupon",
            name="campaign",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="coupons", to="staff.campaign"
            ),
        ),
        migrations.AddField(
            model_name="coupon",
            name="conversation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="coupons",
                to="staff.conversation",
            ),
        ),
        migrations.AddField(
            model_name="coupon",
            name="given_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="coupon",
            name="given_to",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="formercustomer",
            name="conversation",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="former_customer",
                to="staff.conversation",
            ),
        ),
        migrations.AddField(
            model_name="formercustomer",
            name="member",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="former_customer", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="formercustomer",
            name="state_changed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="helpquestion",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="help_questions", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="helpquestion",
            name="post",
            field=models.ForeignKey(
                blank=True,
                help_text="The reply that is asked about.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="threads.post",
            ),
        ),
        migrations.AddField(
            model_name="helpquestion",
            name="thread",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="help_question", to="threads.thread"
            ),
        ),
        migrations.AddField(
            model_name="leaving",
            name="conversation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="leavings",
                to="staff.conversation",
            ),
        ),
        migrations.AddField(
            model_name="leaving",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="leavings", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="leaving",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="conversation",
            name="mention",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="conversation",
                to="staff.mention",
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="author",
            field=models.ForeignKey(
                blank=True,
                help_text="Who wrote it.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="conversation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="messages", to="staff.conversation"
            ),
        ),
        migrations.AddField(
            model_name="helpquestion",
            name="message",
            field=models.ForeignKey(
                blank=True,
                help_text="Or what we wrote alone.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="staff.message",
            ),
        ),
        migrations.AddField(
            model_name="coupon",
            name="message",
            field=models.OneToOneField(
                blank=True,
                help_text="What it was given with.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="coupon",
                to="staff.message",
            ),
        ),
        migrations.AddField(
            model_name="helpfullink",
            name="message",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="helpful_link",
                to="staff.message",
            ),
        ),
        migrations.AddField(
            model_name="outcome",
            name="message",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="outcomes",
                to="staff.message",
            ),
        ),
        migrations.AddField(
            model_name="reason",
            name="message",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="reasons",
                to="staff.message",
            ),
        ),
        migrations.AddConstraint(
            model_name="helpfullink",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("message", None), ("post__isnull", False)),
                    models.Q(("message__isnull", False), ("post", None)),
                    _connector="OR",
                ),
                name="a_link_stands_in_one_reply",
            ),
        ),
        migrations.AddConstraint(
            model_name="outcome",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at", None)),
                fields=("message", "evidence"),
                name="one_standing_outcome_per_evidence_of_a_message",
            ),
        ),
        migrations.AddConstraint(
            model_name="outcome",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("message", None), ("post__isnull", False)),
                    models.Q(("message__isnull", False), ("post", None)),
                    _connector="OR",
                ),
                name="an_outcome_is_of_one_reply",
            ),
        ),
        migrations.AddConstraint(
            model_name="reason",
            constraint=models.UniqueConstraint(fields=("kind", "message"), name="one_reason_per_kind_and_message"),
        ),
        migrations.AddConstraint(
            model_name="reason",
            constraint=models.UniqueConstraint(
                condition=models.Q(("message", None), ("post", None)),
                fields=("conversation", "kind"),
                name="one_reason_per_kind_without_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="openrange",
            constraint=models.UniqueConstraint(fields=("weekday", "opens_at"), name="one_range_opens_at_a_time"),
        ),
        migrations.AddConstraint(
            model_name="openrange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("opens_at__lt", models.F("closes_at")), ("closes_at", dt.time(0, 0)), _connector="OR"
                ),
                name="a_range_opens_before_it_closes",
            ),
        ),
        migrations.AddField(
            model_name="publication",
            name="conversation",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="publication", to="staff.conversation"
            ),
        ),
        migrations.AddField(
            model_name="publication",
            name="post",
            field=models.OneToOneField(
                blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="threads.post"
            ),
        ),
        migrations.AddField(
            model_name="publication",
            name="proposed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="rule",
            name="switched_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="rule",
            name="tried_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="rule",
            name="written_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="ruleaction",
            name="conversation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="rule_actions", to="staff.conversation"
            ),
        ),
        migrations.AddField(
            model_name="ruleaction",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="ruleaction",
            name="post",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="threads.post"
            ),
        ),
        migrations.AddField(
            model_name="ruleaction",
            name="rule",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="actions", to="staff.rule"
            ),
        ),
        migrations.AddField(
            model_name="ruleaction",
            name="undone_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="rulechange",
            name="actor",
            field=models.ForeignKey(
                help_text="Empty: it failed by itself.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="rulechange",
            name="rule",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="staff.rule"
            ),
        ),
        migrations.AddField(
            model_name="savedreply",
            name="written_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="savedview",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="saved_views", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="slaevent",
            name="conversation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="sla_events", to="staff.conversation"
            ),
        ),
        migrations.AddField(
            model_name="slapolicy",
            name="category",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="threads.category",
            ),
        ),
        migrations.AddField(
            model_name="slapolicy",
            name="product",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="products.product",
            ),
        ),
        migrations.AddField(
            model_name="conversation",
            name="sla_policy",
            field=models.ForeignKey(
                blank=True,
                help_text="Whose targets count.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="staff.slapolicy",
            ),
        ),
        migrations.AddConstraint(
            model_name="conversation",
            constraint=models.CheckConstraint(
                condition=models.Q(("thread", None), ("mention", None), _connector="OR"),
                name="a_conversation_begins_in_one_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="conversation",
            constraint=models.CheckConstraint(
                condition=models.Q(("customer__isnull", False), ("mention__isnull", False), _connector="OR"),
                name="only_a_mention_may_be_by_a_stranger",
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="created_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="mention",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="mentions", to="staff.source"
            ),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="conversation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="suggestions", to="staff.conversation"
            ),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="saved_reply",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="staff.savedreply",
            ),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="thread",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="threads.thread",
            ),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="used_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="formercustomer",
            index=models.Index(fields=["state", "last_purchase_at"], name="former_to_work_through"),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["conversation", "created_at"], name="message_in_conversation"),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("mail_due_at__isnull", False)), fields=["mail_due_at"], name="message_to_mail"
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(fields=("author", "submission_key"), name="a_message_is_sent_once"),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_official", False), ("author__isnull", False), _connector="OR"),
                name="a_company_message_has_an_author",
            ),
        ),
        migrations.AddIndex(
            model_name="helpquestion",
            index=models.Index(fields=["member", "-asked_at"], name="help_question_of_member"),
        ),
        migrations.AddIndex(
            model_name="helpquestion",
            index=models.Index(
                condition=models.Q(("mail_due_at__isnull", False)), fields=["mail_due_at"], name="help_question_due"
            ),
        ),
        migrations.AddIndex(
            model_name="coupon",
            index=models.Index(condition=models.Q(("given_to", None)), fields=["campaign"], name="coupon_free"),
        ),
        migrations.AddConstraint(
            model_name="coupon",
            constraint=models.UniqueConstraint(fields=("campaign", "code"), name="one_coupon_per_code"),
        ),
        migrations.AddConstraint(
            model_name="coupon",
            constraint=models.UniqueConstraint(
                condition=models.Q(("given_to__isnull", False)),
                fields=("campaign", "given_to"),
                name="one_coupon_per_customer",
            ),
        ),
        migrations.AddConstraint(
            model_name="coupon",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("given_at", None), ("given_by", None), ("given_to", None)),
                    models.Q(("given_at__isnull", False), ("given_by__isnull", False), ("given_to__isnull", False)),
                    _connector="OR",
                ),
                name="a_given_coupon_says_to_whom_by_whom_and_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_agreed", False), ("answered_at__isnull", False), _connector="OR"),
                name="a_publication_is_agreed_to_by_a_click",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(("post", None), ("is_agreed", True), _connector="OR"),
                name="nothing_is_published_unasked",
            ),
        ),
        migrations.AddIndex(
            model_name="rule",
            index=models.Index(condition=models.Q(("is_on", True)), fields=["event"], name="rule_listening"),
        ),
        migrations.AddConstraint(
            model_name="rule",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_on", False), ("tried_at__isnull", False), _connector="OR"),
                name="a_rule_is_tried_before_it_is_on",
            ),
        ),
        migrations.AddIndex(
            model_name="ruleaction",
            index=models.Index(fields=["-at"], name="rule_action_newest"),
        ),
        migrations.AddIndex(
            model_name="ruleaction",
            index=models.Index(condition=models.Q(("state", "held")), fields=["at"], name="rule_action_held"),
        ),
        migrations.AddConstraint(
            model_name="ruleaction",
            constraint=models.UniqueConstraint(fields=("rule", "conversation", "key"), name="a_rule_acts_once"),
        ),
        migrations.AddConstraint(
            model_name="savedreply",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("title"), name="one_saved_reply_per_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.UniqueConstraint(
                models.F("member"), django.db.models.functions.text.Lower("name"), name="one_saved_view_per_name"
            ),
        ),
        migrations.AddIndex(
            model_name="slaevent",
            index=models.Index(fields=["kind", "at"], name="sla_event_by_kind"),
        ),
        migrations.AddConstraint(
            model_name="slaevent",
            constraint=models.UniqueConstraint(
                fields=("conversation", "target", "waiting_since", "kind"), name="a_clock_says_a_thing_once"
            ),
        ),
        migrations.AddField(
            model_name="conversation",
            name="place",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(
                        snoozed_until__isnull=False, state__in=["waiting", "answered"], then=models.Value("snoozed")
                    ),
                    models.When(clock_paused_at__isnull=False, state="waiting", then=models.Value("answered")),
                    models.When(state="waiting", then=models.Value("waiting")),
                    models.When(state="answered", then=models.Value("answered")),
                    models.When(priority__gt=0, state="settled", then=models.Value("thanks")),
                    default=models.Value("ended"),
                ),
                output_field=models.CharField(
                    choices=[
                        ("waiting", "Needs a reply"),
                        ("snoozed", "Snoozed"),
                        ("answered", "Waiting for the customer"),
                        ("thanks", "Worth a thank-you"),
                        ("ended", "Ended"),
                    ],
                    max_length=10,
                ),
            ),
        ),
        migrations.AddField(
            model_name="conversation",
            name="shown_type",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(models.When(then=models.F("type_suggested"), type=""), default=models.F("type")),
                output_field=models.CharField(
                    choices=[
                        ("appreciation", "Appreciation"),
                        ("retention", "Retention"),
                        ("conversion", "Conversion"),
                        ("reactivation", "Re-activation"),
                        ("acquisition", "Acquisition"),
                    ],
                    max_length=15,
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="mention",
            index=models.Index(fields=["-published_at"], name="mention_by_time"),
        ),
        migrations.AddIndex(
            model_name="mention",
            index=models.Index(fields=["-seen_at", "-id"], name="mention_newest"),
        ),
        migrations.AddConstraint(
            model_name="mention",
            constraint=models.UniqueConstraint(fields=("source", "external_id"), name="one_mention_per_place_and_name"),
        ),
        migrations.AddIndex(
            model_name="suggestion",
            index=models.Index(fields=["conversation", "stale_at"], name="suggestion_standing"),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(fields=["place", "due_at", "-priority", "id", "is_readable"], name="queue_by_due"),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(fields=["place", "-priority", "due_at", "id", "is_readable"], name="queue_by_priority"),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(fields=["place", "waiting_since", "id", "is_readable"], name="queue_by_wait"),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                fields=["place", "shown_type", "due_at", "-priority", "id", "is_readable"], name="queue_of_type"
            ),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                fields=["place", "product", "due_at", "-priority", "id", "is_readable"], name="queue_of_product"
            ),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                fields=["place", "assigned_to", "due_at", "-priority", "id", "is_readable"], name="queue_of_whom"
            ),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                condition=models.Q(("alarm_at__isnull", False)), fields=["alarm_at"], name="conversation_clock_speaks"
            ),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(fields=["place", "-opened_at", "-id", "is_readable"], name="queue_newest"),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                fields=["-opened_at", "-id", "is_readable", "subject", "customer_name"], name="conversation_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                condition=models.Q(("claimed_by__isnull", False)),
                fields=["claimed_by", "claimed_until"],
                name="queue_in_hand",
            ),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                condition=models.Q(("snoozed_until__isnull", False)),
                fields=["snoozed_until", "id", "is_readable"],
                name="queue_snoozed",
            ),
        ),
    ]
