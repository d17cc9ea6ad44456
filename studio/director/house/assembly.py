"""Items put together: wishes joined to their targets, settings to one edit, in the order said."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from studio.decisions import Decision, Modify, Regenerate, Resize, Revise, SetEdit
from studio.director.house.orders import hinted, shows
from studio.director.house.presets import backgrounds_in, only, poses_in
from studio.director.house.results import ONE_RATIO, Item, Kind
from studio.director.house.scope import Scope
from studio.director.house.selections import Selection
from studio.director.house.tokens import Tokens, slice_of
from studio.director.house.words import orders as words
from studio.presets import FRAME_COUNT
from studio.stages import Stage


@dataclass(slots=True)
class Group:
    """A wish as it grows: its target, and the pieces of text that say it.

    ``pieces`` are pairs of the item's place and its tokens. ``wished`` is false while there is
    only a target or a complaint.
    """

    selection: Selection | None = None
    stage: Stage | None = None
    pieces: list[tuple[int, Tokens]] = field(default_factory=list)
    wished: bool = False
    redo: Tokens = ()
    sentence: int = 0
    remark: Item | None = None

    @property
    def targeted(self) -> bool:
        """Whether it knows what it is about."""
        return self.selection is not None or self.stage is not None


@dataclass(slots=True)
class Assembled:
    """What the items come to. ``asks`` are things understood by half, ``refusals`` impossible."""

    decisions: list[Decision] = field(default_factory=list)
    asks: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


class Assembler:
    """Joins the items of one text."""

    def __init__(self, text: str, scope: Scope) -> None:
        """Take the text that instructions are quoted from."""
        self._text = text
        self._scope = scope
        self._steps: list[Group | Decision] = []
        self._open: Group | None = None
        self._waiting: list[tuple[int, Item]] = []
        self._mentioned: set[int] = set()
        self._left_alone = False
        self._result = Assembled()

    def assemble(self, items: tuple[Item, ...]) -> Assembled:
        """Go through ``items`` in order, then turn the groups into decisions."""
        for index, item in enumerate(items):
            resolved = self._resolved(item)
            self._add(index, resolved)
            if resolved.selection is not None:
                self._mentioned.update(resolved.selection.numbers)
        self._give_up_waiting()
        for step in self._steps:
            if isinstance(step, Group):
                self._close(step)
            else:
                self._decide(step)
        if self._left_alone and any(isinstance(d, Resize) for d in self._result.decisions):
            self._result.refusals.append(ONE_RATIO)
        return self._result

    def _add(self, index: int, item: Item) -> None:
        match item.kind:
            case Kind.DECIDE:
                self._steps.extend(item.decisions)
                self._open = None
            case Kind.CHANGE | Kind.TARGET | Kind.COMPLAINT:
                self._join(index, item)
            case Kind.REMARK:
                said = item.tokens[item.selection.end :] if item.selection else ()
                self._open = Group(
                    item.selection, pieces=[(index, said)], sentence=item.sentence, remark=item
                )
                self._steps.append(self._open)
            case Kind.REDO:
                self._redo(index, item)
            case Kind.HINT:
                self._hint(index, item)
            case Kind.REFUSE:
                self._result.refusals.append(item.words)
            case Kind.UNKNOWN | Kind.CONSTRAINT:
                self._wait_or_absorb(index, item)
            case Kind.GO:
                self._open = None
            case Kind.NICETY if item.selection is not None:
                self._left_alone = True

    def _resolved(self, item: Item) -> Item:
        """``the others``: all that were not mentioned."""
        selection = item.selection
        if selection is None or not selection.rest:
            return item
        every = range(1, self._scope.count(selection.unit) + 1)
        numbers = tuple(n for n in every if n not in self._mentioned)
        return replace(item, selection=replace(selection, numbers=numbers))

    def _join(self, index: int, item: Item) -> None:
        """Add to the open group, or open another."""
        self._leave_remark(item)
        group = self._open
        new_target = item.selection is not None or item.stage is not None
        if group is None or new_target:
            group = Group(item.selection, item.stage, sentence=item.sentence)
            self._steps.append(group)
            self._open = group
        self._take_waiting(group, item)
        if item.kind is not Kind.TARGET:
            group.pieces.append((index, item.tokens))
        group.wished = group.wished or item.kind is Kind.CHANGE

    def _leave_remark(self, item: Item) -> None:
        """A remark becomes a target only for what points back to it: ``fix it``."""
        group = self._open
        if group is not None and group.remark is not None:
            near = group.sentence == item.sentence and words.SUBJECT.within(item.tokens)
            self._open = group if near else None

    def _redo(self, index: int, item: Item) -> None:
        self._leave_remark(item)
        if self._open is not None and item.selection is None:
            self._open.redo = item.tokens
            return
        group = Group(item.selection, item.stage, redo=item.tokens, sentence=item.sentence)
        self._steps.append(group)
        self._open = group

    def _hint(self, index: int, item: Item) -> None:
        """``slower`` beside clips is about their movement; elsewhere about the film's pace."""
        group = self._open
        selection = group.selection if group is not None else None
        if group is not None and selection is not None and selection.unit == "clip":
            group.pieces.append((index, item.tokens))
            group.wished = True
        else:
            self._result.refusals.append(item.words)

    def _wait_or_absorb(self, index: int, item: Item) -> None:
        """Words nobody knows may belong to a wish in the same sentence, before or after them."""
        group = self._open
        if group is None or group.remark is not None or group.sentence != item.sentence:
            self._waiting.append((index, item))
            return
        told = group.selection is not None and not (group.wished and hinted(group.pieces[-1][1]))
        joins = group.wished or group.redo or group.selection is not None
        if joins and _belongs(item, told=told and not group.redo):
            group.pieces.append((index, item.tokens))
            group.wished = group.wished or bool(group.redo)
        else:
            self._waiting.append((index, item))

    def _take_waiting(self, group: Group, item: Item) -> None:
        if item.kind is not Kind.CHANGE or group.selection is not None:
            return
        near = [
            pair
            for pair in self._waiting
            if pair[1].sentence == item.sentence and _belongs(pair[1], told=True)
        ]
        group.pieces.extend((index, waiting.tokens) for index, waiting in near)
        self._waiting = [pair for pair in self._waiting if pair not in near]

    def _give_up_waiting(self) -> None:
        for _, item in self._waiting:
            self._result.unknown.append(slice_of(self._text, item.tokens))

    def _decide(self, decision: Decision) -> None:
        """Add a decision; settings join those made before."""
        decisions = self._result.decisions
        if decision in decisions:
            return
        if isinstance(decision, SetEdit):
            for place, earlier in enumerate(decisions):
                if isinstance(earlier, SetEdit):
                    named = decision.model_dump(exclude_none=True, exclude={"type"})
                    decisions[place] = earlier.model_copy(update=named)
                    return
        if isinstance(decision, Resize) and any(isinstance(d, Resize) for d in decisions):
            self._result.refusals.append("You name two ratios; which of them shall it be?")
            return
        decisions.append(decision)

    # Groups become decisions, or questions.

    def _close(self, group: Group) -> None:
        if group.remark is not None and not (group.wished or group.redo):
            self._result.asks.append(remarked(group.remark, self._scope))
            return
        if group.selection is not None:
            self._close_numbered(group, group.selection)
            return
        stage = group.stage or (None if self._scope.numbered else self._scope.stage)
        if stage is not None and not self._scope.reached(stage):
            self._result.refusals.append(f"There is no {stage.product} yet.")
        elif stage is Stage.HERO or stage is Stage.CONTACT_SHEET:
            self._close_staged(group, stage)
        else:
            self._ask_where(group)

    def _close_staged(self, group: Group, stage: Literal[Stage.HERO, Stage.CONTACT_SHEET]) -> None:
        said = self._words(group)
        if not said or not (group.wished or group.redo):
            complaint = f": you say ‘{said}’" if said else ""
            self._result.asks.append(f"What should be different in the {stage.product}{complaint}?")
            return
        pieces = [piece for _, piece in group.pieces]
        revise = Revise(
            stage=stage,
            instruction=said,
            pose=only([pose for piece in pieces for pose in poses_in(piece)]),
            background=only([place for piece in pieces for place in backgrounds_in(piece)]),
        )
        self._decide(revise)

    def _close_numbered(self, group: Group, selection: Selection) -> None:
        unit = selection.unit or self._scope.unit
        if not selection.numbers:
            self._result.asks.append(f"Which {unit or 'frame'}s do you mean? None are left.")
            return
        if unit is None:
            self._result.asks.append(
                f"Do you mean the frames or the clips? Say “frame {_listed(selection.numbers)}: …” "
                f"or “redo clip {_listed(selection.numbers)}”."
            )
            return
        if not self._in_range(selection.numbers, unit):
            return
        named = f"{unit}{'s' if len(selection.numbers) > 1 else ''} {_listed(selection.numbers)}"
        if not group.wished and not group.redo:
            self._ask_what(group, named, unit)
            return
        said = self._words(group) if group.wished or group.pieces else ""
        if unit == "clip":
            self._decide(Regenerate(clips=selection.numbers, instruction=said or None))
        else:
            asked = said or slice_of(self._text, group.redo)
            self._decide(Modify(frames=selection.numbers, instruction=asked))

    def _in_range(self, numbers: tuple[int, ...], unit: str) -> bool:
        count = FRAME_COUNT if unit == "frame" else self._scope.clips
        beyond = [number for number in numbers if not 1 <= number <= count]
        if beyond:
            loop = "; with the loop on there is a sixth" if unit == "clip" and count < 6 else ""
            self._result.refusals.append(
                f"There is no {unit} {beyond[0]}: they are numbered from 1 to {count}{loop}."
            )
        return not beyond

    def _ask_what(self, group: Group, named: str, unit: str) -> None:
        if self._words(group):
            self._result.asks.append(
                f"What should {named} be like? Or shall I just “redo {named}”?"
            )
        elif unit == "clip":
            self._result.asks.append(f"What about {named}? I can “redo {named}”.")
        else:
            self._result.asks.append(f"What should change in {named}?")

    def _ask_where(self, group: Group) -> None:
        said = self._words(group) or slice_of(self._text, group.redo)
        if not group.wished and not group.redo:
            self._result.asks.append(f"You say ‘{said}’: in which frames, and what instead?")
        elif group.redo and not group.wished:
            what = "clips" if self._scope.stage is Stage.CLIPS else "frames or clips"
            self._result.asks.append(f"Which {what} shall I make again? Give me their numbers.")
        else:
            self._result.asks.append(
                f"In all six frames, or only in some? Say “all frames: {said}”, or name their "
                f"numbers; or “revise the hero: {said}” to begin again from there."
            )

    def _words(self, group: Group) -> str:
        """The instruction in the person's words; neighbouring pieces are quoted in one."""
        runs: list[list[tuple[int, Tokens]]] = []
        for piece in sorted(group.pieces, key=lambda pair: pair[0]):
            if not piece[1]:
                continue
            if runs and piece[0] == runs[-1][-1][0] + 1:
                runs[-1].append(piece)
            else:
                runs.append([piece])
        quoted = (self._text[run[0][1][0].start : run[-1][1][-1].end] for run in runs)
        joined = ", ".join(quoted).strip()
        return joined or (slice_of(self._text, group.redo) if group.selection is None else "")


def _belongs(item: Item, *, told: bool) -> bool:
    """Whether words nobody knows go on with a wish: they show something, or the wish is firm."""
    return (told or shows(item.tokens)) and not words.SPEAKER.within(item.tokens)


def _listed(numbers: tuple[int, ...]) -> str:
    """``2``, ``2 and 4``, ``2, 3 and 5``."""
    words = [str(number) for number in numbers]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def remarked(item: Item, scope: Scope) -> str:
    """What is said to a remark about frames or clips: nothing is done, and why not."""
    selection = item.selection
    unit = (selection.unit if selection else None) or scope.unit or "frame"
    numbers = selection.numbers if selection else ()
    named = (
        f"{unit}{'s' if len(numbers) > 1 else ''} {_listed(numbers)}" if numbers else f"the {unit}s"
    )
    return (
        f"I change nothing yet. If {named} should change, say how, as in ‘{named}: softer light’."
    )
