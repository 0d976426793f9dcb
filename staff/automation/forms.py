"""The form of a rule: every condition and action as a field, nothing to be typed in code."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from community.members.models import Member, Role, TrustLevel
from community.members.text import LineField, TextField
from community.products.models import Product
from community.threads.fields import LONGEST_TAG, SHORTEST_TAG
from community.threads.models import Category, Tag
from community.threads.tagging import proper_tags
from staff.automation.facts import ORIGINS
from staff.models import ConversationType, Reason, Rule, SavedReply, Tone

ANY, YES, NO = "", "yes", "no"
MOST_WORDS, LONGEST_WORD = 50, 60
NEEDED = {
    Rule.Action.TAG: ("tag", "Which tag?"),
    Rule.Action.ASSIGN: ("colleague", "To whom?"),
    Rule.Action.PRIORITY: ("points", "By how much? Between 1 and 20."),
    Rule.Action.SUGGEST: ("saved_reply", "Which saved reply?"),
    Rule.Action.RAISE: ("why", "Why must we reply? Colleagues read it in the queue."),
}


def _several(label: str, choices: Any, coerce: Any = str) -> forms.TypedMultipleChoiceField:
    return forms.TypedMultipleChoiceField(
        label=label, choices=choices, coerce=coerce, required=False, widget=forms.CheckboxSelectMultiple
    )


def _either(label: str, yes: str, no: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[(ANY, "Doesn’t matter"), (YES, yes), (NO, no)], required=False)


class RuleForm(forms.Form):
    """`values` are what staff.automation.ruling takes. Conditions left empty are not asked for."""

    name = LineField(label="Name", max_length=80, help_text="As the log calls it, for example “Returns to Rhea”.")
    event = forms.ChoiceField(label="When", choices=Rule.Event.choices)
    position = forms.IntegerField(
        label="Order", min_value=0, max_value=999, initial=10, help_text="Rules with a lower number act first."
    )

    types = _several("Type", ConversationType.choices)
    origins = _several("Where it began", tuple(ORIGINS.items()))
    reasons = _several("A reason that stands", [pair for pair in Reason.Kind.choices if pair[0] != Reason.Kind.RULE])
    products = forms.ModelMultipleChoiceField(Product.objects.order_by("name"), label="Product", required=False)
    categories = forms.ModelMultipleChoiceField(
        Category.objects.all(), label="Subject", required=False, widget=forms.CheckboxSelectMultiple
    )
    words = TextField(
        label="The text says one of",
        required=False,
        max_length=MOST_WORDS * (LONGEST_WORD + 1),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One word or phrase a line. Whole words; capitals don’t matter.",
    )
    tones = _several("Tone of the text", Tone.choices, int)
    most_stars = forms.TypedChoiceField(
        label="Stars of the review",
        choices=[("", "Doesn’t matter"), ("1", "1 star"), *((str(n), f"{n} stars or fewer") for n in range(2, 6))],
        coerce=int,
        empty_value=None,
        required=False,
    )
    least_priority = forms.IntegerField(label="Priority at least", min_value=1, max_value=99, required=False)
    trust = _several("Trust level of the customer", TrustLevel.choices, int)
    is_former = _either("Has the customer gone quiet?", "Only who has", "Only who has not")
    is_open = _either("Business hours", "Only in business hours", "Only outside business hours")
    is_assigned = _either("Does somebody have it?", "Only what somebody has", "Only what nobody has")

    action = forms.ChoiceField(label="Then", choices=Rule.Action.choices, widget=forms.RadioSelect)
    tag = LineField(label="The tag", required=False, max_length=LONGEST_TAG, help_text="A new one is made.")
    colleague = forms.ModelChoiceField(
        Member.objects.filter(is_active=True, role__in=[Role.RESPONDER, Role.MODERATOR, Role.MANAGER]),
        label="The colleague",
        required=False,
        help_text="What somebody has already stays theirs.",
    )
    points = forms.IntegerField(
        label="How much",
        min_value=1,
        max_value=20,
        required=False,
        initial=3,
        help_text="A complaint weighs 4. Counts where the priority is raised, and where we must reply.",
    )
    saved_reply = forms.ModelChoiceField(SavedReply.objects.all(), label="The saved reply", required=False)
    why = LineField(label="Why we must reply", required=False, max_length=150)

    CONDITIONS = (
        "types", "origins", "reasons", "products", "categories", "words", "tones", "most_stars", "least_priority",
        "trust", "is_former", "is_open", "is_assigned",
    )  # fmt: skip
    PARAMETERS = ("tag", "colleague", "points", "saved_reply", "why")

    def __init__(self, *args: Any, rule: Rule | None = None, **options: Any) -> None:
        self.rule = rule
        options["initial"] = initial_of(rule) if rule else None
        super().__init__(*args, **options)

    @property
    def condition_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.CONDITIONS]

    @property
    def parameter_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.PARAMETERS]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        same = Rule.objects.filter(name__iexact=name)
        if (same.exclude(pk=self.rule.pk) if self.rule else same).exists():
            raise ValidationError("There is a rule of this name. Choose another.")
        return name

    def clean_words(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["words"].splitlines()]
        words = list(dict.fromkeys(line for line in lines if line))
        if len(words) > MOST_WORDS or any(len(word) > LONGEST_WORD for word in words):
            raise ValidationError(f"At most {MOST_WORDS} lines of {LONGEST_WORD} characters.")
        return words

    def clean_tag(self) -> str:
        tag: str = self.cleaned_data["tag"]
        if tag and (len(tag) < SHORTEST_TAG or "," in tag):
            raise ValidationError(f"One tag of at least {SHORTEST_TAG} characters, without a comma.")
        return tag

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        action = cleaned.get("action")
        if action in NEEDED:
            field, sentence = NEEDED[Rule.Action(action)]
            if field not in self.errors and not cleaned.get(field):
                self.add_error(field, sentence)
            if action == Rule.Action.RAISE and not cleaned.get("points") and "points" not in self.errors:
                self.add_error("points", "How pressing is it? Between 1 and 20.")
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        """Of a valid form. A tag that does not exist yet is made."""
        cleaned = self.cleaned_data
        return {
            **{name: cleaned[name] for name in ("name", "event", "position", "action")},
            "conditions": self._conditions(),
            "parameters": self._parameters(),
        }

    def _conditions(self) -> dict[str, Any]:
        found = {name: self.cleaned_data[name] for name in self.CONDITIONS if self.cleaned_data[name]}
        for name in ("products", "categories"):
            if name in found:
                found[name] = sorted(row.pk for row in found[name])
        for name in ("is_former", "is_open", "is_assigned"):
            if name in found:
                found[name] = found[name] == YES
        return found

    def _parameters(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        match cleaned["action"]:
            case Rule.Action.TAG:
                return {"tag": tag_named(cleaned["tag"]).pk}
            case Rule.Action.ASSIGN:
                return {"colleague": cleaned["colleague"].pk}
            case Rule.Action.PRIORITY:
                return {"points": cleaned["points"]}
            case Rule.Action.SUGGEST:
                return {"saved_reply": cleaned["saved_reply"].pk}
            case _:
                return {"why": cleaned["why"], "points": cleaned["points"]}


def tag_named(name: str) -> Tag:
    """The tag of this name, or the one that it is another word for; made if there is none."""
    [proper] = proper_tags([name])
    found = Tag.objects.filter(name__iexact=proper).first()
    return found or Tag.objects.create(name=proper)


def initial_of(rule: Rule) -> dict[str, Any]:
    """A rule as the form shows it."""
    shown = {name: getattr(rule, name) for name in ("name", "event", "position", "action")}
    conditions = dict(rule.conditions)
    for name in ("is_former", "is_open", "is_assigned"):
        if name in conditions:
            conditions[name] = YES if conditions[name] else NO
    conditions["words"] = "\n".join(conditions.get("words", []))
    parameters = dict(rule.parameters)
    if "tag" in parameters:
        parameters["tag"] = Tag.objects.filter(pk=parameters["tag"]).values_list("name", flat=True).first() or ""
    return shown | conditions | parameters
