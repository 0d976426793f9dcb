"""Action: the shape of everything that a rule can do."""

from dataclasses import dataclass
from typing import Any, Protocol

from staff.models import Conversation


class Impossible(Exception):  # noqa: N818 - reads as a word: raise Impossible(…)
    """What the rule names has gone or may not be used, in a sentence for managers."""


@dataclass(frozen=True)
class Done:
    """`what`: for the log, as “Added the tag …”; `undo_data`: all that taking it back needs (JSON)."""

    what: str
    undo_data: dict[str, Any]


class Action(Protocol):
    """The caller has locked the conversation and writes the log. `parameters` are Rule.parameters, `rule` its name."""

    can_repeat: bool
    """Does a second time add something? Else a conversation is touched once, in the dry run too."""

    def says(self, parameters: dict[str, Any]) -> str:
        """“Add the tag “returns”.”"""

    def check(self, parameters: dict[str, Any]) -> None:
        """Raises Impossible where what they name has gone or may not be used."""

    def would(self, conversation: Conversation, parameters: dict[str, Any]) -> str:
        """What it would do now; empty where nothing would change. Reads only. Raises Impossible."""

    def do(self, conversation: Conversation, parameters: dict[str, Any], rule: str) -> Done:
        """After `would` said that something would change."""

    def undo(self, conversation: Conversation, undo_data: dict[str, Any]) -> str:
        """Empty, or why there is nothing left to take back."""
