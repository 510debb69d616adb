"""Radical code points that some PDF fonts put in place of characters, turned back into the characters meant.

NFKC repairs the Kangxi Radicals U+2F00–2FD5 only; the CJK Radicals Supplement U+2E80–2EF3 has no compatibility
mapping, so its equivalents (Unicode property Equivalent_Unified_Ideograph) stand here.
"""

from __future__ import annotations

import unicodedata

# fmt: off
_SUPPLEMENT = (
    "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻"
    "⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳"
)
_MEANT = (
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿"
    "肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
# fmt: on
_KANGXI = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
# The Kangxi radical 戶 stands for the simplified 户 in mainland documents.
_KANGXI[0x2F3E] = "户"
_TABLE = {**_KANGXI, **{ord(a): b for a, b in zip(_SUPPLEMENT, _MEANT, strict=True)}}


def repair(text: str) -> str:
    """The text with every radical code point replaced by the character meant; other text is untouched."""
    if text.isascii():
        return text
    return text.translate(_TABLE)
