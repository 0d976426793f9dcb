"""Edition: one number that changes with every change a reader could see, so that a kept page is never an old page."""

from django.db import models
from django.db.models import F


class Edition(models.Model):
    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_edition")]

    def __str__(self) -> str:
        return f"Edition {self.number}"

    @classmethod
    def current(cls) -> int:
        """The number as committed. One query."""
        return cls.objects.values_list("number", flat=True).filter(pk=1).first() or 0

    @classmethod
    def advance(cls) -> None:
        """Call inside the transaction that changes something public: both are committed, or neither."""
        if not cls.objects.filter(pk=1).update(number=F("number") + 1):
            cls.objects.get_or_create(pk=1, defaults={"number": 1})
