"""Words that hold a sentence together and say little: nobody looks for them among others.

They are in the index all the same. A query drops them where it holds other words, so that “the
border” finds a title “Border”; alone (“the”) and in quotes (“state of the port”) they count.
"""

from __future__ import annotations

# Folded, as `search.words.fold` leaves them.
STOP_WORDS: dict[str, frozenset[str]] = {
    "en": frozenset(
        "about all also am an and any are as at be been being but by can could did do does "
        "for from had has have he her his how if in into is it its me my no not of on or our "
        "she should so some than that the their them then there these they this those to us "
        "was we were what when where which who why will with would you your".split()
    ),
    "fr": frozenset(
        "ai au aussi aux avec avez avons ce ceci cela ces cet cette ceux comme comment dans de des "
        "dont du elle elles en est et etait etre eux il ils je la le les leur leurs lui ma mais me "
        "mes moi mon ne nos notre nous on ont ou par pas plus pour pourquoi quand que quel quelle "
        "qui sa se ses si son sont sur ta te tes toi ton tu un une vos votre vous".split()
    ),
}


def of(*languages: str) -> frozenset[str]:
    """The stop words of some languages together."""
    bases = (language.split("-")[0].lower() for language in languages)
    return frozenset().union(*(STOP_WORDS.get(base, frozenset()) for base in bases))
