"""Columns, items and what hangs on them, the review sheets, and the publications: all the public ever reads."""

from .attachment import Attachment
from .clearing import Clearing
from .column import Column, ColumnAddress
from .evaluation import Evaluation
from .item import Item
from .numbering import IndexNumber, IndexRegister
from .publication import Publication, PublicationFile
from .relation import Relation
from .review import Drafter, Referral, ReviewSheet, ReviewStep, Signature
from .route import ReviewRoute

__all__ = [
    "Attachment",
    "Clearing",
    "Column",
    "ColumnAddress",
    "Drafter",
    "Evaluation",
    "IndexNumber",
    "IndexRegister",
    "Item",
    "Publication",
    "PublicationFile",
    "Referral",
    "Relation",
    "ReviewRoute",
    "ReviewSheet",
    "ReviewStep",
    "Signature",
]
