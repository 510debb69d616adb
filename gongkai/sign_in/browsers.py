"""A browser in words, from how it names itself."""

from __future__ import annotations

_BROWSERS = (
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("QQBrowser", "QQ浏览器"),
    ("QIHU", "360浏览器"),
    ("360SE", "360浏览器"),
    ("360EE", "360浏览器"),
    ("MetaSr", "搜狗浏览器"),
    ("UBrowser", "UC浏览器"),
    ("HuaweiBrowser", "华为浏览器"),
    ("Edg", "Edge"),
    ("Firefox", "火狐"),
    ("OPR", "Opera"),
    ("Chrome", "Chrome"),
    ("Trident", "IE"),
    ("MSIE", "IE"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("HarmonyOS", "鸿蒙"),
    ("OpenHarmony", "鸿蒙"),
    ("Android", "安卓手机"),
    ("iPhone", "苹果手机"),
    ("iPad", "苹果平板"),
    ("Windows", "Windows电脑"),
    ("Mac OS", "苹果电脑"),
    ("Linux", "Linux电脑"),
)


def browser_words(agent: str) -> str:
    """Windows电脑上的Edge; 没有认出来的浏览器 for what says neither."""
    browser = next((word for mark, word in _BROWSERS if mark in agent), "")
    system = next((word for mark, word in _SYSTEMS if mark in agent), "")
    if not browser and not system:
        return "没有认出来的浏览器"
    return f"{system or '未知系统'}上的{browser or '浏览器'}"
