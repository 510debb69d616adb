"""Self-inspection: runs, findings, limits, links, visits, sheets. One file a subject."""

from .finding import Finding
from .kept import FileLook, GuideCheck, InspectionSheet
from .limit import InspectionLimit
from .link import LinkUse, OutsideLink, SiteVisit
from .run import InspectionRun

__all__ = [
    "FileLook",
    "Finding",
    "GuideCheck",
    "InspectionLimit",
    "InspectionRun",
    "InspectionSheet",
    "LinkUse",
    "OutsideLink",
    "SiteVisit",
]
