"""Edition: one number that changes with every change a reader could see, so that a kept page is never an old page."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import models
from django.db.models import F

_known: ContextVar[int | None] = ContextVar("edition", default=None)


class Edition(models.Model):
    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_edition")]

    def __str__(self) -> str:
        return f"Edition {self.number}"

    @classmethod
    def current(cls) -> int:
        """The number as committed. One query; none where it is known."""
        known = _known.get()
        if known is not None:
            return known
        return cls.objects.values_list("number", flat=True).filter(pk=1).first() or 0

    @classmethod
    @contextmanager
    def known_to_be(cls, number: int) -> Iterator[None]:
        """Around the drawing of a page: its parts need not ask again. Never around a change."""
        token = _known.set(number)
        try:
            yield
        finally:
            _known.reset(token)

    @classmethod
    def advance(cls) -> None:
        """Call inside the transaction that changes something public: both are committed, or neither."""
        if not cls.objects.filter(pk=1).update(number=F("number") + 1):
            cls.objects.get_or_create(pk=1, defaults={"number": 1})
