"""The badges: few, each with the one rule that earns it. What counts is what other people did with what was said."""

from typing import NamedTuple

from community.people.models import Badge


class Rule(NamedTuple):
    icon: str
    sentence: str


RULES = {
    Badge.FIRST_SOLUTION: Rule(
        "badge-check", "An answer of yours was accepted as the solution of somebody's question."
    ),
    Badge.HELPED_10: Rule("users", "Ten different people accepted an answer of yours, or said that it helped them."),
    Badge.HELPED_50: Rule("users", "Fifty different people accepted an answer of yours, or said that it helped them."),
    Badge.HELPED_100: Rule("users", "A hundred different people accepted an answer of yours, or said that it helped."),
    Badge.WELCOMING: Rule("hand", "You answered the very first question of five people, and it was confirmed helpful."),
    Badge.GOOD_QUESTION: Rule("circle-help", "Ten other people said that they have a question of yours too."),
    Badge.REVIEWER: Rule("star", "Five reviews under your full name each helped somebody who said so."),
    Badge.A_YEAR: Rule("clock", "You wrote in a conversation a year or more after you wrote here first."),
}
HELPED = {Badge.HELPED_10: 10, Badge.HELPED_50: 50, Badge.HELPED_100: 100}
FIRST_QUESTIONS, OTHERS_WITH_QUESTION, REVIEWS, YEAR_IN_DAYS = 5, 10, 5, 365
