"""Every component in every state, for the people who build pages. Only with DEBUG."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from community import styleguide_samples as samples

NEUTRALS = ("paper", "leaf", "sunk", "ink", "ink-soft", "ink-faint", "hairline", "edge")
ACCENTS = ("accent", "accent-rule", "accent-fill", "on-accent", "accent-soft")
STATES = ("good", "warn", "bad", "good-soft", "warn-soft", "bad-soft", "mark", "star")
PARTS = (
    ("tokens", "Tokens"),
    ("controls", "Controls and marks"),
    ("lists", "Lists"),
    ("talk", "What is said"),
    ("reviews", "Reviews"),
    ("forms", "Forms"),
    ("desk", "Staff desk"),
)
SPACES = ((1, 4), (2, 8), (3, 12), (4, 16), (5, 24), (6, 32), (7, 48), (8, 64))


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    context = {
        "colour_groups": (("Paper and ink", NEUTRALS), ("Accent, from the brand colour", ACCENTS), ("States", STATES)),
        "spaces": SPACES,
        "states": ("solved", "answered", "needs-answer", "closed", "held", "hidden", "removed", "withdrawn"),
        "questions": samples.questions(now),
        "posts": samples.posts(now),
        "reviews": samples.reviews(now),
        "products": samples.products(),
        "summary": samples.Rating(4.3, 128),
        "bars": samples.bars(),
        "conversations": samples.conversations(now),
        "events": samples.events(now),
        "members": samples.members(),
        "forms": [(samples.SampleForm(auto_id="fresh_%s"), "Fresh"), (samples.refused_form(), "Refused")],
        "parts": PARTS,
        "page": Paginator(range(400), 20).page(7),
        "crumbs": [("Questions", "#"), ("Ridge 40 pack", "#"), ("This page", "")],
        "tabs": samples.TABS,
        "chips": samples.CHIPS,
        "times": [
            now - timedelta(seconds=20),
            now - timedelta(hours=3),
            now - timedelta(days=1),
            now - timedelta(days=400),
        ],
    }
    return render(request, "styleguide/styleguide.html", context)
