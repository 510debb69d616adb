"""Names behind words that say what somebody is in the matter, and what tells who a minor is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .findings import Found, Severity, What

SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆"
    "汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜"
    "倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶"
    "解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘"
)
DOUBLE = (
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "皇甫",
    "尉迟",
    "夏侯",
    "东方",
    "令狐",
    "慕容",
    "司徒",
    "公孙",
    "端木",
)
_ROLES = (
    r"申请人|被申请人|当事人|被处罚人|举报人|投诉人|信访人|来访人|来信人|受害人|被害人|犯罪嫌疑人|嫌疑人|被告人|被告|原告|上诉人|"
    r"第三人|委托人|代理人|监护人|证人|违法行为人|户主|业主|患者|病人|死者|伤者|肇事司机|驾驶人|收件人|收款人|借款人|户名|本人姓名|姓\s{0,4}名|"
    r"受助人|救助对象|低保对象|村民|居民|检举人|线索提供人|家长|修改人|作者|最后修改人"
)
_NAMED = re.compile(
    rf"(?:{_ROLES})(?:姓名)?\s{{0,2}}(?:[(（][^()（）]{{0,8}}[)）])?\s{{0,2}}[:：]\s{{0,4}}([\u4e00-\u9fff·]{{2,6}})(?![\u4e00-\u9fff])"
)
_JOINED = re.compile(
    rf"(?:{_ROLES})\s{{0,2}}([\u4e00-\u9fff]{{2,4}}?)(?=[，,（(、]\s{{0,2}}(?:男|女|身份证|汉族|[0-9]{{4}}年|[0-9]{{1,3}}岁|住|出生|联系电话|电话|手机))"
)
_CONTACT = re.compile(
    r"(?:联系人|经办人)\s{0,2}[:：]\s{0,4}([\u4e00-\u9fff]{2,4})(?![\u4e00-\u9fff])([^\n]{0,40})"
)
_OFFICE_PHONE = re.compile(
    r"0[0-9]{2,3}[-—） )]{0,2}[2-9][0-9]{6,7}|(?<![0-9])[2-9][0-9]{6,7}(?![0-9])|gov\.cn"
)
_NOT_NAMES = re.compile(
    r"某|甲|乙|丙|[×Xx*＊]|先生|女士|同志|主任|科长|局长|股长|书记|经理|老师|单位|机关|公司|部门|应当|可以|认为|请求|签名|盖章|"
    r"填写|同上|不详|无|未|名称|身份|地址|电话|情况|或者|以及|及其|如有|因|的|人$|性别|万元|万人|方式|方法|方案|成员|成立|成果|"
    r"和解|和谐|时间|时限|金额|单价|单据|应付|应收|项目|连续|连同|明确|明细|全部|全体|全县|全市|全区|关于|关系|安全|高度|管理|向|于|任何|任意"
)
_UNDER_AGE = re.compile(
    r"未成年人|未满十[四六八]周?岁|不满十[四六八]周?岁|未满1[468]周?岁|不满1[468]周?岁|留守儿童|困境儿童|事实无人抚养|孤儿|在校学生|学生"
)
_CHILD = re.compile(
    r"(?:未成年人|未成年被害人|未成年学生|受害儿童|留守儿童|困境儿童|孤儿|儿童|学生|被监护人|小学生|中学生|幼儿|其子|其女|女儿|儿子)"
    r"(?:姓名)?\s{0,2}[:：、]?\s{0,2}([\u4e00-\u9fff]{2,4}?)(?=[，,（(、。；;\s:：]|就读|系|今年|，?[0-9]{1,2}岁|$)"
)
_SCHOOL = re.compile(
    r"([\u4e00-\u9fff0-9]{2,16}?(?:小学|中学|学校|幼儿园|初中)\s?(?:[一二三四五六七八九初高][一二三四五六]?年级|初[一二三]|高[一二三]|[0-9]{1,4}级?|"
    r"[大中小]班)?\s?(?:[(（]?[0-9一二三四五六七八九十]{1,4}[)）]?班|[大中小][一二三四五六0-9]?班)(?:学生)?)"
)


def is_name(text: str) -> bool:
    """Whether a word of Chinese characters looks like a person's name, by its surname and what no name holds."""
    if _NOT_NAMES.search(text):
        return False
    bare = text.replace("·", "")
    if "·" in text:
        return len(bare) >= 4
    if text[:2] in DOUBLE:
        return 3 <= len(text) <= 4
    return text[:1] in SURNAMES and 2 <= len(text) <= 3


def names(plain: str) -> Iterator[Found]:
    """Names behind a role in the matter; names of firms, roles without a name and masked names are left alone."""
    for pattern in (_NAMED, _JOINED):
        for match in pattern.finditer(plain):
            if is_name(match[1]):
                yield What.NAME, match.start(1), match.end(1), Severity.WARN, "写明身份的个人姓名"
    for match in _CONTACT.finditer(plain):
        # 和单位电话写在一起的联系人是工作人员，依职责公开。
        if is_name(match[1]) and not _OFFICE_PHONE.search(match[2]):
            yield What.NAME, match.start(1), match.end(1), Severity.WARN, "联系人的姓名，可能是个人"


def minors(plain: str) -> Iterator[Found]:
    """A minor's name, and the school class that gives it away, where the text speaks of a minor."""
    for match in _CHILD.finditer(plain):
        if is_name(match[1]):
            yield What.MINOR, match.start(1), match.end(1), Severity.BLOCK, "未成年人的姓名"
    for match in _SCHOOL.finditer(plain):
        around = plain[max(0, match.start() - 60) : match.end() + 40]
        if _UNDER_AGE.search(around) and re.search(
            r"就读|学生[^会]|系|被害|受害|侵害|欺凌|孤儿|困境|留守|[0-9]岁", around
        ):
            yield What.MINOR, match.start(1), match.end(1), Severity.BLOCK, "能认出未成年人的学校和班级"
