"""Texts in official style that hold nothing to hide, and much that looks like it: phones of offices, hotlines, credit
codes, document numbers, budgets, dates, rules that speak of secrets, of minors, of applicants."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator

import docx
import openpyxl

from .typeset import page_of

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = [pow(3, place, 31) for place in range(17)]
_PLACES = ("甲县", "乙县", "丙区", "丁市", "青山县", "白水区")
_BUREAUS = (
    "司法局",
    "教育局",
    "民政局",
    "交通运输局",
    "自然资源局",
    "市场监督管理局",
    "卫生健康局",
    "应急管理局",
)


def _credit(r: random.Random) -> str:
    body = "91430" + "".join(r.choice(_ALPHABET) for _ in range(12))
    return body + _ALPHABET[-sum(_ALPHABET.index(c) * w for c, w in zip(body, _WEIGHTS, strict=True)) % 31]


def _facts(r: random.Random) -> dict[str, str]:
    year, month, day = r.randrange(2015, 2027), r.randrange(1, 13), r.randrange(1, 29)
    return {
        "place": r.choice(_PLACES),
        "bureau": r.choice(_BUREAUS),
        "phone": f"0{r.randrange(710, 799)}-{r.randrange(2, 9)}{r.randrange(10**7):07d}",
        "short": f"{r.randrange(2, 9)}{r.randrange(10**6):06d}",
        "hot": r.choice(("12345", "12348", "12315", "12388", "12328", "400-810-1234", "96198")),
        "credit": _credit(r),
        "year": str(year),
        "no": str(r.randrange(1, 300)),
        "date": f"{year}年{month}月{day}日",
        "iso": f"{year}-{month:02d}-{day:02d}",
        "compact": f"{year}{month:02d}{day:02d}",
        "money": f"{r.randrange(1, 10**9):,}.{r.randrange(100):02d}",
        "big": str(r.randrange(10**11, 10**12)),
        "post": f"{r.randrange(100000, 700000)}",
        "road": r.choice(("人民路", "解放大道", "金霞路", "滨江西路")),
        "door": str(r.randrange(1, 400)),
        "room": str(r.randrange(101, 900)),
        "site": f"43{r.randrange(10**8):08d}",
        "code": f"{year}-43{r.randrange(10**4):04d}-{r.randrange(10, 99)}-{r.randrange(1, 9):02d}-{r.randrange(10**6):06d}",
        "n": str(r.randrange(2, 900)),
    }


_SENTENCES = (
    "{place}{bureau}地址：{place}{road}{door}号{bureau}办公楼3楼{room}室，邮编{post}。",
    "咨询电话：{phone}；监督电话：{phone}；服务热线：{hot}。",
    "受理窗口：{place}政务服务中心2楼12号窗口，联系电话{phone}，传真{phone}。",
    "统一社会信用代码：{credit}，法定代表人信息以登记机关公示为准。",
    "《{place}{bureau}关于做好有关工作的通知》（{place}政办发〔{year}〕{no}号）自{date}起施行。",
    "索引号：{site}/{year}-{no}  文号：{place}发〔{year}〕{no}号  发文日期：{iso}",
    "{year}年一般公共预算支出{money}元，比上年增加{n}万元；项目资金{big}元已全部到位。",
    "项目代码：{code}，总投资{n}.68亿元，用地面积{big}平方米。",
    "采购编号：{compact}{no}{post}，预算金额{money}元，开标时间{date}9时30分。",
    "网站标识码{site}，湘ICP备{post}{no}号-1，湘公网安备{site}0{no}号。",
    "申请人应当提供身份证明、联系方式和所需信息的名称、文号或者便于查询的其他特征性描述。",
    "申请人可以自收到答复之日起六十日内申请行政复议，也可以在六个月内提起行政诉讼。",
    "依照《中华人民共和国保守国家秘密法》对拟公开的信息进行保密审查，坚持先审查、后公开。",
    "涉及国家秘密、工作秘密、商业秘密、个人隐私的内容，不得对外公开，由各单位逐件审查后处理。",
    "未成年人保护工作联席会议成员单位要加强对留守儿童、困境儿童的关爱，学校应当建立学生欺凌防控制度。",
    "{place}第一中学、{place}实验小学被评为文明校园，全县在校学生{n}00人，留守儿童{n}人。",
    "联系人：王主任，电话：{phone}，邮箱：gongkai@{site}.gov.cn。",
    "联系人：某某，联系电话：{phone}。",
    "办公邮箱：bgs{site}@163.com，来信请寄{place}{road}{door}号，收件人：{place}{bureau}办公室。",
    "当事人：{place}某某商贸有限公司，住所：{place}{road}{door}号，统一社会信用代码{credit}。",
    "罚款请缴至财政专户，开户行：{place}农村商业银行，账号：8{big}{post}，户名：{place}财政局。",
    "公示期自{date}起5个工作日，有异议的请拨打{hot}或者{phone}反映。",
    "全县共受理{n}件，办结{n}件；其中9+5+2+4+17+11+18=66条，占比85.6%。",
    "考点设在{place}第二中学教学楼3号楼2层，考生凭准考证和身份证入场。",
    "对{place}{road}{door}号老旧小区3栋2单元加装电梯项目进行规划公示，设计图纸见附件。",
    "申请人李某，经审查符合条件；当事人张某某的违法行为轻微并及时改正，不予处罚。",
    "行政处罚决定书文号：{place}市监罚〔{year}〕{no}号，处罚机关：{place}市场监督管理局。",
    "许可证编号：JY1430{site}{no}，有效期至{date}。",
    "办理时间：工作日上午8:30—12:00，下午14:30—17:30，法定节假日除外。",
    "县长主持县政府全面工作，负责审计工作；副县长负责发展改革、财政、应急管理、统计方面工作。",
    "经纬度：东经112°{n}′，北纬27°；海拔{n}米；河道长度{n}.5公里；流量{n}立方米每秒。",
    "设备型号 H3C-S5130S-28P，数量{n}台，单价{money}元，版本号 V7.1.{site}。",
    "救助对象名单按姓名、所在村、金额公示，不公开身份证号、电话和账号。",
    "举报人的信息依法保密；投诉人应当如实提供情况，举报电话：{phone}。",
    "被征收人对补偿有异议的，可以在公告期内向{place}人民政府提出，地点：{place}{road}{door}号征收办。",
    "国家秘密的密级分为绝密、机密、秘密三级，保密期限除另有规定外分别不超过三十年、二十年、十年。",
    "条形码 690{big}1，批准文号：国药准字H{compact}，生产批号{compact}。",
    "上行限宽2.5米，桥梁编号G240{place}{no}，路线全长{n}.366公里，工期{n}天。",
    "户主应当在入户登记时核对家庭成员信息；居民可以通过手机应用自助办理，无需提供纸质材料。",
    "学生资助政策：小学每生每年{n}元，初中每生每年{n}元，具体由所在学校受理，咨询{hot}。",
)


def texts(count: int, seed: int) -> Iterator[str]:
    """So many texts of four to nine sentences under a heading."""
    r = random.Random(seed)
    for _ in range(count):
        facts = _facts(r)
        chosen = r.sample(_SENTENCES, r.randrange(4, 10))
        body = "\n".join(s.format(**(facts | _facts(r) | {"place": facts["place"]})) for s in chosen)
        title = f"{facts['place']}{facts['bureau']}关于有关事项的公告"
        yield f"{title}\n{body}\n{facts['place']}{facts['bureau']}\n{facts['date']}\n"


def files(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """The same as files: in turn text, Word, a sheet, PDF, text."""
    for n, text in enumerate(texts(count, seed)):
        yield _made(n % 5, text)


def _made(turn: int, text: str) -> tuple[str, bytes]:
    lines = text.strip().split("\n")
    out = io.BytesIO()
    if turn == 1:
        document = docx.Document()
        document.core_properties.author = "办公室"
        for line in lines:
            document.add_paragraph(line)
        document.save(out)
        return "公告.docx", out.getvalue()
    if turn == 2:
        book = openpyxl.Workbook()
        book.active.append(["序号", "内容"])
        for n, line in enumerate(lines, 1):
            book.active.append([n, line])
        book.save(out)
        return "公告.xlsx", out.getvalue()
    if turn == 3:
        return "公告.pdf", page_of("\n\n".join('#"' + line + '"' for line in lines))
    return "公告.txt", text.encode()
