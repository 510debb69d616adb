"""Self-inspection, messages of the public, assessment, orders, duties of the year. One file a subject."""

from .assessment import AssessmentIndicator, AssessmentObjection, AssessmentResult, AssessmentScheme
from .duty import DutyOwner, DutySetting, DutyTick, LocalDuty
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
    "DutyOwner",
    "DutySetting",
    "DutyTick",
    "FileLook",
    "Finding",
    "GuideCheck",
    "InspectionLimit",
    "InspectionRun",
    "InspectionSheet",
    "LinkUse",
    "LocalDuty",
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
