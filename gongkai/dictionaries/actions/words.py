"""Keeping the lists of words."""

from __future__ import annotations

from gongkai.agencies.actor import Actor
from gongkai.agencies.rights import acting

from ..models import Word
from ..once import read_again


def put_word(word: Word, by: Actor) -> Word:
    """Add a word to its list, or change it or take it out of use; for the system administrator, for all agencies.

    Forms offer it from the next request on; records made before are not changed. Raises `NotAllowed`, and
    IntegrityError when the list already has the word.
    """
    with acting(by, "dictionary.edit", word) as doing:
        doing.detail |= {
            "类别": word.get_kind_display(),
            "词": word.word,
            "在用": "是" if word.in_use else "否",
        }
        before = Word.objects.filter(pk=word.pk).first() if word.pk else None
        if before is not None and before.word != word.word:
            doing.detail["原来的词"] = before.word
        word.save()
        read_again()
    return word
