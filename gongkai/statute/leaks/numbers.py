"""ID numbers, phones, cards and addresses of mail, weighed by the words that stand before them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..privacy import Certainty, Hit, Kind, find_personal_data
from .findings import Found, Severity, What

PLACES = frozenset({11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46})
PLACES |= {50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83}
"""The first two digits of an ID number: the province, with Hongkong, Macau and Taiwan (GB/T 2260; 81, 82, 83 of the
residence permits)."""
_PERSON = (
    r"申请人|被申请人|当事人|举报人|投诉人|信访人|来访人|受害人|被害人|嫌疑人|被告人|原告|第三人|代理人|监护人|家长|家属|"
    r"户主|业主|户名|村民|居民|学生|患者|病人|职工|本人|个人|住宅|家庭|家中|家里|宅电|父亲|母亲|配偶|紧急联系"
)
_OF_A_PERSON = re.compile(rf"(?:{_PERSON})[^。；;\n]{{0,12}}\Z")
_OF_AN_OFFICE = re.compile(
    r"(?:咨询|监督|举报(?!人)|投诉(?!人)|服务|办公|值班|办公室|公开|业务|受理|窗口|传真|总机|热线|单位|机关|公务|政务)[^。；;\n]{0,14}\Z"
)
_ID_WORD = re.compile(r"(?:身份证|公民身份|证件号|证号|身份号码|身份证明)[^。；;\n]{0,12}\Z")
_OTHER_CODE = re.compile(
    r"(?:金额|预算|合计|总额|支出|收入|资金|信用代码|组织机构代码|纳税人识别号|税号|项目代码|项目编号|采购编号|招标编号|"
    r"合同编号|条形码|条码|批准|批号|文号|索引号|编号|单号|订单|流水|登记号|注册号|许可证号|标识码|备案号)[^，。；;\n]{0,12}\Z"
)
_MONEY_AFTER = re.compile(r"\s{0,2}(?:\.[0-9]|万元|亿元|元|平方米|吨|公里|千瓦)")
_CARD_WORD = re.compile(r"(?:银行|账号|账户|帐号|帐户|卡号|开户)[^。；;\n]{0,24}\Z")
_PUBLIC_CARD = re.compile(
    r"(?:国库|财政专户|财政局|非税|罚没|代收|缴款|缴纳|保证金|基本账户|对公)[^\n]{0,40}\Z|(?:罚款|保证金)[^\n]{0,40}\Z"
)
_SHORT_PHONE = re.compile(r"(?<![0-9-])([2-8][0-9]{6,7})(?![0-9.%万亿元年月日号-])")
_CODED = re.compile(r"[A-Za-z0-9]")
_OFFICE_HOST = re.compile(r"(?:^|\.)gov\.cn\Z", re.I)
_LOOK_BACK = 40


def numbers(text: str, plain: str) -> Iterator[Found]:
    """Everything made of digits that points at a person, and addresses of mail."""
    for hit in find_personal_data(text):
        before = plain[max(0, hit.start - _LOOK_BACK) : hit.start]
        found = _weighed(hit, before, plain[hit.end : hit.end + 6])
        if found:
            what, severity, why = found
            yield what, hit.start, hit.end, severity, why
    yield from _short_phones(plain)


_Weighed = tuple[What, Severity, str] | None


def _weighed(hit: Hit, before: str, after: str) -> _Weighed:
    if hit.kind is Kind.SECRECY_MARK:
        if "工作" in hit.text:
            return What.INTERNAL, Severity.BLOCK, "带★的工作秘密标志"
        return What.MARK, Severity.BLOCK, hit.note
    if hit.kind is Kind.EMAIL:
        return _email(hit, before)
    if hit.kind is Kind.LANDLINE:
        if _OF_A_PERSON.search(before) and not _OF_AN_OFFICE.search(before):
            return What.LANDLINE, Severity.BLOCK, "个人或者家庭的电话"
        return None
    if hit.kind is Kind.ID_NUMBER:
        return _id_number(hit, before, after)
    return _mobile_or_card(hit, before, after)


def _id_number(hit: Hit, before: str, after: str) -> _Weighed:
    digits = "".join(c for c in hit.text if c.isalnum())
    if hit.certainty is not Certainty.WEAK:
        return What.ID_NUMBER, Severity.BLOCK, hit.note
    if _ID_WORD.search(before):
        return What.ID_NUMBER, Severity.BLOCK, f"前面写着身份证；{hit.note}"
    if _OTHER_CODE.search(before) or _MONEY_AFTER.match(after) or int(digits[:2]) not in PLACES:
        return None
    return What.ID_NUMBER, Severity.WARN, hit.note


def _mobile_or_card(hit: Hit, before: str, after: str) -> _Weighed:
    if hit.kind is Kind.MOBILE:
        if hit.certainty is Certainty.WEAK or _CODED.match(before[-1:]):
            return None
        if _OTHER_CODE.search(before) or _MONEY_AFTER.match(after):
            return None
        return What.MOBILE, Severity.BLOCK, "手机号码"
    if _PUBLIC_CARD.search(before) or _MONEY_AFTER.match(after):
        return None
    if _CARD_WORD.search(before):
        return What.BANK_CARD, Severity.BLOCK, f"前面写着账号；{hit.note}"
    if _OTHER_CODE.search(before):
        return None
    return What.BANK_CARD, Severity.BLOCK, hit.note


def _email(hit: Hit, before: str) -> _Weighed:
    host = re.split("[@＠]", hit.text)[-1]
    if _OFFICE_HOST.search(host):
        return None
    if _OF_AN_OFFICE.search(before) and not _OF_A_PERSON.search(before):
        return None
    return What.EMAIL, Severity.WARN, "不是 gov.cn 的邮箱，可能是个人的"


def _short_phones(plain: str) -> Iterator[Found]:
    """A number of seven or eight digits without its area code, behind words that say it is somebody's own."""
    for match in _SHORT_PHONE.finditer(plain):
        before = plain[max(0, match.start() - 16) : match.start()]
        if re.search(r"(?:电话|宅电|座机)[号码：:\s]{0,4}\Z", before) and _OF_A_PERSON.search(before):
            yield What.LANDLINE, match.start(1), match.end(1), Severity.BLOCK, "个人或者家庭的电话"
