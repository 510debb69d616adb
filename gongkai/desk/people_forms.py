"""Forms about people and seats."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.validators import RegexValidator

from gongkai.agencies import staff
from gongkai.agencies.queries import Agency, Section
from gongkai.agencies.staff import USER_NAME_RULE, Kind, Person, Seat
from gongkai.design.fields import DayField

VACANT = "vacant"
_MOBILE = RegexValidator(r"\A1[3-9]\d{9}\Z", "手机号是 11 位数字，请检查。")


class PersonField(forms.CharField):
    """Somebody, typed as user name or name; the value is the person."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=60, help_text="写用户名或者姓名。", **kwargs)

    def clean(self, value: Any) -> Any:
        """The one person meant; what is typed must not be doubtful."""
        words = super().clean(value)
        if not words:
            return None
        found = staff.named(words)
        if not found:
            raise forms.ValidationError(f"没有找到“{words}”。请检查写法；新来的人先由系统管理员新增账号。")
        if len(found) > 1:
            names = "、".join(person.username for person in found)
            raise forms.ValidationError(f"叫“{words}”的有几个人，请写用户名：{names}。")
        return found[0]


class ColleagueField(forms.TypedChoiceField):
    """One of the people with a seat in this agency; the value is the person, or VACANT where that is offered."""

    def __init__(self, people: Iterable[Person], *, vacant: bool = False, **kwargs: Any) -> None:
        known = {str(person.pk): person for person in people}
        choices = [("", "请选择"), *((pk, f"{p.name}（{p.username}）") for pk, p in known.items())]
        if vacant:
            choices.append((VACANT, "空缺（暂时没有人接任）"))
        super().__init__(
            choices=choices,
            coerce=lambda value: VACANT if value == VACANT else known[value],
            error_messages={"required": "请选择一个人。"},
            **kwargs,
        )


class HandOverForm(forms.Form):
    """Who takes the seat over, and why. With `people` one of these, without anybody by name."""

    note = forms.CharField(
        label="说明", max_length=100, required=False, help_text="例如：轮岗、退休。可以不写。"
    )
    field_order = ("to", "vacant", "note")

    def __init__(self, *args: Any, seat: Seat, people: Iterable[Person] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if people is not None:
            others = [person for person in people if person.pk != seat.person_id]
            self.fields["to"] = ColleagueField(others, vacant=bool(seat.person_id), label="交给谁")
        else:
            self.fields["to"] = PersonField(label="交给谁", required=False)
            if seat.person_id:
                self.fields["vacant"] = forms.BooleanField(label="暂时没有人接任，留作空缺", required=False)
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """Somebody or nobody, not both and not neither."""
        data = super().clean() or {}
        if "to" in self.errors:
            return data
        if bool(data.get("to")) == bool(data.get("vacant")):
            self.add_error(
                "to", "请写交给谁，或者勾选空缺，只能选一样。" if "vacant" in self.fields else "请写交给谁。"
            )
        elif data.get("vacant"):
            data["to"] = VACANT
        return data

    @property
    def to(self) -> Person | None:
        """Who takes over; None for a vacancy."""
        found = self.cleaned_data["to"]
        return None if found == VACANT else found


class DeputyForm(forms.Form):
    """Who stands in from when to when."""

    since = DayField(label="从哪一天起", help_text="这一天就开始。")
    until = DayField(label="到哪一天止", help_text="这一天还在代班，过了这一天自动结束。")
    reason = forms.CharField(
        label="原因", max_length=100, required=False, help_text="例如：休假、学习。可以不写。"
    )
    field_order = ("person", "since", "until", "reason")

    def __init__(self, *args: Any, seat: Seat, people: Iterable[Person] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if people is not None:
            others = [person for person in people if person.pk != seat.person_id]
            self.fields["person"] = ColleagueField(others, label="谁来代班")
        else:
            self.fields["person"] = PersonField(label="谁来代班")
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "结束的日子不能早于开始的日子。")
        return cleaned

    @property
    def days(self) -> tuple[date, date]:
        """First and last day."""
        return self.cleaned_data["since"], self.cleaned_data["until"]


class EditPersonForm(forms.Form):
    """Name, mobile, e-mail."""

    name = forms.CharField(label="姓名", max_length=60)
    phone = forms.CharField(
        label="手机",
        max_length=20,
        required=False,
        validators=[_MOBILE],
        help_text="用来收短信提醒，可以不写。",
    )
    email = forms.EmailField(
        label="电子邮箱",
        required=False,
        help_text="用来收邮件提醒，可以不写。",
        error_messages={"invalid": "邮箱写法不对，请写成例如 zhang@example.cn。"},
    )


class NewPersonForm(EditPersonForm):
    """A new account; a name that is there already has to be confirmed."""

    username = forms.CharField(label="用户名", max_length=60, help_text=USER_NAME_RULE + "以后不能改。")
    field_order = ("username", "name", "phone", "email", "another")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].error_messages["required"] = "请写用户名。"
        self.fields["name"].error_messages["required"] = "请写姓名。"
        self._same = staff.namesakes(str(self.data.get("name", "")).strip()) if self.is_bound else []
        if self._same:
            self.fields["another"] = forms.BooleanField(label="是另一个人，仍然新增", required=False)
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """Ask once when somebody of this name has an account."""
        data = super().clean() or {}
        if self._same and not data.get("another"):
            told = "；".join(told_with_seats(person) for person in self._same[:5])
            self.add_error(
                "name", f"已经有同名的账号：{told}。如果确实是另一个人，请勾选下面的“是另一个人”。"
            )
        return data


