"""Two hundred conversations: each figure is compared with one worked out from a separate list of facts."""

import random
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from community.members.models import Member
from community.products.models import Product
from staff.clocks.hours import hours_now
from staff.insights.scope import Scope, midnight, scope_of
from staff.insights.sections import SUBJECTS
from staff.insights.tables import Section, key_of
from staff.insights.waits import spoken
from staff.models import Campaign, Outcome
from tests.staff import counting
from tests.staff.lived import NOW, Fact, Life

pytestmark = pytest.mark.django_db
SCOPES = ({"period": "30"}, {"period": "365"}, {"period": "2026-10"}, {"period": "custom"}, {"period": "all"})


@pytest.fixture
def facts(desk: object) -> list[Fact]:
    return Life().lived()


def scope_named(chosen: dict[str, str], **more: Any) -> Scope:
    if chosen["period"] == "custom":
        more |= {"first": date(2026, 9, 3), "last": date(2026, 11, 2)}
    return scope_of(chosen, NOW, **more)


def within(scope: Scope) -> Callable[[datetime], bool]:
    """Worked out anew from the words: whole days and months of Lisbon."""
    return lambda moment: scope.since <= moment < scope.until


def numbers_of(section: Section) -> dict[str, int]:
    return {cell.key: cell.number for *_, cell in section.cells() if cell.behind is not None}


def expected(facts: list[Fact], scope: Scope) -> dict[str, counting.Numbers]:
    is_in = within(scope)
    months = [(month.key, _between(month.start, month.end)) for month in scope.months()]
    if scope.since < scope.months()[0].start:
        first = scope.months()[0].start
        months.insert(0, ("earlier", lambda moment: moment < first))
    campaigns = dict(Campaign.objects.values_list("name", "pk"))
    return {
        "productive": counting.productive(facts, is_in, months),
        "replies": counting.replied(facts, is_in),
        "links": counting.links(facts, is_in, key_of),
        "talent": counting.talent(facts, is_in)[0],
        "responses": counting.first_response(facts, is_in)[0] | counting.next_response(facts, is_in)[0],
        "promises": counting.promises(facts, is_in, key_of),
        "peers": counting.peers(facts, is_in),
        "tone": counting.tone(facts, is_in),
        "leaving": counting.leaving(facts, is_in),
        "goodwill": counting.goodwill(facts, is_in, campaigns),
        "elsewhere": counting.elsewhere(facts, is_in, key_of),
    }


def _between(start: datetime, end: datetime) -> Callable[[datetime], bool]:
    return lambda moment: start <= moment < end


def test_every_figure_is_what_the_facts_say(facts: list[Fact]) -> None:
    """Issue 4, section 9: correct on a set of 200 conversations whose figures a test computes by another way."""
    assert len(facts) == 200
    for chosen in SCOPES:
        scope = scope_named(chosen)
        for key, numbers in expected(facts, scope).items():
            assert numbers_of(SUBJECTS[key].build(scope)) == numbers, (chosen, key)


def test_the_set_has_something_of_everything(facts: list[Fact]) -> None:
    """A figure that is nought in all the set would prove nothing."""
    found = expected(facts, scope_named({"period": "all"}))
    assert sum(found["productive"][f"all.is.{state}"] > 0 for state in ("waiting", *counting.ENDED)) == 5
    noughts = {key for numbers in found.values() for key, number in numbers.items() if not number}
    assert len(noughts) < 0.35 * sum(map(len, found.values()))
    assert len(counting.talent(facts, lambda _: True)[1]) == 7


@pytest.mark.parametrize("kind", ["retention", "appreciation"])
def test_figures_of_one_product_and_type_are_those_of_its_facts(facts: list[Fact], kind: str) -> None:
    product = Product.objects.get(slug="thing-1")
    scope = scope_named({"period": "365", "type": kind}, product=product)
    chosen = [fact for fact in facts if fact.product == product.pk and fact.type == kind]
    found = expected(chosen, scope)
    assert sum(found["productive"].values()) > 10
    for key in ("productive", "peers", "tone", "leaving", "goodwill", "promises", "elsewhere"):
        assert without_products(numbers_of(SUBJECTS[key].build(scope))) == without_products(found[key]), key


def without_products(numbers: dict[str, int]) -> dict[str, int]:
    return {key: number for key, number in numbers.items() if not key.startswith("product-") and number}


