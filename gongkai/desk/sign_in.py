"""Sign in and out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse


class SignInForm(AuthenticationForm):
    """User name and password, with messages that say what to do."""

    error_messages = {  # noqa: RUF012 - as the framework declares it
        "invalid_login": "用户名或者密码不对，请重新输入。密码区分大小写。",
        "inactive": "这个账号已经停用，请联系系统管理员。",
    }

    retype = "id_password"
    """The field that the message about a wrong password leads to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (("username", "用户名"), ("password", "密码")):
            self.fields[name].label = label
            self.fields[name].error_messages["required"] = f"请输入{label}。"
        if self.is_bound:
            # What went wrong is read first; the summary takes the focus.
            self.fields["username"].widget.attrs.pop("autofocus", None)


class SignIn(LoginView):
    """The sign-in page; whoever is signed in already goes on to the desk."""

    template_name = "desk/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True


class SignOut(LogoutView):
    """Sign out, by POST only."""

    http_method_names = ["post", "options"]  # noqa: RUF012 - as the framework declares it

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Sign out and say so on the page that follows."""
        answer: HttpResponse = super().post(request, *args, **kwargs)
        messages.success(request, "已退出。")
        return answer
