"""Check the sheet 人员与岗位."""

from __future__ import annotations

from ..checks import tidy, wrong_in_person
from ..fitness import NotPossible, must_be_a_place
from ..models import ADMINISTRATORS, Kind, Person, Section
from .layout import KINDS, MOST_NEW_PEOPLE, PEOPLE
from .plan import Plan
from .problems import Problem
from .reading import Book, Row
from .sections import unknown_agency
from .standing import SeatKey, Standing

_OWN = ("name", "phone", "email")


class _People:
    """The check of one workbook's people and their seats."""

    def __init__(self, book: Book, known: Standing, plan: Plan, problems: list[Problem]) -> None:
        self.known, self.plan, self.problems = known, plan, problems
        self.rows = book.rows.get(PEOPLE.key, [])
        self.first: dict[str, Row] = {}
        self.seats: dict[SeatKey, int] = {}
        self.sections = {
            (row.cells["agency"], row.cells["name"]) for row in book.rows.get("sections", ())
        } | {key for key, section in known.sections.items() if section.ended_on is None}

    def say(self, row: Row, field: str, said: str) -> None:
        """Note what is wrong with a field of a row."""
        self.problems.append(Problem(PEOPLE.name, row.number, PEOPLE.column(field).head, said))

    def check(self) -> None:
        """Row by row: the person the first time the name is met, a seat every time."""
        for row in self.rows:
            username = row.cells["username"]
            if username and username in self.first:
                self._same_person(row, self.first[username])
            else:
                if username:
                    self.first[username] = row
                self._person(row)
            self._seat(row)
        if len(self.plan.new_people) > MOST_NEW_PEOPLE:
            said = f"一次最多新增{MOST_NEW_PEOPLE}人，这份有{len(self.plan.new_people)}人，请分几次导入。"
            self.problems.append(Problem(PEOPLE.name, 0, "", said))

    def _person(self, row: Row) -> None:
        values = {name: row.cells[name] for name in ("username", *_OWN) if name in row.cells}
        stands = self.known.people.get(values["username"])
        if values["username"] in self.known.administrators:
            said = f"“{values['username']}”是系统的管理员，不能用表格导入，请删掉这一行，在“人员”页面上修改。"
            self.say(row, "username", said)
            return
        if stands is not None and not stands.is_active:
            self.say(row, "username", f"“{values['username']}”的账号已经停用。请先启用，或者换一个用户名。")
            return
        for field, said in wrong_in_person(values, stands).items():
            self.say(row, field, said)
        if stands is None:
            self.plan.new_people.append(Person(**values))
            return
        changed = [name for name in values if tidy(getattr(stands, name)) != values[name]]
        if changed:
            for name in changed:
                setattr(stands, name, values[name])
            self.plan.changed_people.append((stands, changed))

    def _same_person(self, row: Row, first: Row) -> None:
        for name in _OWN:
            if row.cells.get(name) and row.cells[name] != first.cells.get(name):
                said = f"和第{first.number}行同一个用户名，这一列却不一样。是同一个人就写成一样，不是就换用户名。"
                self.say(row, name, said)

    def _seat(self, row: Row) -> None:
        code, section, label = (row.cells.get(name, "") for name in ("agency", "section", "kind"))
        if not (code or section or label):
            return
        said = unknown_agency(code, self.known)
        if said:
            self.say(row, "agency", said)
            return
        kind = self._kind(row, label)
        if section and (code, section) not in self.sections:
            self.say(row, "section", f"这个机关没有“{section}”。请核对，或者在“股室”表里加上它。")
            return
        if kind is None or not self._fits(row, kind, section):
            return
        key = (row.cells["username"], code, section, kind.value)
        if key in self.seats:
            self.say(row, "kind", f"和第{self.seats[key]}行是同一个岗位，请删掉一行。")
            return
        self.seats[key] = row.number
        if key not in self.known.seats and key[0] not in self.known.administrators:
            self.plan.seats.append(key)

    def _kind(self, row: Row, label: str) -> Kind | None:
        if label in KINDS:
            return KINDS[label]
        if label in {kind.label for kind in ADMINISTRATORS}:
            said = f"“{label}”不能用表格导入，请由安全管理员在“人员”页面上授予。"
        elif label:
            said = f"没有“{label}”这种岗位，请从列表里选：{'、'.join(KINDS)}。"
        else:
            said = "请选岗位；暂时没有岗位的，把机构代码和股室也空着。"
        self.say(row, "kind", said)
        return None

    def _fits(self, row: Row, kind: Kind, section: str) -> bool:
        # The place alone is asked about here; agency and section may both be new, so they have no number yet.
        place = Section(agency_id=0, name=section) if section else None
        try:
            must_be_a_place(kind, place, 0)
        except NotPossible as refused:
            self.say(row, "section", str(refused))
            return False
        return True


def check_people(book: Book, known: Standing, plan: Plan, problems: list[Problem]) -> None:
    """Note what is wrong in the sheet 人员与岗位, and plan what it brings."""
    _People(book, known, plan, problems).check()
