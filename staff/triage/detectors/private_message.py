"""The customer wrote to us alone. Nobody else can answer that.

Thanks need no reply; but what we asked for mostly comes with thanks, and must not leave the queue unseen.
"""

import re

from staff.models import Reason
from staff.triage.case import Case, Finding, Said, finding
from staff.triage.praising import is_thanks
from staff.triage.reading_text import first_sentence

KIND, WEIGHT = Reason.Kind.PRIVATE_MESSAGE, 4
RULE = "The customer wrote to us alone."
BARE = 40  # characters: “Thank you so much, all is well now!”
_ASKED = re.compile(
    r"\?|\b(?:please\s+(?:send|tell|give|let|write|reply|answer)|(?:we|i)\s+need|let\s+(?:me|us)\s+know)\b", re.I
)


def detect(case: Case) -> Finding | None:
    said = next((said for said in case.asker_unanswered() if said.is_private and not _is_bare_thanks(case, said)), None)
    return finding(KIND, said, first_sentence(said.body), WEIGHT, RULE, said.at) if said else None


def _is_bare_thanks(case: Case, said: Said) -> bool:
    """Thanks that bring nothing along: no number, and nothing longer after we had asked something."""
    if not is_thanks(said, case) or any(character.isdigit() for character in said.body):
        return False
    ours = [text for text in case.texts if text.is_official and text.is_private and text.at < said.at]
    return len(said.body) <= BARE or not ours or not _ASKED.search(ours[-1].body)
