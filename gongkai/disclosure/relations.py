"""The kinds of relation between items, as one chooses them."""

from __future__ import annotations

from .models import Relation

KINDS: tuple[tuple[str, str], ...] = (
    (Relation.Kind.INTERPRETS, "解读：这一条解读那个文件"),
    (Relation.Kind.FORM_OF, "附表、表格：这一条是那个文件的表格"),
    (Relation.Kind.REPLACES, "代替：这一条代替那个文件"),
    (Relation.Kind.REPEALS, "废止：这一条废止那个文件"),
    (Relation.Kind.CLARIFIES, "澄清：这一条澄清那一条的说法"),
    (Relation.Kind.SEE_ALSO, "相关：放在一起看"),
)
"""Kind and its words: what this item is to the other."""
