"""拟公开的材料 on the form of the answer itself: put in or chosen in place, so that nobody leaves what was typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest

from gongkai.design.fields import DayField
from gongkai.files.actions.adding import NeedsConfirming, NotTaken, examine
from gongkai.inforequests.actions.papers import choose, put_paper
from gongkai.inforequests.papers import paper_of
from gongkai.inforequests.queries import InfoRequest

from ..frame import actor_of
from .acts import REFUSALS

PREFIX = "material"


class MaterialForm(forms.Form):
    """A file that goes out with the answer: its name for the requester, its day."""

    use_required_attribute = False
    prefix = PREFIX
    file = forms.FileField(
        label="要随答复公开的文件",
        help_text="一次放一个。选好以后按“放入这份材料”，下面写好的内容会保留。",
        error_messages={"required": "请选择要放入的文件。", "empty": "文件是空的，请重新选择。"},
    )
    about = forms.CharField(
        label="材料的名称",
        max_length=200,
        help_text="例如：某项目批复。申请人看到的、告知书附件里写的就是这个名称。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "请填写材料的名称。",
            "max_length": "材料的名称最多 200 个字，请写短一些。",
        },
    )
    dated = DayField(
        label="材料的成文日期", required=False, help_text="文件上写的日期。不知道的不填，记作放进来的这一天。"
    )
    no_secrets = forms.BooleanField(
        label="文件我打开看过，没有国家秘密",
        required=False,
        help_text="照片和扫描件里的密级标志机器看不出来，要由人看。",
    )


def brings_material(request: HttpRequest) -> bool:
    """Whether this form brings a file or chooses one; a chosen file is never dropped, whatever button was pressed."""
    return request.method == "POST" and (
        bool({"put", "choose"} & set(request.POST)) or f"{PREFIX}-file" in request.FILES
    )


def material_done(request: HttpRequest, case: InfoRequest) -> bool:
    """Put the file into the case to go out with the answer, or have one that lies there go out; what is wrong is
    said on the page that follows."""
    try:
        if "choose" in request.POST:
            return _chosen(request, case)
        return _put(request, case)
    except NeedsConfirming as error:
        _say(request, f"{error.note}。请打开文件看一遍，没有国家秘密的，勾选确认，再选一次文件。")
    except (*REFUSALS, NotTaken) as error:
        _say(request, str(error))
    return False


def _chosen(request: HttpRequest, case: InfoRequest) -> bool:
    number = request.POST["choose"]
    paper = paper_of(case, int(number)) if number.isdecimal() else None
    if paper is None:
        raise ValueError("这份材料已经不在案卷里，请重新打开这一页。")
    choose(paper, by=actor_of(request), disclose=True)
    messages.success(request, f"“{paper.title}”将随答复公开。")
    return True


def _put(request: HttpRequest, case: InfoRequest) -> bool:
    form = MaterialForm(request.POST, request.FILES)
    if not form.is_valid():
        for wrong in form.errors.values():
            _say(request, str(wrong[0]))
        return False
    by, given = actor_of(request), form.cleaned_data
    judged = examine(by=by, agency=case.agency, upload=given["file"], confirmed=given["no_secrets"])
    put_paper(
        case, judged, by=by, kind="material", dated=given["dated"] or by.day, about=given["about"],
        disclose=True,
    )  # fmt: skip
    messages.success(request, f"已放入“{given['about']}”，将随答复公开。")
    left: Any = request.POST.copy()
    for name in [name for name in left if name.startswith(f"{PREFIX}-")]:
        del left[name]
    request.POST = left
    return True


def _say(request: HttpRequest, wrong: str) -> None:
    messages.error(request, f"{wrong}材料没有放入，写好的内容已经保留。")


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What was filled in, to be sent again with the button that is sure."""
    left_out = ("csrfmiddlewaretoken", "sure", "again", "put", "choose")
    names = [name for name in request.POST if name not in left_out and not name.startswith(f"{PREFIX}-")]
    return [(name, value) for name in names for value in request.POST.getlist(name)]
