"""The house director: rules and tables, no key, the same answer to the same words every time.

Words become tokens (:mod:`tokens`, :mod:`spelling`), tokens clauses (:mod:`clauses`), clauses items
(:mod:`reading` and the readers it asks), items decisions (:mod:`assembly`), and :mod:`guard` has
the last word on approving. The tables of words are apart, in :mod:`words`.
"""

from __future__ import annotations

from studio.director.house.brief import read_brief
from studio.director.house.director import HouseDirector
from studio.director.house.interpret import interpret

__all__ = ["HouseDirector", "interpret", "read_brief"]
