"""Columns, items and what hangs on them, the review sheets, and the publications: all the public ever reads."""

from .attachment import Attachment
from .clearing import Clearing
from .column import Column, ColumnAddress
from .evaluation import Evaluation
from .item import Item
from .numbering import IndexNumber, IndexRegister
from .publication import NoticeWording, Publication, PublicationFile
from .register import DocumentMark, RegisterEntry, RegisterImport, RegisterKept, RegisterKind
from .relation import PublishedRelation, Relation
from .review import Drafter, Referral, ReviewSheet, ReviewStep, Signature
from .route import ReviewRoute
from .scan import FileScan
from .transfer import Transfer

__all__ = [
    "Attachment",
    "Clearing",
    "Column",
    "ColumnAddress",
    "DocumentMark",
    "Drafter",
    "Evaluation",
    "FileScan",
    "IndexNumber",
    "IndexRegister",
    "Item",
    "NoticeWording",
    "Publication",
    "PublicationFile",
    "PublishedRelation",
    "Referral",
    "RegisterEntry",
    "RegisterImport",
    "RegisterKept",
    "RegisterKind",
    "Relation",
    "ReviewRoute",
    "ReviewSheet",
    "ReviewStep",
    "Signature",
    "Transfer",
]
