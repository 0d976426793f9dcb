"""Every figure worked out from the list of facts, in plain Python: no query, and none of the code that is judged.

Each function gives {key of a number: how many} for one section; `words` what stands in cells without a number.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import product as every_pair
from math import ceil, sqrt

from staff.clocks.clock import Hours
from tests.staff.lived import EFFECTS, NOW, Fact, Said

Test = Callable[[datetime], bool]
KINDS = ("appreciation", "retention", "conversion", "reactivation", "acquisition", "untyped")
ALL_EFFECTS = (*EFFECTS, "unknown")
ENDED = ("answered", "settled", "no_reply", "closed")
SIDES = ("customer", "staff")
Numbers = dict[str, int]


def is_of(side: str, evidence: str) -> bool:
    return (evidence == "staff_judgement") == (side == "staff")


def newest(side: str, replies: Iterable[Said]) -> str:
    """What the newest standing sign of one side says; signs of what was deleted say nothing."""
    signs = [sign for said in replies for sign in said.signs]
    known = [s for s in signs if s.stands and s.effect != "unknown" and is_of(side, s.evidence)]
    return max(known, key=lambda sign: sign.at).effect if known else "unknown"


def come_to(fact: Fact, side: str) -> str:
    """Of a conversation. An import can be read like any post; a message counts from its writing."""
    return newest(side, fact.readable_replies())


def kind_of(fact: Fact) -> str:
    return fact.type or "untyped"


def effects(key: str, verdicts: Sequence[tuple[str, str]]) -> Numbers:
    """`verdicts` are (customer's, staff's) of each."""
    return {
        f"{key}.{side}.{effect}": sum(pair[place] == effect for pair in verdicts)
        for place, side in enumerate(SIDES)
        for effect in ALL_EFFECTS
    }


def productive(facts: list[Fact], within: Test, months: Sequence[tuple[str, Test]]) -> Numbers:
    shown = [fact for fact in facts if fact.is_readable and within(fact.asked)]
    numbers: Numbers = {}
    for key in ("all", *KINDS):
        of = [fact for fact in shown if key in ("all", kind_of(fact))]
        ended = [fact for fact in of if fact.state in ENDED]
        numbers |= {f"{key}.began": len(of), f"{key}.ended": len(ended), f"{key}.waiting": len(of) - len(ended)}
        numbers |= {f"{key}.is.{state}": sum(fact.state == state for fact in of) for state in ("waiting", *ENDED)}
        numbers |= effects(key, [(come_to(fact, "customer"), come_to(fact, "staff")) for fact in ended])
    for (month, is_in), kind, side in every_pair(months, ("all", *KINDS), SIDES):
        of = [f for f in shown if is_in(f.asked) and f.state in ENDED and kind in ("all", kind_of(f))]
        numbers[f"{month}.{kind}.{side}"] = sum(come_to(fact, side) == "strengthened" for fact in of)
    return numbers


def counted(facts: list[Fact], within: Test) -> list[tuple[Fact, Said]]:
    """Replies as figures take them."""
    return [
        (fact, said)
        for fact in facts
        if fact.is_readable
        for said in fact.said
        if said.counts and not said.is_holding and within(said.at)
    ]


def reply_kind(fact: Fact, said: Said) -> str:
    return said.type or fact.type or "untyped"


def replied(facts: list[Fact], within: Test) -> Numbers:
    every = counted(facts, within)
    groups = {f"by-{by}": [s for _, s in every if s.by == one] for by, one in BY.items()}
    groups["company"] = groups["by-company"]
    groups |= {k: [s for f, s in every if s.by == "company" and reply_kind(f, s) == k] for k in KINDS}
    numbers: Numbers = {}
    for key, of in groups.items():
        verdicts = [(newest("customer", [said]), newest("staff", [said])) for said in of]
        numbers |= {f"{key}.replies": len(of), f"{key}.shown": sum(shown != "unknown" for shown, _ in verdicts)}
        numbers |= effects(key, verdicts)
    signs = Counter((s.evidence, s.effect) for _, said in every for s in said.signs if s.stands)
    for evidence in EVIDENCE:
        numbers[f"how.{evidence}"] = sum(n for (of, _), n in signs.items() if of == evidence)
        numbers |= {f"how.{evidence}.{effect}": signs[evidence, effect] for effect in ALL_EFFECTS}
    return numbers


BY = {"company": "company", "customers": "customer", "colleagues": "colleague"}
EVIDENCE = (
    "customer_said", "accepted", "helpful_vote", "link_opened", "rating_raised", "came_back", "thanked",
    "staff_judgement",
)  # fmt: skip


def links(facts: list[Fact], within: Test, key_of: Callable[[str, str], str]) -> Numbers:
    """Holding replies may give a link too."""
    given = [
        (f, s) for f in facts if f.is_readable for s in f.said
        if s.link and within(s.at) and (s.counts if s.is_message else s.can_be_read)
    ]  # fmt: skip
    groups: dict[str, list[Said]] = {"total": [said for _, said in given]}
    groups |= {f"type-{kind}": [s for _, s in given if (s.type or "untyped") == kind] for kind in KINDS}
    for _, said in given:
        if said.link:
            groups.setdefault(key_of("link", said.link.url), []).append(said)
    numbers: Numbers = {}
    for key, of in groups.items():
        steps = [said.link for said in of if said.link]
        numbers |= {
            f"{key}.given": len(of),
            f"{key}.asker": sum(link.asker for link in steps),
            f"{key}.others": sum(link.others for link in steps),
            f"{key}.helped": sum(link.helped for link in steps),
            f"{key}.shown": sum(newest("customer", [said]) == "strengthened" for said in of),
            f"{key}.judged": sum(newest("staff", [said]) == "strengthened" for said in of),
        }
    return numbers


def bound(helped: int, count: int) -> float:
    """Wilson 1927, z = 1.96, written out once more."""
    share, z = helped / count, 1.96
    root = sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return (share + z * z / (2 * count) - z * root) / (1 + z * z / count)


def talent(facts: list[Fact], within: Test) -> tuple[Numbers, dict[int, float]]:
    """Numbers, and who is named with which bound."""
    numbers, bounds, kinds = {}, {}, {"agent": "company", "member": "customer"}
    for key, by in kinds.items():
        replies: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
        for fact, said in counted(facts, within):
            if said.by == by:
                verdicts = newest("customer", [said]), newest("staff", [said])
                replies[said.author].append((reply_kind(fact, said), *verdicts))
        named = {author for author, of in replies.items() if len(of) >= 10}
        groups = {f"{key}-{author}": replies[author] for author in named}
        rest = [one for author, of in replies.items() if author not in named for one in of]
        for name, of in {**groups, **({f"{key}-rest": rest} if rest else {})}.items():
            numbers |= {
                f"{name}.all": len(of),
                f"{name}.helped": sum(shown == "strengthened" for _, shown, _ in of),
                f"{name}.judged": sum(judged == "strengthened" for *_, judged in of),
            }
        for author in named:
            bounds[author] = bound(numbers[f"{key}-{author}.helped"], len(replies[author]))
            if key == "agent":
                for kind in KINDS:
                    of = [shown for its, shown, _ in replies[author] if its == kind]
                    numbers[f"agent-{author}.{kind}.helped"] = of.count("strengthened")
    return numbers, bounds


def first_response(
    facts: list[Fact], within: Test
) -> tuple[Numbers, dict[str, list[tuple[datetime, datetime | None]]]]:
    """Numbers, and the waits of each row."""
    waits: dict[str, list[tuple[datetime, datetime | None]]] = {"anyone": [], "company": [], **{k: [] for k in KINDS}}
    targets: dict[str, Counter[str]] = defaultdict(Counter)
    for fact in facts:
        if not (fact.is_readable and within(fact.asked)):
            continue
        if fact.origin == "question" and not fact.is_import:
            waits["anyone"].append((fact.asked, min((one.at for one in fact.said if one.counts), default=None)))
        first = min(fact.ours, default=None)
        if first is None and fact.state != "waiting":
            continue
        for key in ("company", kind_of(fact)):
            waits[key].append((fact.asked, first))
            targets[key][_target(fact.first_due, first)] += 1
    numbers: Numbers = {}
    for key, of in waits.items():
        waiting = sum(answered is None for _, answered in of)
        numbers |= {f"{key}.first": len(of), f"{key}.answered": len(of) - waiting, f"{key}.waiting": waiting}
        if key != "anyone":
            numbers |= {f"{key}.in_time": targets[key]["in_time"], f"{key}.late": targets[key]["late"]}
    return numbers | _steps(waits["company"]), waits


def _target(due: datetime | None, first: datetime | None) -> str:
    if due is None:
        return "none"
    return ("in_time" if first <= due else "late") if first else ("late" if due < NOW else "open")


def _steps(waits: Iterable[tuple[datetime, datetime | None]]) -> Numbers:
    numbers = Counter({f"took.{key}": 0 for key in (*(f"under{h}" for h in HOURS), "over", "waiting")})
    for asked, answered in waits:
        took = (answered - asked) / timedelta(hours=1) if answered else None
        step = "waiting" if took is None else next((f"under{h}" for h in HOURS if took < h), "over")
        numbers[f"took.{step}"] += 1
    return dict(numbers)


HOURS = (1, 4, 8, 24, 72)


def next_response(facts: list[Fact], within: Test) -> tuple[Numbers, dict[str, list[tuple[datetime, datetime | None]]]]:
    waits: dict[str, list[tuple[datetime, datetime | None]]] = {f"next-{kind}": [] for kind in KINDS} | {"next": []}
    for fact in (fact for fact in facts if fact.is_readable and fact.ours):
        for said in fact.said:
            is_later = said.counts and not said.is_holding and said.by == "company" and said.at > fact.ours[0]
            if is_later and said.waited_since and within(said.waited_since):
                for key in ("next", f"next-{said.type or 'untyped'}"):
                    waits[key].append((said.waited_since, said.at))
        if fact.state == "waiting" and fact.waiting_since and within(fact.waiting_since):
            for key in ("next", f"next-{kind_of(fact)}"):
                waits[key].append((fact.waiting_since, None))
    numbers: Numbers = {}
    for key, of in waits.items():
        waiting = sum(answered is None for _, answered in of)
        numbers |= {f"{key}.first": len(of), f"{key}.answered": len(of) - waiting, f"{key}.waiting": waiting}
    return numbers, waits


def quantiles(waits: Sequence[tuple[datetime, datetime | None]], hours: Hours) -> list[timedelta | None]:
    """Median and 90 % of calendar, then of business time: who waits has waited longer than all."""
    found: list[timedelta | None] = []
    for measure in (lambda a, b: b - a, hours.between):
        took = sorted(measure(asked, answered) if answered else timedelta.max for asked, answered in waits)
        for share in (0.5, 0.9):
            value = took[ceil(share * len(took)) - 1] if took else timedelta.max
            found.append(None if value == timedelta.max else value)
    return found


def peers(facts: list[Fact], within: Test) -> Numbers:
    asked = [f for f in facts if f.origin == "question" and f.is_readable and not f.is_import and within(f.asked)]
    groups = {"all": asked}
    for fact in asked:
        if fact.product:
            groups.setdefault(f"product-{fact.product}", []).append(fact)
    numbers = {
        f"helped.{key}": sum(_helpers(fact) == key for fact in asked) for key in ("alone", "both", "company", "nobody")
    }
    for key, of in groups.items():
        numbers |= {
            f"{key}.asked": len(of),
            f"{key}.answered": sum(_helpers(fact) in ("alone", "both") for fact in of),
            f"{key}.first": sum(_first_in_public(fact) == "customer" for fact in of),
            f"{key}.accepted": 0,
            f"{key}.unneeded": sum(_helpers(fact) == "alone" and fact.state != "waiting" for fact in of),
        }
    return numbers


def _helpers(fact: Fact) -> str:
    by = {said.by for said in fact.said if said.counts}
    return {(True, True): "both", (True, False): "alone", (False, True): "company"}.get(
        ("customer" in by, "company" in by), "nobody"
    )


def _first_in_public(fact: Fact) -> str:
    public = [said for said in fact.said if said.counts and not said.is_message]
    return min(public, key=lambda said: said.at).by if public else ""


def tone(facts: list[Fact], within: Test) -> Numbers:
    reviews = [fact for fact in facts if fact.origin == "review" and fact.is_readable and within(fact.asked)]
    groups = {"all": reviews}
    for fact in reviews:
        groups.setdefault(f"product-{fact.product}", []).append(fact)
    numbers = {
        "warm-words": sum(fact.tone == "negative" and fact.stars >= 4 for fact in reviews),
        "cold-words": sum(fact.tone == "positive" and fact.stars <= 2 for fact in reviews),
    }
    for key, of in groups.items():
        numbers[f"{key}.reviews"] = len(of)
        numbers |= {f"{key}.{t}": sum(f.tone == t for f in of) for t in ("positive", "neutral", "negative", "unread")}
        numbers |= {f"{key}.stars{n}": sum(fact.stars == n for fact in of) for n in range(1, 6)}
    return numbers


def leaving(facts: list[Fact], within: Test) -> Numbers:
    kinds = Counter(fact.leaving[1] for fact in facts if fact.leaving and within(fact.leaving[0]))
    names = ("quality", "service", "price", "delivery", "range", "competitor", "no_need", "other")
    quiet = {f"quiet.{state}": 0 for state in ("written", "came_back", "left_alone")}
    return {"why.all": sum(kinds.values()), **{f"why.{kind}": kinds[kind] for kind in names}, **quiet}


def goodwill(facts: list[Fact], within: Test, campaigns: dict[str, int]) -> Numbers:
    given = [fact for fact in facts if fact.coupon and within(fact.coupon[0])]
    groups = {"all": given, **{kind: [fact for fact in given if kind_of(fact) == kind] for kind in KINDS}}
    for fact in given:
        if fact.coupon:
            groups.setdefault(f"campaign-{campaigns[fact.coupon[1]]}", []).append(fact)
    numbers: Numbers = {}
    for key, of in groups.items():
        numbers[f"{key}.given"] = len(of)
        numbers |= effects(key, [(come_to(fact, "customer"), come_to(fact, "staff")) for fact in of])
    return numbers


def promises(facts: list[Fact], within: Test, key_of: Callable[[str, str], str]) -> Numbers:
    clocks = [clock for fact in facts if fact.is_readable for clock in fact.clocks if within(clock[0])]
    numbers: Numbers = {}
    for key in ("all", *({key_of("policy", policy) for *_, policy in clocks})):
        for target in ("first", "next"):
            of = [result for _, its, result, _ in clocks if its == target]
            numbers[f"{key}.{target}"] = len(of)
            numbers |= {f"{key}.{target}.{result}": of.count(result) for result in ("met", "missed", "running")}
    return numbers


def elsewhere(facts: list[Fact], within: Test, key_of: Callable[[str, str], str]) -> Numbers:
    of = [fact for fact in facts if fact.origin == "mention" and within(fact.asked)]
    numbers: Numbers = {}
    for key in ("all", *([key_of("place", "A forum")] if of else [])):
        stands = Counter("replied" if f.ours else "waiting" if f.state == "waiting" else "ended" for f in of)
        numbers[f"{key}.mentions"] = len(of)
        numbers |= {f"{key}.{stand}": stands[stand] for stand in ("waiting", "replied", "ended", "new")}
        numbers |= {f"{key}.tone{tone}": sum(fact.mention_tone == tone for fact in of) for tone in (-1, 0, 1)}
    return numbers
