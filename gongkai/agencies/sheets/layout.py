"""The workbook: its sheets and columns, in words, with what each column takes."""

from __future__ import annotations

from dataclasses import dataclass

from ..models import BUSINESS, Agency, Kind

YES, NO = "是", "否"
LEVELS = {label: value for value, label in Agency.Level.choices}
KINDS = {kind.label: kind for kind in Kind if kind in BUSINESS}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the field it fills, its head, what to write, an example. `choices` makes a list to pick from."""

    field: str
    head: str
    hint: str
    example: str = ""
    needed: bool = False
    choices: tuple[str, ...] = ()
    width: int = 16


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name and its columns."""

    key: str
    name: str
    columns: tuple[Column, ...]

    def column(self, field: str) -> Column:
        """The column of a field."""
        return next(column for column in self.columns if column.field == field)


AGENCIES = Sheet(
    "agencies",
    "机关",
    (
        Column(
            "code",
            "机构代码",
            "每个机关一个，不重复，只用字母、数字和短横。已有的机关按它对上。",
            "XTXSFJ",
            True,
        ),
        Column(
            "name",
            "全称",
            "公章上的名称。已有机关的更名要在页面上办理，这里不能改。",
            "湘潭县司法局",
            True,
            width=28,
        ),
        Column("short_name", "简称", "可以不填。", "县司法局"),
        Column(
            "slug", "网址代号", "公开栏目网址里的一段：小写字母、数字和短横。用了以后不要改。", "xtxsfj", True
        ),
        Column("level", "层级", "从列表里选。", "政府部门", True, tuple(LEVELS), 18),
        Column("supervisor", "主管部门", "写主管部门的机构代码。最上一级不填。", "XTX"),
        Column("self_name", "自称", "公文里怎样称呼自己；不填就用“本机关”。", "我局"),
        Column("document_code", "机关代字", "发文字号里的代字，可以不填。", "潭县司"),
        Column("uscc", "统一社会信用代码", "18位，可以不填。", "", width=24),
        Column("makes_rules", "有规章制定权", "填“是”或者“否”；不填是“否”。", "否", choices=(YES, NO)),
        Column("office", "政府信息公开工作机构", "负责公开工作的内设机构。", "县司法局办公室", width=24),
        Column("address", "地址", "接收当面和邮寄申请的地址。", "", width=30),
        Column("postcode", "邮政编码", "6位数字。", "411200"),
        Column("phone", "电话", "带区号。", "0731-55556666"),
        Column("fax", "传真", "带区号，可以不填。", ""),
        Column("email", "电子邮箱", "对外公布的邮箱，可以不填。", ""),
        Column("office_hours", "办公时间", "例如 工作日 9:00—12:00。", "", width=28),
        Column(
            "reconsideration_organs",
            "行政复议机关",
            "有几个就写几行（Alt＋Enter 换行）。",
            "湘潭县人民政府",
            width=26,
        ),
        Column("court", "管辖法院", "告知书里写的法院。", "", width=24),
        Column(
            "portal_open",
            "开设公开栏目",
            "填“是”后公众看得到本机关的栏目；不填是“否”。",
            "否",
            choices=(YES, NO),
        ),
    ),
)
SECTIONS = Sheet(
    "sections",
    "股室",
    (
        Column("agency", "机构代码", "股室所在机关的机构代码。", "XTXSFJ", True),
        Column("name", "股室名称", "同一机关里不重复。", "法治股", True, width=24),
        Column("order", "顺序", "数字，小的在前；不填就按表里的先后。", "1"),
    ),
)
PEOPLE = Sheet(
    "people",
    "人员与岗位",
    (
        Column(
            "username", "用户名", "登录用，不重复。一个人有几个岗位就写几行，用户名相同。", "zhangsan", True
        ),
        Column("name", "姓名", "真实姓名。", "张三", True),
        Column("phone", "手机", "11位，可以不填。", "13800138000"),
        Column("email", "电子邮箱", "可以不填。", "", width=24),
        Column(
            "agency", "机构代码", "岗位所在机关的机构代码；暂时没有岗位的，这一列和后两列都不填。", "XTXSFJ"
        ),
        Column("section", "股室", "股室起草人、股室负责人要写股室；其他岗位一般不写。", "法治股", width=20),
        Column(
            "kind",
            "岗位",
            "从列表里选。系统管理员、安全管理员、审计管理员不能用表格导入。",
            "经办员",
            False,
            tuple(KINDS),
            18,
        ),
    ),
)
SHEETS = (AGENCIES, SECTIONS, PEOPLE)
GUIDE = "填写说明"
RULES = (
    "三张表：机关、股室、人员与岗位。第一行是列名，不要改；从第二行填起，一行一条。",
    "先整份检查，一处不对就什么都不写入；检查结果逐行写明哪一行、哪一列、怎么改。",
    "已有的机关按“机构代码”对上并更新，已有的人按“用户名”对上并更新，其余的新增。",
    "空着的格子表示这一项没有内容。不想改动的列，可以整列删掉；不导入的表，可以只留列名。",
    "表里没有的机关、股室、人员和岗位不受影响：导入不会撤销任何东西。",
    "岗位先成为“拟授岗位”，由安全管理员在“系统管理—拟授岗位”里确认以后才生效。",
    "新增人员的初始密码在导入完成时给出一次，请当场下载；首次登录必须改密码。",
    "不要用公式、合并单元格和宏。一个格子里只写一项内容。",
)
"""What the guide sheet says."""
MOST_ROWS = 5000
"""Rows a sheet may have."""
MOST_NEW_PEOPLE = 1000
"""New people one import may bring: each needs a password sealed, and the page should answer at once."""
MAX_BYTES = 5 * 1024 * 1024
"""Bytes a workbook may have."""
