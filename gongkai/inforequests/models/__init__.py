"""A request, who asks, its numbers, what was done with it, whom it was put to, what was decided."""

from .consultation import Consultation
from .decision import Decision, DecisionReview
from .dispatch import Dispatch
from .draft import PortalDraft, PortalTry, RequesterMessage
from .event import RequestEvent
from .letter import Letter, LetterTemplate
from .numbering import Register, RegisterNumber
from .paper import CaseNote, CasePaper
from .request import InfoRequest
from .requester import Requester

__all__ = [
    "CaseNote",
    "CasePaper",
    "Consultation",
    "Decision",
    "DecisionReview",
    "Dispatch",
    "InfoRequest",
    "Letter",
    "LetterTemplate",
    "PortalDraft",
    "PortalTry",
    "Register",
    "RegisterNumber",
    "RequestEvent",
    "Requester",
    "RequesterMessage",
]
