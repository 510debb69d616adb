"""What a label says: its characters without numbering, spaces and brackets, and which printed label it is like."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache

from ..editions import COLUMN_LABELS, edition
from .radicals import repair

_HAN = re.compile(r"[^\u3400-\u9fff〇]")
_SPACE = re.compile(r"[\s\u200b\ufeff\u00ad]+")
_ORDINAL = re.compile(
    r"(?:第?\(?[一二三四五六七八九十]+(?:\)[、.]?|[、.,:．])|\(?\d{1,2}(?:\)[、.]?|[、.,:]|(?=[^\d.])))"
)
# Longer texts are prose: no label of the form comes near this, spaces and breaks included.
LONGEST = 200
# （七）总计 with more words behind it; without （七） the order of the rows must bear it out.
_SUM = re.compile(r"(\(?七[)、.]+)?(?:总计|合计|小计)(?!.*[。;；]).{0,24}$")
_CAPTION = re.compile(r"第?二十条.{0,2}第?\(?([一五六八九])\)?项")


def squeeze(text: str) -> str:
    """The text in one width, without any white space: half-width brackets, digits and punctuation."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", repair(text)))


@lru_cache(maxsize=8192)
def core(text: str) -> str:
    """The Chinese characters of a label without its numbering: （三）1．属于 国家秘密 → 属于国家秘密."""
    flat = squeeze(text)
    if match := _ORDINAL.match(flat):
        flat = flat[match.end() :] or flat
    return _HAN.sub("", flat)


@lru_cache(maxsize=8192)
def pieces(text: str) -> tuple[str, ...]:
    """The cores a cell may hold, most particular first: 三、本年度办理结果（一）予以公开 → 予以公开, and the whole."""
    flat = squeeze(text)
    starts = [m.start() for m in _ORDINAL.finditer(flat)]
    found = [core(flat[s:]) for s in reversed(starts) if s > 0] + [core(flat)]
    return tuple(dict.fromkeys(p for p in found if p))


@lru_cache(maxsize=16384)
def likeness(a: str, b: str) -> float:
    """How alike two cores are, 0 to 1. Text appended to a printed label, or a label cut short, counts high."""
    if a == b:
        return 1.0
    if len(b) >= 4 and a.endswith(b):
        return 0.96
    if len(b) >= 4 and a.startswith(b):
        return 0.95
    if len(a) >= 4 and len(b) > 5 and (b.startswith(a) or b.endswith(a)):
        return 0.9
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a label stands for: `table` t2, t3, t4 or ledger; `role` caption, head or row; `key` which one."""

    table: str
    role: str
    key: str


@dataclass(frozen=True, slots=True)
class StatutoryRow:
    """A row of table three in printed order. `slug` is empty for a heading row; （六）其他处理 is a heading that
    may carry figures of its own, as `other_all`."""

    index: int
    slug: str
    core: str
    number: int | None


@cache
def table3_rows() -> tuple[StatutoryRow, ...]:
    """All rows of table three, the fuller form of 2021 serving both editions."""
    rows = []
    for index, row in enumerate(edition("2021").table3):
        tail = int(row.id.rsplit("_", 1)[-1]) if row.id.count("_") == 2 else None
        rows.append(StatutoryRow(index, row.slug, core(row.label), tail))
    return tuple(rows)


@cache
def other_all_index() -> int:
    """The index of （六）其他处理 among `table3_rows`."""
    return next(r.index for r in table3_rows() if r.core == "其他处理")


HEADS3: dict[str, str] = {core(label): slug for slug, label in COLUMN_LABELS.items()}
HEADS3 |= {"其它": "other", "合计": "total", "企业": "commercial", "公益组织": "public_interest"}
_OTHER_HEADS3 = {"科研单位": "research", "其它组织": "other", "其他组织": "other", "小计": "total"}
_GROUP_HEADS3 = ("法人或其他组织", "法人和其他组织", "申请人情况", "申请人类型", "法人或者其他组织")
_EXTRA_CORES3 = {
    "部分公开": "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    "其它": "3.其他",
    "其它处理": "（六）其他处理",
    "合计": "（七）总计",
    "危及三安全一稳定的": "3.危及“三安全一稳定”",
}
_EXTRA_CORES2 = {"政府规章": "regulations", "地方政府规章": "regulations", "部门规章": "regulations"}
_EXTRA_CORES2 |= {"集中采购": "procurement", "行政事业性收费项目": "fees"}
RESULTS4 = {"结果维持": "upheld", "结果纠正": "corrected", "其他结果": "other", "尚未审结": "pending"}
RESULTS4 |= {"总计": "total", "合计": "total", "维持": "upheld", "纠正": "corrected", "其它结果": "other"}
GROUPS4 = {"行政复议": "reconsideration", "行政复议情况": "reconsideration"}
GROUPS4 |= {"未经复议直接起诉": "litigation_direct", "未经行政复议直接起诉": "litigation_direct"}
GROUPS4 |= {
    "复议后起诉": "litigation_after_reconsideration",
    "行政复议后起诉": "litigation_after_reconsideration",
}
LEDGER_HEADS = frozenset(
    [
        "序号",
        "申请人",
        "申请渠道",
        "申请时间",
        "申请内容",
        "依申请公开编号",
        "申请单位",
        "答复时间",
        "处理状态",
        "信息获取方式",
        "发布状态",
        "办理结果",
    ]
)


def _table2_meanings() -> list[tuple[str, Meaning]]:
    found = [("信息内容", Meaning("t2", "head", "label"))]
    for form in ("2021", "2019"):
        for block in edition(form).table2:
            heads = zip(block.head[1:], block.columns, strict=True)
            found += [(core(h), Meaning("t2", "head", c)) for h, c in heads]
            for row in block.rows:
                slug = "fees" if row.slug.startswith("fees") else row.slug
                found += [(core(t), Meaning("t2", "row", slug)) for t in (row.label, *row.accept)]
    found += [(text, Meaning("t2", "row", slug)) for text, slug in _EXTRA_CORES2.items()]
    return [*found, ("本年收费金额", Meaning("t2", "head", "amount"))]


@cache
def meanings() -> dict[str, frozenset[Meaning]]:
    """Exact cores → what they may stand for. 其他 and 总计 stand for several things."""
    pairs = _table2_meanings()
    pairs += [(r.core, Meaning("t3", "row", str(r.index))) for r in table3_rows()]
    by_label = {row.label: i for i, row in enumerate(edition("2021").table3)}
    pairs += [(c, Meaning("t3", "row", str(by_label[label]))) for c, label in _EXTRA_CORES3.items()]
    pairs += [(c, Meaning("t3", "head", slug)) for c, slug in HEADS3.items()]
    pairs += [(c, Meaning("t3", "head", "group")) for c in _GROUP_HEADS3]
    pairs += [(c, Meaning("t4", "head", slug)) for c, slug in RESULTS4.items()]
    pairs += [(c, Meaning("t4", "group", slug)) for c, slug in GROUPS4.items()]
    pairs += [("行政诉讼", Meaning("t4", "group", "litigation"))]
    pairs += [(c, Meaning("ledger", "head", c)) for c in LEDGER_HEADS]
    found: dict[str, set[Meaning]] = {}
    for text, meaning in pairs:
        found.setdefault(text, set()).add(meaning)
    return {text: frozenset(m) for text, m in found.items()}


@lru_cache(maxsize=8192)
def meant_by(text: str) -> frozenset[Meaning]:
    """What a cell's text stands for by exact core; a caption by its pattern; empty when nothing printed."""
    if len(text) > LONGEST:
        return frozenset()
    flat = squeeze(text)
    if len(flat) < 24 and (match := _CAPTION.search(flat)):
        return frozenset({Meaning("t2", "caption", match.group(1))})
    if "勾稽关系" in flat and len(flat) < 80:
        return frozenset({Meaning("t3", "head", "group")})
    for piece in pieces(text):
        if found := meanings().get(piece):
            return found
    return frozenset()


