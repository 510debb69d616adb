"""A practice county: forty agencies below one office, one with a request past its day, one with a report that does not
agree with the year before. All names say that they are examples."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from gongkai.agencies.actions.seats import renew_password, seat_person
from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency, Kind, Person
from gongkai.agencies.rights import several
from gongkai.disclosure.actions.columns import add_column
from gongkai.inforequests.actions.register import Intake, register
from gongkai.oversight.actions.look import look
from gongkai.oversight.board.looking import waiting
from gongkai.reports.actions.prepare import enter_figure, open_year, write_prose

from .loading import sample_data
from .publishing import publish_signed

_SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE = "demo-county"
SUPERVISOR = "supervisor"
NAMES = (
    *("教育局", "科技局", "工业和信息化局", "公安局", "民政局", "司法局", "财政局", "人力资源和社会保障局"),
    *("自然资源局", "生态环境局", "住房和城乡建设局", "交通运输局", "水利局", "农业农村局", "商务局"),
    *("文化和旅游局", "卫生健康局", "退役军人事务局", "应急管理局", "审计局", "市场监督管理局", "统计局"),
    *("医疗保障局", "林业局", "信访局", "城市管理局", "行政审批服务局", "乡村振兴局", "粮食和物资储备局"),
    *("机关事务服务中心", "东山镇人民政府", "西河镇人民政府", "南岭镇人民政府", "北湖镇人民政府"),
    *(
        "中洲乡人民政府",
        "青石乡人民政府",
        "白云街道办事处",
        "红旗街道办事处",
        "新桥街道办事处",
        "老城街道办事处",
    ),
)
"""Of the forty agencies, behind 示例县."""
OVERDUE, WRONG = "城市管理局", "水利局"
"""The one with a request past its day; the one whose report does not agree."""


@several()
def load_county() -> tuple[Agency, dict[str, str]]:
    """Bring the practice county into the database; passwords of the supervisor and of the two agencies' clerks, fresh
    each time. Running it again adds nothing."""
    day = timezone.localdate()
    by = Actor.system(day, "示例数据")
    office, _ = Agency.objects.get_or_create(
        slug=OFFICE,
        defaults={
            "name": "示例县人民政府",
            "code": "DEMO00",
            "level": Agency.Level.GOVERNMENT,
            "is_sample": True,
        },
    )
    told = _person(by, SUPERVISOR, "县督导员（示例）", Kind.SUPERVISOR, office)
    for n, name in enumerate(NAMES, 1):
        agency, new = Agency.objects.get_or_create(
            slug=f"demo-{n:02d}",
            defaults={
                "name": f"示例县{name}",
                "short_name": name,
                "code": f"DEMO{n:02d}",
                "document_code": f"示{n:02d}",
                "level": Agency.Level.TOWNSHIP if n > 30 else Agency.Level.DEPARTMENT,
                "supervisor": office,
                "portal_open": name == WRONG,
                "is_sample": True,
            },
        )
        if name in (OVERDUE, WRONG):
            told |= _person(by, f"clerk{n:02d}", f"{name}经办员（示例）", Kind.CLERK, agency)
        if new:
            _fill(agency, name, day, by)
    for version in waiting():
        look(version, by=by, at=timezone.now())
    return office, told


def _person(by: Actor, username: str, name: str, kind: Kind, agency: Agency) -> dict[str, str]:
    person, password = seat_person(by=by, username=username, name=name, kind=kind, agency=agency, sample=True)
    return {username: password or renew_password(person, by=by)}


def _fill(agency: Agency, name: str, day: date, by: Actor) -> None:
    """A request that has time left; one past its day in one agency; two reports in another."""
    ago = [3 + agency.pk % 9]
    if name == OVERDUE:
        ago.append(60)
    for days in ago:
        received = day - timedelta(days=days)
        register(
            agency,
            Intake(
                channel="in_person",
                requester_kind="natural",
                applicant="示例申请人",
                content="示例：申请公开本机关某项目的批复文件。",
                submitted_on=received,
            ),
            by=Actor.system(received, "示例数据"),
        )
    if name == WRONG:
        _reports(agency, day, by)


def _reports(agency: Agency, day: date, by: Actor) -> None:
    """Two years' reports, signed and published: the documents in force of the second do not follow from the first."""
    add_column(agency, slug="news", name="工作动态", order=1, kind="news", by=by)
    clerk = Person.objects.get(seats__agency=agency, seats__kind=Kind.CLERK)
    head, _ = seat_person(
        by=by,
        username=f"head-{agency.slug}",
        name="主要负责人（示例）",
        kind=Kind.HEAD,
        agency=agency,
        sample=True,
    )
    data = sample_data()
    for year, valid, made in ((day.year - 2, 3, 0), (day.year - 1, 7, 1)):
        on = date(year + 1, 1, 15)
        at, own = datetime.combine(on, time(10), _SHANGHAI), Actor.of(clerk, on)
        work = open_year(agency, year, by=own)
        documents = {"made": made, "repealed": 0, "valid": valid}
        for group in data["entered"]:
            for cell, value in group["cells"].items():
                block, _, name = cell.rpartition(".")
                value = documents[name] if block == "t2.normative_documents" else value
                enter_figure(work, cell=cell, value=value, source="示例台账", by=own, at=at)
        for section, blocks in data["prose"].items():
            write_prose(work, section, [_own_words(block) for block in blocks], by=own)
        publish_signed(work, clerk=clerk, signers=[head], at=at)


def _own_words(block: dict[str, str]) -> dict[str, str]:
    """A paragraph without the figures of columns that this agency does not have."""
    if "{items." not in block.get("text", ""):
        return block
    return {**block, "text": "每季度自查一次栏目，发现的问题当季改正。"}
