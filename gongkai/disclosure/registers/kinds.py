"""The six registers in words: their columns on pages and sheets, what is counted, by when decisions are published."""

from __future__ import annotations

from dataclasses import dataclass

from ..models import RegisterKind

YES, NO = "是", "否"
PERSON, BODY = "自然人", "单位"


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a register: the field it fills, its head, what to write there, an example."""

    slug: str
    head: str
    hint: str = ""
    example: str = ""
    needed: bool = False
    most: int = 200
    choices: tuple[str, ...] = ()
    width: int = 18
    accept: tuple[str, ...] = ()
    """Other heads under which the column is found."""


@dataclass(frozen=True, slots=True)
class Register:
    """A register. `day` names its date; `duty` is the publishing limit of its decisions (a slug of
    `statute.duties.LIMITS`), empty where nothing follows; `catalogue` what of article 20 a decision belongs to."""

    slug: str
    name: str
    unit: str
    day: str
    fields: tuple[Field, ...]
    duty: str = ""
    catalogue: str = ""
    law: str = ""

    @property
    def issued(self) -> bool:
        """True for documents, which are made, repealed and in force."""
        return self.slug in (RegisterKind.REGULATIONS, RegisterKind.NORMATIVE)

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells of table two that it fills."""
        own = f"t2.{self.slug}"
        return tuple(f"{own}.{c}" for c in ("made", "repealed", "valid")) if self.issued else (own,)

    def field(self, slug: str) -> Field | None:
        """The column of a field, None where this register has none."""
        return next((field for field in self.fields if field.slug == slug), None)


_DATE = "写成 2025-03-05 或者 2025年3月5日。"
_NUMBERS = ("文号", "发文号", "文件编号", "文件字号")
_MADE = ("制发时间", "印发日期", "印发时间", "发文日期", "发文时间", "成文日期", "成文时间", "制定日期")
_IN_FORCE = ("施行时间", "施行之日", "生效日期", "实施日期", "生效时间", "实施时间")
_ENDED = ("废止日期", "失效日期", "废止时间", "失效时间", "废止失效日期")
_DECIDED = ("决定时间", "作出日期", "作出决定日期", "决定书日期", "许可日期", "处罚日期")
_SECTION = Field("department", "承办股室", "可以不填。", "执法监督股", most=60)
_KIND_OF = Field(
    "natural",
    "相对人类别",
    "从列表里选；不填按自然人处理，姓名不外露。",
    BODY,
    choices=(BODY, PERSON),
    width=14,
)


def _documents(slug: str, name: str) -> Register:
    return Register(
        slug,
        name,
        "件",
        "制发日期",
        (
            Field(
                "title",
                "文件名称",
                "全称。",
                "某某管理办法",
                needed=True,
                width=40,
                accept=("名称", "标题", "文件标题", "题名"),
            ),
            Field(
                "number", "发文字号", "没有的不填。", "某司发〔2025〕1号", most=80, width=24, accept=_NUMBERS
            ),
            Field("day", "制发日期", _DATE, "2025-03-05", needed=True, accept=_MADE),
            Field("in_force_on", "施行日期", "制发当天施行的不填；还没有到的也填。", "", accept=_IN_FORCE),
            Field("ended_on", "废止或者失效日期", "仍然有效的不填。", "", accept=_ENDED),
            Field("ended_by", "由什么废止", "例如：某司发〔2025〕8号。可以不填。", "", width=24),
            _SECTION,
        ),
        law="条例第二十条第（一）项",
    )


def _decisions(
    slug: str, name: str, title: Field, whom: str, category: Field, public: str, **more: str
) -> Register:
    return Register(
        slug,
        name,
        "件",
        "决定日期",
        (
            Field(
                "number",
                "决定书文号",
                "不重复。",
                f"某{more.pop('sign')}〔2025〕1号",
                True,
                80,
                width=26,
                accept=("文号", "决定文号", "决定书编号", "文书编号", "决定书号"),
            ),
            Field("day", "决定日期", _DATE, "2025-03-05", needed=True, accept=_DECIDED),
            title,
            Field(
                "subject",
                whom,
                "姓名或者单位名称。自然人的姓名在页面上只显示姓。",
                "示例商贸有限公司",
                most=100,
            ),
            _KIND_OF,
            category,
            _SECTION,
            Field("publish", "是否公开", public, YES, choices=(YES, NO), width=12),
            Field("public_on", "公开日期", "已经在别处公开的填；还没有公开的不填。"),
        ),
        **more,
    )


_TABLE = (
    _documents(RegisterKind.REGULATIONS, "规章"),
    _documents(RegisterKind.NORMATIVE, "行政规范性文件"),
    _decisions(
        RegisterKind.LICENCES,
        "行政许可",
        Field("title", "许可事项", "不要写自然人的姓名。", "律师事务所设立许可", needed=True, width=36),
        "申请人",
        Field("category", "许可种类", "例如：普通、特许、认可、登记。可以不填。", "普通", most=60),
        "准予许可的决定都要公开，填“是”；不予许可的填“否”。不填按“是”。",
        sign="许可",
        duty="licence",
        catalogue="licences",
        law="条例第二十条第（五）项、行政许可法第四十条",
    ),
    _decisions(
        RegisterKind.PENALTIES,
        "行政处罚",
        Field(
            "title",
            "案由",
            "违法行为一句话。不要写自然人的姓名。",
            "未按规定公示收费标准",
            needed=True,
            width=36,
        ),
        "当事人",
        Field("category", "处罚种类", "例如：警告、罚款。可以不填。", "警告", most=60),
        "具有一定社会影响的填“是”，其他填“否”。不填按“否”。",
        sign="罚",
        duty="penalty",
        catalogue="penalties",
        law="条例第二十条第（六）项、行政处罚法第四十八条",
    ),
    _decisions(
        RegisterKind.COERCION,
        "行政强制",
        Field("title", "强制事项", "不要写自然人的姓名。", "查封经营场所", needed=True, width=36),
        "当事人",
        Field("category", "强制种类", "例如：查封、扣押、代履行。可以不填。", "查封", most=60),
        "依规定要公示的填“是”，其他填“否”。不填按“否”。",
        sign="强",
        duty="other_enforcement",
        catalogue="penalties",
        law="条例第二十条第（六）项",
    ),
    Register(
        RegisterKind.CHARGES,
        "行政事业性收费",
        "笔",
        "收费日期",
        (
            Field("day", "收费日期", _DATE, "2025-03-05", needed=True),
            Field("title", "收费项目", "照收费目录写。", "公证费", needed=True, width=30),
            Field(
                "amount", "金额（元）", "按元填，最多两位小数；年报自动换算成万元。", "1200.50", needed=True
            ),
            Field("number", "票据号码", "可以不填；填了就不能重复。", "", most=80),
            Field("subject", "缴费人", "可以不填。", "", most=100),
            _KIND_OF,
            _SECTION,
        ),
        law="条例第二十条第（八）项",
    ),
)
REGISTERS: dict[str, Register] = {register.slug: register for register in _TABLE}
"""Every register by its slug, in the order of table two."""
DUE = tuple(register.slug for register in _TABLE if register.duty)
"""The registers whose decisions are published within a number of days."""
