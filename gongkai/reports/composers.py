"""The paragraphs that can be composed from the year's facts, and the questions to the clerk where no record says it.

Each composer stands in one of the six parts (2.2 of the report format) under a sub-heading, which an office may word
its own way. Where the facts say nothing the sentence is empty; where it has a question, the clerk is asked. A zero is
told in words, and only of what was counted or entered: nothing here is invented.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from . import sentences, sentences_requests
from .prose import YearFacts

Write = Callable[[YearFacts], str]
PROACTIVE, ON_REQUEST = "主动公开方面", "依申请公开方面"
MANAGEMENT, PLATFORM, SUPPORT = "政府信息管理方面", "平台建设方面", "监督保障方面"
NATIONAL = (PROACTIVE, ON_REQUEST, MANAGEMENT, PLATFORM, SUPPORT)
"""The five matters of part one that the format names; what an office adds is its own."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the clerk is asked, a hint how to answer, and the sentence that the answer 没有 becomes; often none."""

    ask: str
    hint: str
    none: str = ""


@dataclass(frozen=True, slots=True)
class Composer:
    """One paragraph: its slug, its part, the sub-heading it stands under, its name in lists, what writes it.

    `needs` are the sources of facts it asks (`fact_sources`); `question` is put where nothing can be written; `begins`
    tells whether a new report gets it; `repeats` whether it may stand more than once.
    """

    slug: str
    section: str
    subheading: str
    name: str
    write: Write
    needs: tuple[str, ...] = ()
    question: Question | None = None
    begins: bool = True
    repeats: bool = False


def _nothing(known: YearFacts) -> str:
    return ""


def _asked(
    slug: str,
    section: str,
    subheading: str,
    name: str,
    question: Question,
    *,
    begins: bool = True,
    repeats: bool = False,
) -> Composer:
    return Composer(
        slug, section, subheading, name, _nothing, question=question, begins=begins, repeats=repeats
    )


_ITEMS = Question(
    "今年主动公开了多少条政府信息？",
    "本平台没有这一年发布的信息。在别的网站发布的，写条数和分布在哪些栏目；确实一条也没有发布的，回答“没有”。",
    "本年度没有主动公开政府信息。",
)
_FEE = Question(
    "本年度收取信息处理费了吗？",
    "收了的，写明发出收费通知几件、收取多少元；没有收的，回答“没有”。收没收都要写（国办函〔2020〕109号）。",
    "信息处理费：本年度未收取信息处理费。",
)
_TRAINING = Question(
    "今年组织或者参加政府信息公开培训了吗？",
    "写什么时候、讲什么、多少人参加，例如“6月组织各股室信息员培训1次，学习依申请公开答复规范”。",
)
_INSPECTION = Question(
    "今年自查过几次？发现了什么问题，改了没有？",
    "写自查的次数、发现的问题和整改结果，例如“每季度自查一次，发现两个栏目更新不及时，当季改正”。",
)

_ALL = (
    Composer("items", "overview", PROACTIVE, "公开信息的条数和栏目", sentences.items, question=_ITEMS),
    Composer("documents", "overview", PROACTIVE, "制发、废止和有效的规范性文件", sentences.documents),
    Composer("decisions", "overview", PROACTIVE, "许可、处罚、强制决定的件数", sentences.decisions),
    Composer("requests", "overview", ON_REQUEST, "申请的收到和办结，复议和诉讼", sentences_requests.received),
    Composer("outcomes", "overview", ON_REQUEST, "按办理结果", sentences_requests.outcomes),
    Composer("reasons", "overview", ON_REQUEST, "没有公开的理由", sentences_requests.reasons),
    Composer(
        "handling", "overview", ON_REQUEST, "申请渠道、延期、补正和平均天数",
        sentences_requests.handling, needs=("handling",),
    ),
    Composer("review", "overview", MANAGEMENT, "公开前审查、退回、撤回和遮盖", sentences.review, needs=("review",)),
    _asked(
        "management", "overview", MANAGEMENT, "信息管理做了什么",
        Question(
            "今年在政府信息的制作、保存、更新上做了什么？",
            "例如定了什么制度、清理了哪些过时的信息、目录怎样更新。只写今年做过的事。",
        ),
    ),
    Composer("platform", "overview", PLATFORM, "栏目的个数和更新", sentences.platform, needs=("columns",)),
    _asked(
        "platform_work", "overview", PLATFORM, "平台建设做了什么",
        Question(
            "今年公开平台有什么变化？",
            "例如网站专栏、政务新媒体、政府公报、公开查阅点的新增、调整和维护。没有变化的，回答“没有”。",
        ),
    ),
    Composer(
        "inspection", "overview", SUPPORT, "自查的次数、问题和整改", sentences.inspection,
        needs=("inspection",), question=_INSPECTION,
    ),
    Composer(
        "training", "overview", SUPPORT, "培训的次数、人次和学时", sentences.training,
        needs=("training",), question=_TRAINING,
    ),
    _asked(
        "assessment", "overview", SUPPORT, "考核、评议和责任追究",
        Question(
            "今年的工作考核、社会评议和责任追究是什么结果？",
            "人民政府的年报必须写；部门没有的，回答“没有”。",
        ),
        begins=False,
    ),
    _asked(
        "local", "overview", "政务公开方面", "本地要求写的其他方面",
        Question("这方面今年做了什么？", "小标题可以改成本地要求的名称。只写今年做过的事。"),
        begins=False, repeats=True,
    ),
    _asked(
        "last_problem", "problems", "", "上年问题的改进情况",
        Question(
            "上年年报写的这个问题，今年改得怎么样？",
            "先说问题，再说今年做了什么、结果怎样；没有改完的，写明原因和打算。",
        ),
        begins=False, repeats=True,
    ),
    _asked(
        "problems", "problems", "", "今年的主要问题",
        Question(
            "今年的主要问题是什么？",
            "写本机关自己的、具体的问题，例如哪个栏目更新慢、哪一步办得不规范。照抄去年或者别家的，会被认定为内容雷同。",
        ),
    ),
    _asked(
        "measures", "problems", "", "下一步的改进措施",
        Question("下一步怎么改？", "每个问题对应一条措施，写明谁来做、什么时候做完。"),
    ),
    Composer("fee", "other", "", "信息处理费", sentences.fee, question=_FEE),
    _asked(
        "other_matters", "other", "", "其他要报告的事项",
        Question(
            "还有别的要报告吗？",
            "例如上级年度政务公开要点的落实情况、建议提案办理、创新做法（各地要求不同）。没有的，回答“没有”。",
        ),
    ),
)  # fmt: skip
COMPOSERS: dict[str, Composer] = {composer.slug: composer for composer in _ALL}


def outline(section: str, *, government: bool) -> list[Composer]:
    """What a new report's part begins with; a government also tells of assessment and accountability (2.2)."""
    return [
        composer
        for composer in _ALL
        if composer.section == section and (composer.begins or (government and composer.slug == "assessment"))
    ]
