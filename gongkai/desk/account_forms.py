"""The forms of one's own account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password

from gongkai.agencies.queries import Person


def _password(label: str, autocomplete: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        help_text=help_text,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        error_messages={"required": f"请输入{label}。"},
    )


class PasswordForm(forms.Form):
    """The present password and, twice, a new one."""

    current = _password("现在的密码", "current-password")
    new = _password("新密码", "new-password")
    again = _password("再输一遍新密码", "new-password")

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["new"].help_text = "".join(password_validators_help_texts())

    def clean_new(self) -> str:
        """By the rule of the site, every shortcoming told."""
        password: str = self.cleaned_data["new"]
        validate_password(password, self.person)
        return password

    def clean(self) -> dict[str, Any]:
        """Both must be the same."""
        new, again = self.cleaned_data.get("new"), self.cleaned_data.get("again")
        if new and again and new != again:
            self.add_error("again", "两次输入的新密码不一样，请重新输入。")
        return self.cleaned_data


class CodeForm(forms.Form):
    """A code of the second factor."""

    # Not "code", which other forms call what has to be kept over a time-out (机构代码).
    one_time_code = forms.CharField(
        label="验证码",
        max_length=40,
        help_text="验证器上现在显示的 6 位数字，每 30 秒换一次。",
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        ),
        error_messages={"required": "请输入验证码。"},
    )


class CodeOrRecoveryForm(CodeForm):
    """A code of the second factor, or one of the recovery codes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["one_time_code"]
        field.label = "验证码或者备用码"
        field.help_text = "验证器上现在显示的 6 位数字；手机不在身边时，输入一个没有用过的备用码。"
        field.widget.attrs["inputmode"] = "text"
