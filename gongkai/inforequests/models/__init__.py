"""A request, who asks, its numbers, what was done with it, whom it was put to, what was decided."""

from .amendment import Amendment
from .consultation import Consultation
from .conversion import Conversion
from .decision import Decision, DecisionReview
from .dispatch import Dispatch
from .draft import PortalDraft, PortalTry, RequesterMessage
from .errand import Errand
from .event import RequestEvent
from .letter import Letter, LetterTemplate
from .numbering import Register, RegisterNumber
from .paper import CaseNote, CasePaper
from .recount import MovedCase, Recount
from .request import InfoRequest
from .requester import Requester

__all__ = [
    "Amendment",
    "CaseNote",
    "CasePaper",
    "Consultation",
    "Conversion",
    "Decision",
    "DecisionReview",
    "Dispatch",
    "Errand",
    "InfoRequest",
    "Letter",
    "LetterTemplate",
    "MovedCase",
    "PortalDraft",
    "PortalTry",
    "Recount",
    "Register",
    "RegisterNumber",
    "RequestEvent",
    "Requester",
    "RequesterMessage",
]
