"""Agency and Section, Person, Seat with its holders and deputies."""

from .agency import Agency, AgencyName, Section
from .person import Person
from .proposal import SeatProposal
from .seat import (
    ADMINISTRATORS,
    BUSINESS,
    IN_SECTIONS,
    OF_THE_WHOLE,
    REVIEWERS,
    Deputy,
    Kind,
    Seat,
    Tenure,
)

__all__ = [
    "ADMINISTRATORS",
    "BUSINESS",
    "IN_SECTIONS",
    "OF_THE_WHOLE",
    "REVIEWERS",
    "Agency",
    "AgencyName",
    "Deputy",
    "Kind",
    "Person",
    "Seat",
    "SeatProposal",
    "Section",
    "Tenure",
]
