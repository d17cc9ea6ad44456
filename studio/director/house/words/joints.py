"""Words that join clauses."""

from __future__ import annotations

from studio.director.house.lexicon import Lexicon
from studio.director.house.tokens import word_set

JOIN = Lexicon(
    "and, and then, then, and also, also, plus, &, +, afterwards, after that, and after that, "
    "so, und, und dann, dann, danach, anschließend, sowie, und danach, et, et puis, puis, "
    "ensuite, et ensuite, après, y, y luego, luego, y después, después, y entonces, e, e poi, "
    "poi, e dopo, dopo, ed, en, en dan, dan, daarna, en daarna, e depois, depois, e então, "
    "em seguida",
)
WITH = Lexicon(
    "with, at, in, using, by, on, mit, bei, auf, avec, à, con, a, met, op, com, em, na",
)
"""May join a setting to what goes on with it."""

CONTRAST_ONLY_BEFORE: dict[str, frozenset[str]] = {
    # "more" in Portuguese, "but" in French
    "mais": word_set(
        "le la les l il elle on je j tu c ca ce cet cette pas sans avec un une plus moins "
        "trop change fais mets en pour d de du des enleve ajoute ouvre ferme garde refais "
        "quelque"
    ),
    # "more" in Spanish typed without its accent, "but" in Portuguese
    "mas": word_set(
        "o a os as nao com sem um uma esta falta tira muda deixa ha nem so ainda faz troca quero"
    ),
    # "my" in French, "but" in Italian
    "ma": word_set(
        "il lo la i gli le l non con senza un una uno piu meno c e manca togli metti cambia "
        "rendi rifai fai vorrei serve troppo"
    ),
}
"""Words that reserve only before these, or after a comma; elsewhere they belong to a neighbour."""

NOT_BEFORE_CONTRAST = frozenset({"anything", "nothing", "none", "nobody"})
"""``anything but``: one phrase."""