@lru_cache(maxsize=1024)
def like_head3(text: str) -> str:
    """The column of table three that a head worded otherwise stands for; empty when none is near enough."""
    mine = core(text) if len(text) < 40 else ""
    if mine in _OTHER_HEADS3:
        return _OTHER_HEADS3[mine]
    best = max(
        ((likeness(mine, known), slug) for known, slug in HEADS3.items() if len(known) > 2), default=(0.0, "")
    )
    return best[1] if best[0] >= 0.75 else ""


@lru_cache(maxsize=4096)
def like_rows3(text: str) -> tuple[tuple[int, float], ...]:
    """Rows of table three a label may be, with likeness ≥ 0.6, best first; only the row itself when exact."""
    if len(text) > LONGEST:
        return ()
    exact = {int(m.key) for m in meant_by(text) if (m.table, m.role) == ("t3", "row")}
    if exact:
        return tuple((i, 1.0) for i in sorted(exact))
    number = re.match(r"\(?(\d{1,2})[).、,:]*(?=\D)", squeeze(text))
    found: dict[int, float] = {}
    for piece in pieces(text):
        for row in table3_rows():
            score = likeness(piece, row.core)
            if number and row.number is not None and score >= 0.5:
                score += 0.08 if int(number.group(1)) == row.number else -0.08
            if score >= (0.6 if len(piece) > 3 else 0.75):
                found[row.index] = max(found.get(row.index, 0.0), min(score, 0.99))
    if sums := _SUM.match(squeeze(text)):
        found[len(table3_rows()) - 2] = 0.97 if sums.group(1) else 0.8
    return tuple(sorted(found.items(), key=lambda p: -p[1]))


@lru_cache(maxsize=4096)
def like_row2(text: str) -> str:
    """The slug of the table-two row a label is, exactly or by likeness; empty when none."""
    for m in meant_by(text):
        if (m.table, m.role) == ("t2", "row"):
            return m.key
    if len(text) > LONGEST:
        return ""
    best, slug = 0.0, ""
    mine = core(text)
    for known, found in meanings().items():
        for m in found:
            if (m.table, m.role) == ("t2", "row") and "其他" not in mine.replace(known, ""):
                score = SequenceMatcher(None, mine, known, autojunk=False).ratio()
                if abs(len(mine) - len(known)) <= 2 and score > best:
                    best, slug = score, m.key
    return slug if best >= 0.84 else ""


@cache
def _label_pairs() -> frozenset[str]:
    words = [r.core for r in table3_rows()]
    words += [
        "申请人情况",
        "法人或其他组织",
        "自然人总计",
        "商业企业科研机构社会公益组织法律服务机构其他总计",
    ]
    words += ["行政复议行政诉讼", "未经复议直接起诉复议后起诉"]
    words += ["结果维持结果纠正其他结果尚未审结总计", "维持纠正结果审结维持", "结果结果其他尚未总计"]
    words.append("本列数据的勾稽关系为第一项加第二项之和等于第三项加第四项之和")
    return frozenset(w[i : i + 2] for w in words for i in range(len(w) - 1))


def is_scrap(text: str) -> bool:
    """A line made of the form's own words: a label that came loose from its row."""
    if len(text) > LONGEST or "。" in text or len(flat := core(text)) > 60:
        return False
    pairs = [flat[i : i + 2] for i in range(len(flat) - 1)]
    return len(flat) < 2 or sum(p in _label_pairs() for p in pairs) >= 0.6 * len(pairs)
