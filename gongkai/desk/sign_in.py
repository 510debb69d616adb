"""Sign in and out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.decorators import method_decorator

from gongkai.sign_in.actions.attempts import CannotSignIn, Locked, try_password
from gongkai.sign_in.actions.stays import enter, leave
from gongkai.sign_in.marks import FACTOR, PASSWORD, VERIFY, never_kept, open_during

FEW_LEFT = 2
"""From so many tries before the lock on, the message says how many are left."""


def locked_words(error: Locked) -> str:
    """What to do when nothing is accepted for a while."""
    until = timezone.localtime(error.until)
    minutes = max(int((until - timezone.localtime()).total_seconds() + 59) // 60, 1)
    return (
        f"连续输错的次数太多，已经暂时锁定。请过 {minutes} 分钟（{until:%H:%M} 以后）再试；"
        "着急的话，请联系安全管理员解锁或者重置密码。"
    )


class SignInForm(AuthenticationForm):
    """User name and password, with messages that say what to do."""

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

    def clean(self) -> dict[str, Any]:
        """Try the password; the words are the same whatever is wrong."""
        username, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if username and password and self.request:
            try:
                self.user_cache = try_password(self.request, username, password)
            except Locked as error:
                raise ValidationError(locked_words(error), code="locked") from error
            except CannotSignIn as error:
                words = "用户名或者密码不对，请重新输入。密码区分大小写。"
                if 0 < error.left <= FEW_LEFT:
                    words += f"再输错 {error.left} 次就会暂时锁定。"
                raise ValidationError(words, code="invalid_login") from error
        return self.cleaned_data


class SignIn(LoginView):
    """The sign-in page; whoever is signed in already goes on to the desk."""

    template_name = "desk/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Begin a stay, and go to where the person was going, if that is on this site."""
        enter(self.request, form.get_user())
        return HttpResponseRedirect(self.get_success_url())


@method_decorator([never_kept, open_during(VERIFY, PASSWORD, FACTOR)], name="dispatch")
class SignOut(LogoutView):
    """Sign out, by POST only."""

    http_method_names = ["post", "options"]  # noqa: RUF012 - as the framework declares it

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Sign out and say so on the page that follows."""
        if stay := getattr(request, "stay", None):
            leave(request, stay)
        answer: HttpResponse = super().post(request, *args, **kwargs)
        messages.success(request, "已退出。")
        return answer