def told_with_seats(person: Person) -> str:
    """张三（zhang.san，湘潭县司法局·经办员）; needs the person's seats in `held`."""
    seats = [f"{s.agency.name if s.agency else ''}{'·' if s.agency else ''}{s.title}" for s in person.held]  # type: ignore[attr-defined]
    return f"{person.name}（{'，'.join([person.username, *(seats or ['没有岗位'])])}）"


class SeatsForm(forms.Form):
    """Which seats: boxes to tick, by section."""

    places = forms.MultipleChoiceField(
        label="岗位",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少勾选一个岗位。"},
    )

    def __init__(self, *args: Any, agency: Agency | None, held: Iterable[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken = {
            (seat.kind, seat.section_id) for seat in held if seat.agency_id == (agency.pk if agency else None)
        }
        self.known: dict[str, tuple[Kind, Section | None]] = {}
        choices = []
        for kind, section in staff.possible_places(agency):
            if (kind, section.pk if section else None) in taken:
                continue
            key = f"{kind}.{section.pk if section else 0}"
            self.known[key] = (kind, section)
            choices.append((key, f"{section.name}·{kind.label}" if section else kind.label))
        field = self.fields["places"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - for the types
        field.choices = choices

    @property
    def chosen(self) -> list[tuple[Kind, Section | None]]:
        """Kind and section of each box that was ticked."""
        return [self.known[key] for key in self.cleaned_data["places"]]


class EndSeatForm(forms.Form):
    """Who takes the work over, where there is any."""

    note = forms.CharField(label="说明", max_length=100, required=False)

    def __init__(self, *args: Any, takers: Iterable[Seat], needed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.takers = {str(seat.pk): seat for seat in takers}
        if needed:
            told = [
                (pk, f"{seat.title}（{seat.person.name if seat.person else '空缺'}）")
                for pk, seat in self.takers.items()
            ]
            self.fields["to"] = forms.ChoiceField(
                label="手上的工作由哪个岗位接手",
                choices=[("", "请选择"), *told],
                error_messages={"required": "请选择接手的岗位。"},
            )
            self.order_fields(["to", "note"])

    @property
    def to(self) -> Seat | None:
        """The seat that takes the work over."""
        return self.takers.get(self.cleaned_data.get("to", ""))


class ClosePersonForm(forms.Form):
    """Close an account: every seat has to be said to fall vacant, one by one."""

    reason = forms.CharField(
        label="原因", max_length=100, error_messages={"required": "请写原因，例如：调离、退休。"}
    )

    def __init__(self, *args: Any, seats: Iterable[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = list(seats)
        for seat in self.seats:
            self.fields[f"seat-{seat.pk}"] = forms.BooleanField(
                label=f"空缺：{seat.agency.name + '·' if seat.agency else ''}{seat.title}",
                error_messages={"required": f"请确认“{seat}”留作空缺；要交给别人，先请安全管理员移交。"},
            )
        self.order_fields([*(f"seat-{seat.pk}" for seat in self.seats), "reason"])
