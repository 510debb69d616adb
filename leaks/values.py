"""What is planted: made-up numbers, names and places, each in the words in which it would stand."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_FULL = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
_FAMILY = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗"
_GIVEN = "伟芳娜敏静磊强洋艳勇军杰娟涛超明霞平刚桂英华玉兰"
_TOWNS = ("易俗河镇", "中路铺镇", "花石镇", "云湖桥镇", "石潭镇")


@dataclass(frozen=True, slots=True)
class Leak:
    """A planted value: its kind, the words round it, and the value that must be found in them."""

    kind: str
    sentence: str
    value: str


def _id(r: random.Random) -> str:
    born = date(1950, 1, 1) + timedelta(days=r.randrange(20000))
    body = f"4303{r.randrange(10, 60)}{born:%Y%m%d}{r.randrange(1000):03d}"
    rest = sum(w * int(d) for w, d in zip(_WEIGHTS, body, strict=True)) % 11
    return body + "10X98765432"[rest]


def _card(r: random.Random) -> str:
    body = "6222" + "".join(str(r.randrange(10)) for _ in range(14))
    total = 0
    for n, d in enumerate(reversed(body)):
        v = int(d) * (2 - n % 2)
        total += v - 9 if v > 9 else v
    return body + str(-total % 10)


def _mobile(r: random.Random) -> str:
    return f"1{r.choice('3578')}{r.randrange(10)}{r.randrange(10**8):08d}"


def name(r: random.Random) -> str:
    """A name of two or three characters."""
    return r.choice(_FAMILY) + "".join(r.sample(_GIVEN, r.choice((1, 2))))


def _home(r: random.Random) -> str:
    return r.choice(
        (
            f"湘潭县{r.choice(_TOWNS)}荷塘村{r.choice('新老大')}屋组{r.randrange(1, 60)}号",
            f"湘潭县易俗河镇凤凰路{r.randrange(1, 300)}号{r.randrange(1, 20)}栋{r.randrange(1, 5)}单元{r.randrange(101, 1806)}室",
        )
    )


def make(r: random.Random, kind: str) -> Leak:
    """One leak of a kind."""
    value, sentence = _BY_KIND[kind](r)
    return Leak(kind, sentence, value)


def _said(value: str, *ways: str, r: random.Random) -> tuple[str, str]:
    return value, r.choice(ways).format(value)


def _spaced(number: str, r: random.Random) -> str:
    return r.choice(
        (f"{number[:6]} {number[6:14]} {number[14:]}", f"{number[:6]}-{number[6:14]}-{number[14:]}")
    )


def _old(r: random.Random) -> str:
    new = _id(r)
    return new[:6] + new[8:17]


_BY_KIND = {
    "身份证号": lambda r: _said(
        _id(r), "身份证号：{}", "公民身份号码{}。", "{}", "证件号码为{}，特此说明。", r=r
    ),
    "全角身份证号": lambda r: _said(_id(r).translate(_FULL), "身份证号码：{}", "{}，男", r=r),
    "分段身份证号": lambda r: _said(_spaced(_id(r), r), "身份证 {}", "号码{}。", r=r),
    "15位旧身份证号": lambda r: _said(_old(r), "原身份证号{}", "身份证号码：{}。", r=r),
    "手机号码": lambda r: _said(_mobile(r), "联系电话：{}", "手机{}", "请拨打{}找我", "{}", r=r),
    "分段手机号码": lambda r: _said(
        "{0[0]}{0[1]}{0[2]} {0[3]}{0[4]}{0[5]}{0[6]} {0[7]}{0[8]}{0[9]}{0[10]}".format(_mobile(r)),
        "电话：{}",
        "{}（本人）",
        r=r,
    ),
    "家庭电话": lambda r: _said(f"0731-5{r.randrange(10**7):07d}", "家庭电话：{}", "申请人住宅电话{}", r=r),
    "银行卡号": lambda r: _said(_card(r), "开户行农商银行，账号{}", "卡号：{}", "{}", r=r),
    "护照号": lambda r: _said(f"E{r.randrange(10**8):08d}", "护照号码：{}", "持护照{}入境", r=r),
    "港澳通行证号": lambda r: _said(
        f"H{r.randrange(10**8):08d}", "港澳居民来往内地通行证号码{}", "港澳居民来往内地通行证：{}", r=r
    ),
    "电子邮箱": lambda r: _said(
        f"user{r.randrange(10**6)}@{r.choice(('qq.com', '163.com', 'example.com'))}",
        "邮箱：{}",
        "请回复到{}",
        r=r,
    ),
    "住址": lambda r: _said(_home(r), "家庭住址：{}", "现住{}，本地人", "申请人住{}。", r=r),
    "车牌号": lambda r: _said(
        f"湘C·{r.choice('ABDEFGH')}{r.randrange(1000, 9999)}", "驾驶{}小型轿车", "车牌号{}", r=r
    ),
    "姓名": lambda r: _said(name(r), "申请人：{}", "当事人{}，男，汉族", "举报人：{}。", r=r),
    "未成年人": lambda r: _said(name(r), "学生{}，今年9岁", "留守儿童{}，就读于本镇", "未成年人：{}", r=r),
    "密级标志": lambda r: _said(r.choice(("秘密", "机密")) + f"★{r.randrange(1, 30)}年", "{}", r=r),
    "内部资料": lambda r: _said(
        r.choice(("内部资料 注意保存", "仅供内部使用", "内部文件，不得外传")), "{}", r=r
    ),
}
KINDS = tuple(_BY_KIND)
