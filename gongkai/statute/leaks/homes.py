"""Home addresses: of a person, down to the house; those of offices, shops and projects are left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .findings import Found, Severity, What

_N = r"[0-9A-Za-z一二三四五六七八九十]"
_FLAT = rf"{_N}{{1,4}}(?:号楼|幢|栋|座|单元|楼|层){_N}{{0,4}}(?:号楼|幢|栋|座|单元|楼|层)?[-—]?{_N}{{0,5}}(?:单元)?{_N}{{0,5}}(?:室|号房|房|号|户)"
_STREET = r"[\u4e00-\u9fff]{1,12}(?:路|街|巷|弄|道|胡同|小区|花园|公寓|家园|新村|苑|城|社区|村|组|屋场|里)"
_DOOR = rf"{_N}{{1,5}}(?:号|组|队|弄)"
_HOME = re.compile(
    rf"(?:[\u4e00-\u9fff]{{2,8}}(?:省|自治区|市|州|盟|县|区|旗|镇|乡|街道)){{0,5}}{_STREET}(?:{_DOOR})?[\u4e00-\u9fff]{{0,10}}?{_FLAT}"
)
_LIVING = re.compile(
    r"(?:家庭住址|家庭地址|住\s{0,2}址|住\s{0,2}所|现\s{0,2}住|居住地|居住地址|户籍地址|户籍所在地|户籍地|身份证住址|常住地址|家住|租住|居住在|"
    r"通讯地址|通信地址|邮寄地址|收件地址|联系地址|(?<=[人者，,族生岁男女])住(?=[\u4e00-\u9fff]{2,14}(?:省|市|县|区|镇|乡|村|路|街)))\s{0,3}(?:[:：为是在于]{1,2}\s{0,3})?"
)
_PLACE = re.compile(
    rf"[^，,。；;：:、\n\s（(]{{0,40}}?(?:{_FLAT}|(?:路|街|巷|弄|道|村|组|社区|小区|里|胡同|花园|苑)[^，,。；;：:\n\s（(]{{0,6}}?{_N}{{1,5}}\s?(?:号|组|弄|队|户)|[\u4e00-\u9fff]{{1,6}}村[\u4e00-\u9fff0-9]{{1,6}}(?:组|屋))"
    rf"[^，,。；;：:、\n\s（(]{{0,20}}"
)
_OFFICE = re.compile(
    r"公司|厂|局|委员会|政府|办公室|中心|法院|检察院|医院|学校|中学|小学|大学|银行|合作社|商店|超市|饭店|酒店|律师|事务所|"
    r"办事处|服务站|大厅|窗口|机关|单位|协会|法人|企业|经营|注册|营业|办公|受理|接收|投递|报名|开标|评标|会议|考点|仓库|"
    r"纪委|监委|法庭|支队|大队|派出所|站|所在|信访|项目|工程|改造|加装|施工"
)
_PERSON = re.compile(
    r"申请人|当事人|举报人|投诉人|信访人|受害人|被害人|嫌疑人|被告|原告|第三人|代理人|监护人|户主|业主|村民|居民|学生|患者|本人|"
    r"姓名|身份证|男|女|族|出生|生于|户籍"
)


def homes(plain: str) -> Iterator[Found]:
    """Addresses behind a word of living, and addresses with a flat near a person."""
    for match in _LIVING.finditer(plain):
        place = _PLACE.match(plain, match.end())
        around = plain[max(0, match.start() - 40) : match.start()].rsplit("\n", 1)[-1]
        if place and not _OFFICE.search(place[0]) and not _of_office(match[0], around):
            yield What.ADDRESS, place.start(), place.end(), Severity.BLOCK, "个人住址"
    for match in _HOME.finditer(plain):
        before = plain[max(0, match.start() - 40) : match.start()].rsplit("\n", 1)[-1]
        after = plain[match.end() : match.end() + 12]
        if _OFFICE.search(match[0]) or _OFFICE.search(after) or _OFFICE.search(before):
            continue
        near = _PERSON.search(before)
        severity = Severity.BLOCK if near else Severity.WARN
        yield What.ADDRESS, match.start(), match.end(), severity, "写到门牌、房号的住址"


def _of_office(word: str, before: str) -> bool:
    """Whether these words of living say where an organ or a firm has its seat."""
    given = re.search(r"住\s{0,2}所|通讯|通信|邮寄|联系|收件", word)
    return bool(given and (_OFFICE.search(before) or not _PERSON.search(before)))
