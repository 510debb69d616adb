"""Self-inspection: runs, findings, limits, links, visits, sheets; messages of the public; assessment. One file a subject."""

from .assessment import AssessmentIndicator, AssessmentObjection, AssessmentResult, AssessmentScheme
from .finding import Finding
from .kept import FileLook, GuideCheck, InspectionSheet
from .limit import InspectionLimit
from .link import LinkUse, OutsideLink, SiteVisit
from .look import ReportLook
from .message import (
    DONE,
    OPEN,
    RESULTS,
    Message,
    MessageEvent,
    MessageInquiry,
    MessagePeriod,
    MessageSender,
)
from .order import Order, OrderEvent
from .run import InspectionRun

__all__ = [
    "DONE",
    "OPEN",
    "RESULTS",
    "AssessmentIndicator",
    "AssessmentObjection",
    "AssessmentResult",
    "AssessmentScheme",
    "FileLook",
    "Finding",
    "GuideCheck",
    "InspectionLimit",
    "InspectionRun",
    "InspectionSheet",
    "LinkUse",
    "Message",
    "MessageEvent",
    "MessageInquiry",
    "MessagePeriod",
    "MessageSender",
    "Order",
    "OrderEvent",
    "OutsideLink",
    "ReportLook",
    "SiteVisit",
]
