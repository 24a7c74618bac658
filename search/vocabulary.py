"""The words that stand in what can be found, and in how many sides each.

A query's last word is looked up here as the beginning of words, and a word without hits for others
that are like it. What is counted is exact, and nobody waits for anybody: rows of a word that
somebody else is changing are left alone and a further row is added, whose number may be negative.
Who comes by next makes one of them, or none when the numbers add up to nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import reduce
from itertools import groupby, islice
from operator import or_

from django.db.models import Q, Sum
from django.db.models.functions import Length, Substr
from rapidfuzz.distance import OSA

from search import words
from search.models import Word
from search.rows import Row

LONGEST_FORM = 80
MOST_AT_ONCE = 200
# A beginning stands for its commonest words: nobody reads the hits of more.
MOST_WITH_A_BEGINNING = 200
# Like a word are those of about its length.
NEARLY_AS_LONG = 2
MOST_ALIKE = 5


# The language of a side, and a word of it as it is written.
Key = tuple[str, str]


def forms(row: Row) -> Counter[Key]:
    """Each word of a side, once."""
    texts = (row.title, *(passage.words for passage in row.passages))
    found = {_form(text[word.start : word.end]) for text in texts for word in words.split(text)}
    return Counter((row.language, form) for form in found)


def _form(word: str) -> str:
    return word.lower()[:LONGEST_FORM]


def change(difference: Counter[Key]):
    """Add to the numbers of some words, or take from them."""
    changed = sorted(key for key, number in difference.items() if number)
    for language, keys in groupby(changed, key=lambda key: key[0]):
        for some in batched(keys):
            _change(language, {key: difference[key] for key in some})


def _change(language: str, numbers: dict[Key, int]):
    rows = Word.objects.filter(language=language, form__in=[form for _language, form in numbers])
    known = list(rows.order_by("pk").select_for_update(skip_locked=True))
    sums = Counter(numbers)
    for row in known:
        sums[language, row.form] += row.sides
    Word.objects.filter(pk__in=[row.pk for row in known]).delete()
    add(sums)


def batched(keys: Iterable[Key]) -> Iterator[list[Key]]:
    keys = iter(keys)
    while some := list(islice(keys, MOST_AT_ONCE)):
        yield some


def add(numbers: Counter[Key]):
    """Write a row for each of some words, none for what stands nowhere."""
    made = (
        Word(language=language, form=form, word=word, head=word[:3], sides=number)
        for (language, form), number in sorted(numbers.items())
        if number and (word := "".join(words.folded(form))[: words.LONGEST])
    )
    Word.objects.bulk_create(made, batch_size=MOST_AT_ONCE)


def beginning_with(prefix: str, languages: Iterable[str]) -> dict[str, list[str]]:
    """Language → the commonest folded words that begin with `prefix`: one query, none for ""."""
    found: dict[str, list[str]] = {language: [] for language in languages}
    if not prefix:
        return found
    rows = (
        Word.objects.filter(language__in=found, head=prefix[:3], word__startswith=prefix)
        .values_list("language", "word")
        .annotate(total=Sum("sides"))
        .filter(total__gt=0)
    )
    # Ordered here: databases do not agree on the order of letters.
    for language, word, _total in sorted(rows, key=lambda row: (-row[2], row[1])):
        if len(found[language]) < MOST_WITH_A_BEGINNING:
            found[language].append(word)
    return found


def like(word: str, *, reader: str) -> list[tuple[int, str]]:
    """(distance, form) of the words that `word` may have been meant to be, the likeliest first.

    A mistake is a letter too many, too few, another one, or two in each other's place (optimal
    string alignment): one in a short word, up to three in a long one.
    """
    first = list(dict.fromkeys(word[:2]))
    rows = (
        Word.objects.annotate(length=Length("word"), second=Substr("word", 2, 1))
        # Only what one mistake at the beginning can have made of it: a tenth of all words.
        .filter(length__range=(len(word) - NEARLY_AS_LONG, len(word) + NEARLY_AS_LONG))
        .filter(reduce(or_, (Q(head__startswith=letter) for letter in first)) | Q(second__in=first))
        .values_list("language", "word", "form")
        .annotate(total=Sum("sides"))
        .filter(total__gt=0)
    )
    most = 1 + (len(word) > 4) + (len(word) > 8)
    found = []
    for language, other, form, total in rows:
        distance = OSA.distance(word, other, score_cutoff=most)
        if distance <= most and other != word:
            found.append((distance, language != reader, -total, form, other))
    best: dict[str, tuple[int, str]] = {}
    for distance, _is_foreign, _total, form, other in sorted(found):
        best.setdefault(other, (distance, form))
    return list(best.values())[:MOST_ALIKE]
