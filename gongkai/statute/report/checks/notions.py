"""The words by which prose names what the tables count."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable


def any_of(words: Iterable[str]) -> Callable[[str], re.Match[str] | None]:
    """A search for any of these words, the text gone through once."""
    return re.compile("|".join(map(re.escape, words))).search


GROUPS: dict[str, tuple[str, ...]] = {
    "granted": ("granted",),
    "partial": ("partial",),
    "denied": (
        "denied_state_secret",
        "denied_law_forbids",
        "denied_three_security",
        "denied_third_party",
        "denied_internal",
        "denied_process",
        "denied_enforcement_file",
        "denied_admin_query",
    ),
    "unable": ("unable_not_held", "unable_needs_making", "unable_unclear"),
    "reject": ("reject_petition", "reject_repeat", "reject_publication", "reject_mass", "reject_confirm"),
    "other": ("other_no_correction", "other_no_fee", "other_other"),
}
"""The six kinds of outcome, （一） to （六）, and their rows."""
GROUP_NAMES = {
    "granted": "（一）予以公开",
    "partial": "（二）部分公开",
    "denied": "（三）不予公开",
    "unable": "（四）无法提供",
    "reject": "（五）不予处理",
    "other": "（六）其他处理",
}
GROUP_WORDS: tuple[tuple[str, str], ...] = (
    ("予以公开", "granted"),
    ("同意公开", "granted"),
    ("全部公开", "granted"),
    ("部分公开", "partial"),
    ("不予公开", "denied"),
    ("无法提供", "unable"),
    ("不予处理", "reject"),
    ("其他处理", "other"),
)
LEAF_WORDS: tuple[tuple[str, str], ...] = (
    ("国家秘密", "denied_state_secret"),
    ("法规禁止", "denied_law_forbids"),
    ("三安全一稳定", "denied_three_security"),
    ("第三方合法权益", "denied_third_party"),
    ("内部事务", "denied_internal"),
    ("过程性", "denied_process"),
    ("执法案卷", "denied_enforcement_file"),
    ("行政查询", "denied_admin_query"),
    ("不掌握", "unable_not_held"),
    ("没有现成", "unable_needs_making"),
    ("另行制作", "unable_needs_making"),
    ("仍不明确", "unable_unclear"),
    ("信访举报投诉", "reject_petition"),
    ("重复申请", "reject_repeat"),
    ("公开出版物", "reject_publication"),
    ("大量反复申请", "reject_mass"),
    ("重新出具", "reject_confirm"),
    ("逾期不补正", "other_no_correction"),
    ("未缴费", "other_no_fee"),
)
REQUEST_UNITS = frozenset("件条份宗次起项例笔个封")
REQUEST_WORDS = (
    "信息公开申请",
    "依申请公开",
    "公开申请",
    "申请公开",
    "信息申请",
    "申请信息公开",
    "公开政府信息申请",
)
NOT_REQUESTS = (
    *("复议", "诉讼", "许可", "救助", "援助", "仲裁", "公证", "调解", "补贴", "资质", "更正", "补正", "延期"),
    *(
        "征求",
        "培训",
        "咨询",
        "电话",
        "专栏",
        "栏目",
        "指南",
        "制度",
        "目录",
        "会议",
        "发布",
        "留言",
        "来信",
        "公示",
    ),
    *(
        "检查",
        "调研",
        "座谈",
        "沟通",
        "案例",
        "缴费",
        "收费",
        "处理费",
        "登记证",
        "执行",
        "模板",
        "文书",
        "主动公开",
        "网友",
        "信箱",
    ),
)
RECEIVED = ("收到", "受理", "接收", "新收", "接到", "办理", "收悉", "收件")
ANSWERED = ("答复", "办结", "办理完", "处理完", "回复")
PART = (
    *(
        "其中",
        "本级",
        "网站",
        "网络",
        "网上",
        "线上",
        "线下",
        "信函",
        "邮寄",
        "当面",
        "现场",
        "窗口",
        "传真",
        "邮件",
    ),
    *(
        "平台",
        "渠道",
        "公众号",
        "微信",
        "涉及",
        "关于",
        "有关",
        "上半年",
        "下半年",
        "季度",
        "月份",
        "月底",
        "方面",
    ),
)
WHOLE_AGAIN = re.compile(r"全(?:市|县|区|省|州|旗|镇|乡|街道|局|委)|各级")
CARRIED_IN = re.compile(
    r"(?:上一?年度?|去年)[^，；。]{0,10}(?:结转|转入|遗留|延续|转接)|结转上一?年|(?:20\d\d)年度?[^，；。]{0,6}结转"
)
CARRIED_OUT = re.compile(
    r"结转(?:至|到|入|下|次|20)|转(?:至|到|入)?(?:下|次)一?年|顺延|下一?年度?(?:继续)?(?:办理|答复)|(?:尚|正)在办理|未办结|待办结"
)
COMPARED = re.compile(
    r"(?:较(?!好|大|多|高)|(?<!占)比(?!例)|同比|环比|相比)[^，；。]{0,14}$|(?:增加|减少|增长|下降|上升|回落|提高|净增|多|少)了?$"
)
YEAR_WORDS = re.compile(
    r"(?P<sign>较|比|与|和|同|截至|截止|自|从)?(?P<year>20\d\d)年(?!度?[^，；。]{0,6}结转)"
    r"|(?P<sign2>较|比|与|和|同)?(?P<last>去年|上一?年|前年)(?!度?[^，；。]{0,10}(?:结转|转入|遗留|延续|转接|未办))"
    r"|(?P<this>今年|本年|当年)"
)
SUB_ORGAN = re.compile(
    r"(办公室|办公厅|政府办|局|委员会|街道办事处|街道|镇|乡)(?:共|全年|累计|本年度|年度|代表[^，；。]{0,8})?(?:收到|受理|办理|接收|答复|制发|印发)"
)
TIE = re.compile(
    r"(?:因|就|对|针对|涉及?|关于|有关|与)[^，；。]{0,10}(?:信息公开|依申请公开)"
    r"|(?:信息公开|依申请公开)[^，；。]{0,12}(?:复议|诉讼)|(?:信息公开|依申请公开)[^，；。]{0,10}被(?:申请|提起)"
)
NOT_TIED = ("平台", "专栏", "网站", "栏目", "公开网", "目录", "年报")
CASELOAD = re.compile(r"(?:办理|审理|审结|受理|收到|办结)[^，；。]{0,6}行政?(?:复议|应诉)(?:案件|申请)")
NOT_CASES = ("信息公示", "发布", "专题", "专栏", "宣传", "复议信息", "文书", "培训", "一审", "二审", "应诉率")
RESULTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("维持", ("upheld",)),
    ("驳回", ("upheld", "other")),
    ("纠正", ("corrected",)),
    ("纠错", ("corrected",)),
    ("撤销", ("corrected",)),
    ("确认违法", ("corrected",)),
    ("败诉", ("corrected",)),
    ("其他结果", ("other",)),
    ("撤回", ("other",)),
    ("终止", ("other",)),
    ("未审结", ("pending",)),
    ("审理中", ("pending",)),
    ("正在审理", ("pending",)),
)
NOT_MADE = (
    *(
        "解读",
        "备案",
        "审查",
        "审核",
        "报备",
        "征求",
        "清理",
        "评估",
        "宣传",
        "培训",
        "草案",
        "统计",
        "规章制度",
    ),
    *(
        "前置",
        "论证",
        "制度",
        "建议",
        "意见",
        "合法性",
        "标题",
        "图解",
        "集中",
        "历史",
        "转载",
        "上级",
        "起草",
    ),
)
DECISIONS = (("行政许可", "licences"), ("行政处罚", "penalties"), ("行政强制", "coercion"))
DECIDED = ("作出", "做出", "实施", "决定", "办理", "办结", "处理")
NOT_DECIDED = (
    "申请",
    "信息",
    "公示",
    "公开",
    "发布",
    "双公示",
    "案卷",
    "评查",
    "听证",
    "培训",
    "事项",
    "清单",
    "文书",
    "复议",
)
NAMES_REQUESTS = any_of(REQUEST_WORDS)
NAMES_SOMETHING_ELSE = any_of(NOT_REQUESTS)
NAMES_OUTCOME = any_of(word for word, _ in (*GROUP_WORDS, *LEAF_WORDS))
NAMES_REQUESTER = any_of(("自然人", "公民个人", "法人", "商业企业"))
NAMES_DECISION = any_of(word for word, _ in DECISIONS)
SAYS_RECEIVED = any_of(RECEIVED)
SAYS_ANSWERED = any_of(ANSWERED)
SAYS_PART = any_of(PART)
SAYS_NOT_MADE = any_of(NOT_MADE)
MAY_NARROW = any_of(("本级", "办公室", "办公厅", "政府办", "局", "委员会", "街道", "镇", "乡"))
"""Without one of these words no narrower organ is named."""
NEWLY = re.compile(r"新收到?(?=[0-9一二三四五六七八九十百零两])")
"""新收 right before its figure, as table three counts: not 新收集、新收录."""
TAKEN = re.compile(r"收到|受理|接收|新收|接到|办理|答复|办结")
FAULT = re.compile(r"[未没逾超误错欠不]|瑕疵|[去前上次明下]一?年|(?:上|下)半年|季度|月|抽查|抽取")
WHOLE_YEAR = re.compile(
    r"、?(?:(?:(?:20\d\d|今|本|全|当)年度?|年内|我局|本机关|本单位|累计|一共|共计|总共|[已共全部均按期时依法及并计])，?)*"
)
"""What may stand between the opening of a clause and its verb when the sub-heading says what is counted."""
