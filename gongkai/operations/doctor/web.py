"""How the site is reached: debugging, hosts, https, proxy."""

from __future__ import annotations

from django.conf import settings

from .finding import Check, Finding

_HERE = {"localhost", "127.0.0.1", "[::1]", "::1"}


def debug() -> Finding:
    """Debugging shows the inside to everybody."""
    if settings.DEBUG:
        return Finding(
            "调试方式", "打开着，出错时会把内部情况显示给访问者", "请把 GONGKAI_DEBUG 去掉，再重新启动。"
        )
    return Finding("调试方式", "关闭")


def hosts() -> Finding:
    """The hosts under which the site answers fit where it listens."""
    named, outside = set(settings.ALLOWED_HOSTS), settings.SERVE_HOST not in _HERE
    if "*" in named:
        return Finding("域名", "任何域名都接受", "请在 GONGKAI_ALLOWED_HOSTS 里写明网站的域名，不要写 *。")
    if named <= _HERE and (outside or settings.HTTPS or settings.BEHIND_PROXY):
        return Finding(
            "域名", "只接受本机访问，别的电脑会被拒绝", "请在 GONGKAI_ALLOWED_HOSTS 里写上网站的域名。"
        )
    return Finding("域名", "、".join(sorted(named)))


def https() -> Finding:
    """A site that others reach is reached over https."""
    alone = set(settings.ALLOWED_HOSTS) <= _HERE and settings.SERVE_HOST in _HERE
    if settings.HTTPS:
        return Finding("https", "打开")
    if alone:
        return Finding("https", "没有打开（只在本机使用，可以不打开）")
    return Finding(
        "https",
        "没有打开，密码和内容会明文传送",
        "请给网站装好证书，再设置 GONGKAI_HTTPS=true，见 docs/operator/install.md。",
    )


def proxy() -> Finding:
    """Over https there is a proxy, for the server itself speaks http alone; and nobody can go round it."""
    if settings.HTTPS and not settings.BEHIND_PROXY:
        return Finding(
            "反向代理",
            "设置了 https，但是没有说明在反向代理之后，页面会不停地跳转",
            "请设置 GONGKAI_BEHIND_PROXY=true，并由代理写 X-Forwarded-Proto。",
        )
    if settings.BEHIND_PROXY and settings.SERVE_HOST not in _HERE:
        return Finding(
            "反向代理",
            f"网站还在 {settings.SERVE_HOST} 上监听，可以绕过代理冒充来访地址",
            "代理在同一台机器时，请去掉 GONGKAI_HOST；不在时，请用防火墙只放行代理的地址。",
        )
    return Finding("反向代理", "在代理之后" if settings.BEHIND_PROXY else "没有使用")


CHECKS: tuple[Check, ...] = (debug, hosts, https, proxy)
