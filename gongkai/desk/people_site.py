"""人员 of the whole site: accounts, for the system administrator and the security administrator."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from gongkai.agencies import staff
from gongkai.agencies.actions.persons import (
    NotPossible,
    create_person,
    deactivate,
    edit_person,
    reactivate,
    renew_password,
)
from gongkai.agencies.administrators import is_administrator
from gongkai.agencies.rights import may
from gongkai.agencies.staff import Person
from gongkai.agencies.work import in_words, open_work

from .frame import SITE_NAVIGATION, actor_of, look_at_personal, of_site, site_page
from .people_forms import ClosePersonForm, EditPersonForm, NewPersonForm, told_with_seats
from .steps import Steps, Told, bound

ROWS = 50
HERE = "site-people"
SITE_NAVIGATION.append((HERE, "人员", "person.view"))


def person_or_404(pk: int) -> Person:
    """The account, with its seats in `held`."""
    try:
        return staff.person_at(pk)
    except staff.NoPerson as error:
        raise Http404 from error


def _home(person: Person) -> str:
    return reverse("desk:site-person", args=[person.pk])


@require_safe
@of_site("person.view")
def people(request: HttpRequest) -> HttpResponse:
    """人员: everybody with an account, found by name, user name or agency."""
    words = request.GET.get("words", "").strip()
    found = Paginator(staff.find_people(words), ROWS).get_page(request.GET.get("page"))
    able = bool(may(actor_of(request), "person.create"))
    return site_page(request, "people/list", HERE, page=found, words=words, may_create=able)


@require_safe
@of_site("site.view")
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: data, seats, stand-ins, history, and what this administrator can do with it."""
    person = person_or_404(pk)
    look_at_personal(request, "person.view", person)
    actor = actor_of(request)
    found = Paginator(staff.tenures_of(person), ROWS).get_page(request.GET.get("page"))
    return site_page(
        request,
        "people/one",
        HERE,
        person=person,
        page=found,
        deputising=staff.deputising_of(person, actor.day),
        may_edit=bool(may(actor, "person.edit", person)),
        may_secure=bool(may(actor, "person.secure", person)),
        may_give=bool(may(actor, "seat.give")),
        myself=actor.somebody.pk == person.pk,
        is_administrator=is_administrator(person, actor.day),
    )


@sensitive_variables("password")
@of_site("person.create")
def create(request: HttpRequest) -> HttpResponse:
    """新增人员: the first password is shown on the page that follows, and nowhere else."""
    form = NewPersonForm(bound(request))
    steps = Steps(
        request,
        "新增人员",
        reverse("desk:site-people"),
        "新增",
        lead="新增以后给出初始密码。岗位由安全管理员授予，没有岗位的人登录后看不到工作内容。",
        here=HERE,
    )
    if form.is_bound and form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("username", "name", "phone", "email")}
        try:
            person, password = create_person(by=actor_of(request), **data)
        except NotPossible as error:
            form.add_error("username", str(error))
        else:
            return _shown_once(request, person, password, f"已经新增：{person.name}")
    return steps.ask(form)


def _shown_once(request: HttpRequest, person: Person, password: str, title: str) -> HttpResponse:
    """The page with a password; it is kept nowhere, so that opening the page again cannot show it."""
    return site_page(request, "people/secret", HERE, person=person, password=password, title=title)


@of_site("person.edit")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """修改资料."""
    person = person_or_404(pk)
    typed = bound(request)
    if typed is None:
        look_at_personal(request, "person.view", person)
    now = {"name": person.name, "phone": person.phone, "email": person.email}
    form = EditPersonForm(typed, initial=now)
    steps = Steps(
        request, f"修改资料：{person.name}", _home(person), "保存", [("用户名", person.username)], here=HERE
    )
    if form.is_bound and form.is_valid():
        edit_person(person, by=actor_of(request), **form.cleaned_data)
        messages.success(request, "已经保存。")
        return redirect(_home(person))
    return steps.ask(form)


@of_site("person.edit")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """停用账号: each seat has to be said to fall vacant."""
    person = person_or_404(pk)
    form = ClosePersonForm(bound(request), seats=person.held)  # type: ignore[attr-defined]
    steps = Steps(
        request,
        f"停用账号：{person.name}",
        _home(person),
        "下一步",
        [("姓名", person.name), ("用户名", person.username)],
        "停用以后马上不能登录。要把岗位交给别人，请先由安全管理员移交；没有人接任的，逐个勾选空缺。"
        if form.seats
        else "停用以后马上不能登录。",
        here=HERE,
    )

    def told(form: ClosePersonForm) -> Told:
        work = [f"“{seat}”空缺，手上的工作（{in_words(open_work(seat))}）留在岗位上。" for seat in form.seats]
        return Told(
            f"停用{person.name}的账号？",
            [("姓名", person.name), ("用户名", person.username), ("原因", form.cleaned_data["reason"])],
            [f"{person.name}马上不能登录，安排他代的班也取消。", *work, "记录都留着，以后可以再启用。"],
            "确认停用",
            warning=True,
        )

    def done(form: ClosePersonForm) -> HttpResponse:
        deactivate(
            person,
            by=actor_of(request),
            vacate=[seat.pk for seat in form.seats],
            reason=form.cleaned_data["reason"],
        )
        messages.success(request, f"{person.name}的账号已经停用。")
        return redirect(_home(person))

    return steps.run(form, told, done)


@of_site("person.edit")
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """启用账号."""
    person = person_or_404(pk)
    told = Told(
        f"重新启用{person.name}的账号？",
        [("姓名", person.name), ("用户名", person.username)],
        ["可以用原来的密码登录。", "以前的岗位不会自动恢复，由安全管理员授予。"],
        "确认启用",
    )

    def done() -> HttpResponse:
        reactivate(person, by=actor_of(request))
        messages.success(request, f"{person.name}的账号已经启用。")
        return redirect(_home(person))

    return Steps(request, told.title, _home(person), told.button, here=HERE).confirm(told, done)


@of_site("person.secure")
def password(request: HttpRequest, pk: int) -> HttpResponse:
    """重置密码: the new one is shown on the page that follows, and nowhere else."""
    person = person_or_404(pk)
    told = Told(
        f"给{person.name}重置密码？",
        [("人员", told_with_seats(person))],
        [
            "请先当面或者打电话确认是本人要求的。",
            "原来的密码马上作废，正在登录的地方全部退出。",
            "新密码只显示一次，本人第一次登录时要改。",
        ],
        "确认重置",
        warning=True,
    )

    def done() -> HttpResponse:
        fresh = renew_password(person, by=actor_of(request))
        return _shown_once(request, person, fresh, f"已经重置密码：{person.name}")

    return Steps(request, told.title, _home(person), told.button, here=HERE).confirm(told, done)


PATTERNS = [
    path("site/people/", people, name=HERE),
    path("site/people/new/", create, name="site-person-new"),
    path("site/people/<int:pk>/", one, name="site-person"),
    path("site/people/<int:pk>/edit/", edit, name="site-person-edit"),
    path("site/people/<int:pk>/close/", close, name="site-person-close"),
    path("site/people/<int:pk>/reopen/", reopen, name="site-person-reopen"),
    path("site/people/<int:pk>/password/", password, name="site-person-password"),
]
