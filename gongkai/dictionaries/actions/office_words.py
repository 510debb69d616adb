"""Keeping an office's own list of words that must not stand in what it publishes."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from gongkai.agencies.actor import Actor
from gongkai.agencies.models import Agency
from gongkai.agencies.rights import acting

from ..models import OfficeWord


class WordThere(Exception):
    """The list has the word already; the message is for the person."""


def add_office_word(
    *, by: Actor, agency: Agency, word: str, instead: str = "", blocks: bool = False, note: str = ""
) -> OfficeWord:
    """Add a word; one taken out of use before comes back with what is said now. For the clerk and the head of the
    OGI office. Raises `NotAllowed`, `WordThere`."""
    with acting(by, "words.edit", agency, 词=word, 应当写=instead) as doing:
        old = OfficeWord.objects.filter(agency=agency, word=word).first()
        if old is not None and old.in_use:
            raise WordThere(f"“{word}”已经在表里了。要改，请先停用再重新加。")
        entry = old or OfficeWord(agency=agency, word=word)
        entry.instead, entry.blocks, entry.note, entry.in_use = instead, blocks, note, True
        try:
            with transaction.atomic():
                entry.save()
        except IntegrityError as error:
            raise WordThere(f"“{word}”已经在表里了。") from error
        doing.target = entry
    return entry


def stop_office_word(entry: OfficeWord, *, by: Actor) -> None:
    """Take a word out of use; for the clerk and the head of the OGI office. Raises `NotAllowed`."""
    with acting(by, "words.edit", entry, 词=entry.word, 停用="是"):
        entry.in_use = False
        entry.save(update_fields=["in_use"])
