"""Links and attachments: what leads into the site is looked up in its addresses and in the database, never asked over
the network; what leads elsewhere is noted for probing (probing.py)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import unquote, urljoin, urlsplit
from uuid import UUID

from django.conf import settings
from django.db.models import F
from django.urls import Resolver404, ResolverMatch, resolve, reverse

from gongkai.agencies.models import Agency
from gongkai.disclosure.clean import own_files_in
from gongkai.disclosure.models import Column, ColumnAddress, Publication, PublicationFile
from gongkai.files.queries import is_there
from gongkai.reports.queries import public_years

from .found import Found, Round
from .items import about

_LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"[^>]*>(.*?)</a>', re.S)
_TAG = re.compile(r"<[^>]*>")
_NO_PAGE = "没有这一页"


@dataclass(frozen=True, slots=True)
class Link:
    """A link of an item: where it leads in full, and what one clicks on."""

    url: str
    words: str

    @property
    def digest(self) -> str:
        """By what the address is called."""
        return hashlib.sha256(self.url.encode()).hexdigest()


def links_in(html: str, page: str) -> Iterator[Link]:
    """The links of a cleaned text by http and https, as they are reached from the item's page; its own files, mail and
    telephone left out."""
    for found in _LINK.finditer(html):
        written = unescape(found[1]).strip()
        if not written or written.startswith(("#", "files/", "mailto:", "tel:")):
            continue
        try:
            full = urljoin(page, written)
            parts = urlsplit(full)
            good = parts.scheme in ("http", "https") and bool(parts.hostname)
        except ValueError:
            good, full = False, written
        words = " ".join(unescape(_TAG.sub("", found[2])).split())
        yield Link(full.partition("#")[0] if good else "", words[:60] or written[:60])


def base() -> str:
    """Scheme and host under which the public reaches the site."""
    return settings.SITE_ADDRESS or f"{'https' if settings.HTTPS else 'http'}://{settings.SITE['domain']}"


def own_hosts() -> set[str]:
    """The hosts that are this site."""
    named = {settings.SITE["domain"], urlsplit(base()).hostname or ""}
    named |= {host for host in settings.ALLOWED_HOSTS if host not in ("*", "localhost", "127.0.0.1", "[::1]")}
    return {host.lower().lstrip(".") for host in named if host}


@dataclass
class Lot:
    """The links of a lot of items, sorted by where they lead."""

    inside: list[tuple[Publication, Link, ResolverMatch]] = field(default_factory=list)
    wrong: list[tuple[Publication, Link, str]] = field(default_factory=list)
    outside: list[tuple[Publication, Link]] = field(default_factory=list)


def sort_out(round_: Round, rows: Sequence[Publication]) -> Lot:
    """Where each link leads."""
    hosts, lot = own_hosts(), Lot()
    for row in rows:
        page = base() + reverse("portal:item", args=[round_.agency.slug, row.item_id])
        seen: set[str] = set()
        for link in links_in(row.html, page):
            if not link.url:
                lot.wrong.append((row, link, "地址写法不对"))
            elif link.url not in seen:
                seen.add(link.url)
                _place(row, link, hosts, lot)
    return lot


def _place(row: Publication, link: Link, hosts: set[str], lot: Lot) -> None:
    parts = urlsplit(link.url)
    if (parts.hostname or "").lower() not in hosts:
        lot.outside.append((row, link))
        return
    path = unquote(parts.path) or "/"
    if path.startswith(
        settings.STATIC_URL if settings.STATIC_URL.startswith("/") else f"/{settings.STATIC_URL}"
    ):
        return
    try:
        lot.inside.append((row, link, resolve(path)))
    except Resolver404:
        # Under a path of the government's site, the rest of the host is not ours to know.
        if settings.SITE_PATH and not path.startswith(f"/{settings.SITE_PATH}"):
            lot.outside.append((row, link))
        else:
            lot.wrong.append((row, link, _NO_PAGE))


@dataclass
class Places:
    """What inside the site can be reached by the public; asked once for each agency and each lot."""

    agencies: dict[str, Agency | None] = field(default_factory=dict)
    columns: dict[str, set[str]] = field(default_factory=dict)
    years: dict[str, set[int]] = field(default_factory=dict)
    items: dict[int, str] = field(default_factory=dict)
    files: set[tuple[int, str]] = field(default_factory=set)

    def prepare(self, lot: Lot, round_: Round) -> None:
        """Ask for the items and files that the lot leads to: two queries."""
        wanted = {int(match.kwargs["pk"]) for _, _, match in lot.inside if "pk" in match.kwargs}
        live = Publication.objects.live(round_.now)
        rows = live.filter(item__in=wanted).values_list("item", "agency__slug")
        self.items = dict(rows) if wanted else {}
        named = {m.kwargs["number"][:32] for _, _, m in lot.inside if m.url_name == "item-file"}
        if named:
            files = PublicationFile.objects.filter(
                publication__in=live,
                file__in=[UUID(hex=one) for one in named],
                file__removed_at__isnull=True,
                file__digest=F("digest"),
            )
            self.files = {(item, file.hex) for item, file in files.values_list("publication__item", "file")}

    def agency(self, slug: str) -> Agency | None:
        """The agency with an open column at this address."""
        if slug not in self.agencies:
            self.agencies[slug] = Agency.objects.filter(slug=slug, portal_open=True).first()
        return self.agencies[slug]

    def wrong_with(self, match: ResolverMatch) -> str:
        """Why the public does not get what this address leads to; empty where it does."""
        space, name, told = match.namespace, match.url_name or "", match.kwargs
        if space in ("desk", "dictionaries"):
            return "要登录才能看"
        if space != "portal":
            return ""
        agency = self.agency(told["agency"]) if "agency" in told else None
        if "agency" in told and agency is None:
            return "没有这个机关的公开栏目"
        if agency is None:
            return ""
        return self._wrong_at(agency, name, told)

    def _wrong_at(self, agency: Agency, name: str, told: dict[str, object]) -> str:
        if name in ("item", "item-print", "item-file"):
            item = int(str(told["pk"]))
            if self.items.get(item) != agency.slug:
                return "这条信息已经撤回，或者没有发布"
            if name == "item-file" and (item, str(told["number"])[:32]) not in self.files:
                return "没有这个附件"
        if "column" in told and str(told["column"]) not in self._columns(agency):
            return "没有这个栏目"
        if "year" in told and int(str(told["year"])) not in self._years(agency):
            return "没有这一年的年报"
        return ""

    def _columns(self, agency: Agency) -> set[str]:
        if agency.slug not in self.columns:
            now = Column.objects.filter(agency=agency).values_list("slug", flat=True)
            before = ColumnAddress.objects.filter(agency=agency).values_list("slug", flat=True)
            self.columns[agency.slug] = {*now, *before}
        return self.columns[agency.slug]

    def _years(self, agency: Agency) -> set[int]:
        if agency.slug not in self.years:
            self.years[agency.slug] = {one.year for one in public_years(agency)}
        return self.years[agency.slug]


def look_at_links(round_: Round, lot: Lot, places: Places) -> Iterator[Found]:
    """The links of a lot that lead into the site and fail there."""
    places.prepare(lot, round_)
    failed = [(row, link, places.wrong_with(match)) for row, link, match in lot.inside]
    for row, link, why in [*lot.wrong, *failed]:
        if why:
            what = f"链接“{link.words}”：{why}"
            yield about(round_, row, "link_inside", what, part=link.digest[:16], where="的正文")


def look_at_attachments(round_: Round, rows: Sequence[Publication]) -> Iterator[Found]:
    """Files that are not there any more, or not the ones that were reviewed; pictures the text has and the item not."""
    for row in rows:
        known = set()
        for one in row.files.all():
            known.add(one.file_id.hex)
            why = ""
            if one.file.removed_at is not None:
                why = "文件已经删除"
            elif one.file.digest != one.digest:
                why = "文件与审查时不一致"
            elif not is_there(one.file):
                why = "存储里没有这个文件，或者不完整"
            if why:
                yield about(
                    round_,
                    row,
                    "attachment",
                    f"附件“{one.name}”：{why}",
                    part=one.file_id.hex,
                    where="的附件",
                )
        for lost in sorted(own_files_in(row.html) - known):
            yield about(
                round_, row, "attachment", "正文里的附件或者图片没有随信息发布", part=lost, where="的正文"
            )