def test_replies_of_one_product_and_type_are_those_of_its_facts(facts: list[Fact]) -> None:
    """A reply's own type decides; where it has none, its conversation's."""
    product = Product.objects.get(slug="thing-1")
    scope = scope_named({"period": "365", "type": "retention"}, product=product)
    chosen = [fact for fact in facts if fact.product == product.pk]
    for fact in chosen:
        fact.said = [said for said in fact.said if counting.reply_kind(fact, said) == "retention"]
    assert without_products(numbers_of(SUBJECTS["replies"].build(scope))) == {
        key: number for key, number in counting.replied(chosen, within(scope)).items() if number
    }


@pytest.mark.parametrize("period", ["30", "2026-10", "all"])
def test_times_are_those_of_the_facts(facts: list[Fact], period: str) -> None:
    """Rule 4: median and p90, calendar and business time, and how old the oldest wait is."""
    scope, hours = scope_named({"period": period}), hours_now()
    tables = SUBJECTS["responses"].build(scope).tables
    waits = {
        **counting.first_response(facts, within(scope))[1],
        **counting.next_response(facts, within(scope))[1],
    }
    for row in [*tables[0].rows, *tables[2].rows]:
        key = row.cells[0].key.removesuffix(".first")
        oldest = min((asked for asked, answered in waits[key] if answered is None), default=None)
        said = [cell.words for cell in row.cells[3:8]]
        assert said == [
            spoken(NOW - oldest if oldest else None),
            *map(spoken, counting.quantiles(waits[key], hours)),
        ], key


def test_the_order_of_talent_is_that_of_the_lower_bounds(facts: list[Fact]) -> None:
    """Rule 16."""
    scope = scope_named({"period": "all"})
    bounds = counting.talent(facts, within(scope))[1]
    for place in (0, 2):
        rows = [row for row in SUBJECTS["talent"].build(scope).tables[place].rows if row.address]
        said = [(row.label, row.cells[2].words) for row in rows]
        people = Member.objects.filter(pk__in=bounds, is_staff=place == 0)
        surest = sorted(people, key=lambda one: (-bounds[one.pk], one.name))
        assert said == [(one.name, f"{int(100 * bounds[one.pk])} %") for one in surest]


@pytest.mark.parametrize("chosen", [{"period": "all"}, {"period": "30", "type": "retention"}])
def test_a_number_is_the_length_of_the_list_behind_it(facts: list[Fact], chosen: dict[str, str]) -> None:
    """Thirty numbers of each section, counted apart; three of them read to the end."""
    scope, dice = scope_named(chosen), random.Random(3)
    for subject in SUBJECTS.values():
        cells = [cell for *_, cell in subject.build(scope).cells() if cell.behind is not None and cell.number]
        for nth, cell in enumerate(dice.sample(cells, min(30, len(cells)))):
            assert cell.behind is not None
            assert cell.behind.counted() == cell.number, (subject.key, cell.key)
            if nth < 3:
                assert len(list(cell.behind.each())) == cell.number, (subject.key, cell.key)


def test_pages_of_a_list_hold_each_row_once_newest_first(facts: list[Fact]) -> None:
    behind = SUBJECTS["replies"].build(scope_named({"period": "all"})).behind("company.replies")
    assert behind is not None
    rows = behind[1]
    paged = [item for start in range(0, len(rows), 7) for item in rows.page(start, start + 7)]
    assert paged == list(rows.each())
    moments = [item.at for item in paged if item.at]
    assert moments == sorted(moments, reverse=True)


def test_withdrawing_a_sign_changes_the_figure(facts: list[Fact]) -> None:
    scope = scope_named({"period": "all"})
    before = numbers_of(SUBJECTS["replies"].build(scope))
    Outcome.objects.update(withdrawn_at=NOW)
    after = numbers_of(SUBJECTS["replies"].build(scope))
    assert before["company.customer.strengthened"] > 20
    assert after["company.customer.strengthened"] == 0
    assert after["company.customer.unknown"] == after["company.replies"] == before["company.replies"]


def test_a_day_is_one_of_the_desks_time_zone(facts: list[Fact]) -> None:
    scope = scope_named({"period": "30"})
    assert scope.since == midnight(date(2026, 10, 20), ZoneInfo("Europe/Lisbon"))
    assert scope.since.hour == 23  # summer time until the 25th
