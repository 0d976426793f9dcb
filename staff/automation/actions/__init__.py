"""What rules can do. Never a reply, never a letter: each puts something in front of a person, and can be taken back."""

from staff.automation.actions.assigning import Assign
from staff.automation.actions.calling import Call
from staff.automation.actions.doing import Action, Done
from staff.automation.actions.raising import Raise
from staff.automation.actions.suggesting import Suggest
from staff.automation.actions.tagging import AddTag
from staff.models import Rule

ACTIONS: dict[str, Action] = {
    Rule.Action.TAG: AddTag(),
    Rule.Action.ASSIGN: Assign(),
    Rule.Action.PRIORITY: Raise(),
    Rule.Action.SUGGEST: Suggest(),
    Rule.Action.RAISE: Call(),
}

__all__ = ["ACTIONS", "Action", "Done"]
