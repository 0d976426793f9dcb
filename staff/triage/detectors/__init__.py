"""One file for each reason: KIND, WEIGHT, `detect(case)`. Every file here is found by itself; none is listed."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules

from staff.triage.case import Case, Finding


@dataclass(frozen=True)
class Detector:
    """`weight` is the rule's own; the settings may give the kind another, and 0 switches it off."""

    kind: str
    weight: int
    detect: Callable[[Case], Finding | None]


def _read(name: str) -> Detector:
    module = import_module(f"{__name__}.{name}")
    return Detector(str(module.KIND), module.WEIGHT, module.detect)


DETECTORS = tuple(_read(found.name) for found in iter_modules(__path__))
