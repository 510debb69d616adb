"""第二因素: setting it up, proving it, recovery codes, doing without."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import quote, urlencode

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from gongkai.agencies.queries import Person
from gongkai.agencies.rights import may
from gongkai.sign_in import queries
from gongkai.sign_in.actions import factors
from gongkai.sign_in.actions.attempts import Locked
from gongkai.sign_in.asking import actor_of, address_of
from gongkai.sign_in.marks import FACTOR, PASSWORD, VERIFY, never_kept, open_during

from .account import go_on, me, own_page
from .account_forms import CodeForm, CodeOrRecoveryForm
from .sign_in import locked_words


def must_have_factor(request: HttpRequest) -> bool:
    """True for administrators, and for everybody where the site says so."""
    return bool(settings.SECOND_FACTOR_FOR_ALL or may(actor_of(request), "site.view"))


@require_safe
@never_cache
def factor(request: HttpRequest) -> HttpResponse:
    """第二因素: whether there is one, how many recovery codes are left."""
    found = queries.factor_of(me(request))
    codes = queries.codes_left(me(request)) if found else 0
    must = must_have_factor(request)
    return own_page(request, "factor", "factor", factor=found, codes=codes, must=must)


@open_during(FACTOR)
@never_kept
@sensitive_post_parameters()
@never_cache
def set_up(request: HttpRequest) -> HttpResponse:
    """Scan, type the first code, and get the recovery codes, which this answer alone shows."""
    if queries.factor_of(me(request)):
        return redirect("desk:factor")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            codes = factors.confirm(request.stay, form.cleaned_data["one_time_code"], address_of(request))  # type: ignore[attr-defined]
        except (factors.WrongCode, Locked) as error:
            _tell(form, error)
        else:
            return own_page(request, "codes", "factor", codes=codes, fresh=True)
    secret = factors.new_factor(me(request))
    must = must_have_factor(request)
    return own_page(request, "set_up", "" if must else "factor", form=form, must=must, groups=_groups(secret))


def _groups(secret: str) -> list[str]:
    return [secret[n : n + 4] for n in range(0, len(secret), 4)]


@open_during(FACTOR)
@require_safe
@never_cache
def qr(request: HttpRequest) -> HttpResponse:
    """The secret to be set up as a picture for the telephone; not there once the factor is in force."""
    if queries.factor_of(me(request)):
        raise Http404
    picture = BytesIO()
    segno.make(_address(me(request), factors.new_factor(me(request))), error="m").save(
        picture, kind="svg", scale=5, border=4, light="#ffffff", xmldecl=False
    )
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


def _address(person: Person, secret: str) -> str:
    issuer = settings.SITE["name"]
    label = quote(f"{issuer}:{person.username}")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': issuer}, quote_via=quote)}"


@open_during(VERIFY)
@never_kept
@sensitive_post_parameters()
@never_cache
def verify(request: HttpRequest) -> HttpResponse:
    """The second step of a sign-in."""
    if request.stay.verified_at or not queries.factor_of(me(request)):  # type: ignore[attr-defined]
        return redirect("desk:home")
    form = CodeOrRecoveryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            factors.prove(request.stay, form.cleaned_data["one_time_code"], address_of(request))  # type: ignore[attr-defined]
        except (factors.WrongCode, Locked) as error:
            _tell(form, error)
        else:
            if not queries.codes_left(me(request)):
                messages.info(request, "备用码已经用完，请在“我的账号 › 第二因素”里重新生成。")
            return go_on(request)
    return own_page(request, "verify", "", form=form)


def _tell(form: CodeForm, error: Exception) -> None:
    wrong = "验证码不对，或者已经用过。请等验证器换成下一个数字再输入；手机的时间要准。"
    form.add_error("one_time_code", locked_words(error) if isinstance(error, Locked) else wrong)


@open_during(PASSWORD)
@never_kept
@sensitive_post_parameters()
@never_cache
def codes(request: HttpRequest) -> HttpResponse:
    """Ten new recovery codes instead of the old ones."""
    if not queries.factor_of(me(request)):
        return redirect("desk:factor-set-up")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = factors.renew_codes(request.stay, form.cleaned_data["one_time_code"], address_of(request))  # type: ignore[attr-defined]
        except (factors.WrongCode, Locked) as error:
            _tell(form, error)
        else:
            return own_page(request, "codes", "factor", codes=made, fresh=False)
    return own_page(request, "codes_renew", "factor", form=form, left=queries.codes_left(me(request)))


@never_kept
@sensitive_post_parameters()
@never_cache
def give_up(request: HttpRequest) -> HttpResponse:
    """停用第二因素, for who need not have one; asked once, on this page, with a code."""
    if not queries.factor_of(me(request)) or must_have_factor(request):
        raise Http404
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            factors.give_up(request.stay, form.cleaned_data["one_time_code"], address_of(request))  # type: ignore[attr-defined]
        except (factors.WrongCode, Locked) as error:
            _tell(form, error)
        else:
            messages.success(request, "第二因素已经停用，以后登录只要密码。")
            return redirect("desk:factor")
    return own_page(request, "give_up", "factor", form=form)


PATTERNS = [
    path("account/factor/", factor, name="factor"),
    path("account/factor/set-up/", set_up, name="factor-set-up"),
    path("account/factor/qr.svg", qr, name="factor-qr"),
    path("account/factor/verify/", verify, name="factor-verify"),
    path("account/factor/codes/", codes, name="factor-codes"),
    path("account/factor/give-up/", give_up, name="factor-give-up"),
]
