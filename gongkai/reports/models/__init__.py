"""The records of annual reports."""

from .elsewhere import PublishedElsewhere
from .sheets import ReportSheet, ReportSignature
from .steps import FindingAnswer, LastYear, StepMark, Submission
from .year import EnteredFigure, ProseBlock, ReportVersion, ReportYear

__all__ = [
    "EnteredFigure",
    "FindingAnswer",
    "LastYear",
    "ProseBlock",
    "PublishedElsewhere",
    "ReportSheet",
    "ReportSignature",
    "ReportVersion",
    "ReportYear",
    "StepMark",
    "Submission",
]
