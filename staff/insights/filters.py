"""The filters above every figure, as a form in the address: period, product, type."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import forms

from community.products.models import Product
from staff.insights.scope import BEGINNING, CUSTOM, DAYS, EVER, USUAL, Scope, scope_of
from staff.models import ConversationType

A_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
MONTHS_OFFERED = 18


class Filters(forms.Form):
    """Bound to an address. Nothing chosen is the last 30 days, all products and all types."""

    period = forms.CharField(required=False, widget=forms.Select)
    first = forms.DateField(label="From", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label="To", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    product = forms.ModelChoiceField(
        Product.objects.order_by("name"),
        required=False,
        to_field_name="slug",
        empty_label="All products",
        error_messages={"invalid_choice": "There is no such product. Choose one of the list."},
    )
    type = forms.ChoiceField(
        choices=[("", "All types"), *ConversationType.choices],
        required=False,
        error_messages={"invalid_choice": "There is no such type. Choose one of the list."},
    )

    def __init__(self, address: Mapping[str, str], now: datetime) -> None:
        said = {name: address.get(name, "") for name in ("period", "first", "last", "product", "type")}
        super().__init__(said | {"period": said["period"] or USUAL}, auto_id="filter_%s")
        self.now = now
        self.fields["period"].widget.choices = self._periods(said["period"])

    def _periods(self, chosen: str) -> list[Any]:
        months, month = [], self.now.date().replace(day=1)
        for _ in range(MONTHS_OFFERED):
            months.append((f"{month:%Y-%m}", f"{month:%B %Y}"))
            month = date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)
        if A_MONTH.fullmatch(chosen) and chosen not in dict(months):
            months.append((chosen, f"{date.fromisoformat(f'{chosen}-01'):%B %Y}"))
        spans = [(days, label[:1].upper() + label[1:]) for days, label in DAYS.items()]
        return [*spans, (EVER, "All time"), (CUSTOM, "From … to …"), ("A month", months)]

    def clean_period(self) -> str:
        period: str = self.cleaned_data["period"] or USUAL
        if period not in {*DAYS, EVER, CUSTOM} and not A_MONTH.fullmatch(period):
            raise forms.ValidationError("There is no such period. Choose one of the list, or a month like 2026-10.")
        return period

    def clean(self) -> None:
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if self.cleaned_data.get("period") != CUSTOM or {"first", "last"} & self.errors.keys():
            return
        if first is None or last is None:
            raise forms.ValidationError("Give both days: from and to.")
        if first > last:
            raise forms.ValidationError("The first day lies after the last. Swap them.")
        if first.year < BEGINNING.year or last.year > self.now.year + 1:
            raise forms.ValidationError(f"Choose days between {BEGINNING.year} and the end of next year.")

    def scope(self) -> Scope:
        """What the address asks for; the usual where it can't be understood."""
        if not self.is_valid():
            return scope_of({}, self.now)
        chosen = self.cleaned_data
        days = {"first": chosen["first"], "last": chosen["last"]} if chosen["period"] == CUSTOM else {}
        return scope_of(
            {"period": chosen["period"], "type": chosen["type"]}, self.now, product=chosen["product"], **days
        )
