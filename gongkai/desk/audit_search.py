"""The form that searches the trail, and an entry in words."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.http import QueryDict

from gongkai.agencies.queries import agency_names
from gongkai.agencies.rights import ACTS
from gongkai.audit.queries import RESULTS, Wanted
from gongkai.sign_in.noting import LABELS as SIGN_IN

MARKS = {"done": "done", "refused": "late", "failed": "due"}
"""The mark of each result on the screen."""
_KEYS = {
    "page": "页面",
    "what": "事项",
    "person": "人员",
    "digest": "摘要值",
    "file": "文件",
    "count": "件数",
    "reason": "原因",
    "name": "名称",
    "year": "年度",
    "day": "日期",
    "browser": "浏览器",
    "minutes": "分钟",
    "why": "原因",
}


def _day(label: str, hint: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=hint,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": f"{label}要写成 2025-02-21 这样。"},
    )


def _line(label: str, hint: str = "", most: int = 60) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, required=False, max_length=most)


class OwnSearch(forms.Form):
    """What an agency searches its own entries by."""

    since = _day("从哪一天起")
    until = _day("到哪一天止")
    person = _line("人员", "写全名，例如：张三")
    act = forms.ChoiceField(label="操作", required=False)
    what = _line("对象", "写名称的一部分", 100)
    result = forms.ChoiceField(label="结果", required=False, choices=[("", "全部"), *RESULTS.items()])

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data or None, use_required_attribute=False)
        acts = sorted(ACTS.values(), key=lambda act: act.slug)
        chosen: Any = self.fields["act"]
        chosen.choices = [("", "全部"), *((act.slug, act.label) for act in acts)]

    def clean(self) -> dict[str, Any]:
        """The first day does not come after the last."""
        found = super().clean() or {}
        since, until = found.get("since"), found.get("until")
        if since and until and since > until:
            self.add_error("until", "结束的日子不能早于开始的日子。")
        return found

    def wanted(self, agency_id: int | None = None) -> Wanted | None:
        """What to look for; everything where nothing was asked, None where what was asked is not right."""
        if self.is_bound and not self.is_valid():
            return None
        asked = {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}
        own = {"agency_id": agency_id} if agency_id is not None else {}
        return Wanted(**{**asked, **own})

    def in_words(self) -> dict[str, str]:
        """What was asked, as the trail writes it down."""
        asked = getattr(self, "cleaned_data", {})
        return {str(self.fields[name].label): str(value) for name, value in asked.items() if value}


class SiteSearch(OwnSearch):
    """What the audit administrator searches by."""

    agency_id = forms.TypedChoiceField(label="机关", required=False, coerce=int, empty_value=None)
    address = _line("来源地址", "例如：192.0.2.7")

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        chosen: Any = self.fields["agency_id"]
        chosen.choices = [("", "全部"), *agency_names().items()]
        # Signing in belongs to no agency, so that its entries are the site's alone.
        act: Any = self.fields["act"]
        act.choices = [*act.choices, ("登录", list(SIGN_IN.items()))]


def lines_of(detail: str) -> list[tuple[str, str]]:
    """What an entry says besides, as pairs for reading."""
    try:
        values = json.loads(detail)
    except ValueError:
        return [("说明", detail)]
    if not isinstance(values, dict):
        return [("说明", detail)]
    return [
        (
            _KEYS.get(str(key), str(key)),
            value if isinstance(value, str) else json.dumps(value, ensure_ascii=False),
        )
        for key, value in values.items()
    ]
