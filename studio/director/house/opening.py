"""What the house director says to a brief: two or three sentences about what it will shoot."""

from __future__ import annotations

from studio.director.house.brief import mood_names, names_a_preset, read_brief
from studio.director.house.replies import listed
from studio.director.house.scripts import unread_script
from studio.director.house.words import opening as words
from studio.director.interface import Opening
from studio.shoot import Brief, Direction


def open_shoot(brief: Brief) -> Opening:
    """The direction of a brief, and its announcement.

    It speaks of the words and the number of the references alone: it has not seen a picture.
    """
    direction = read_brief(brief.prompt, brief.options)
    said = [_picture(brief, direction), _light(brief, direction), _plan(brief, direction)]
    return Opening(direction=direction, words=" ".join(sentence for sentence in said if sentence))


def _picture(brief: Brief, direction: Direction) -> str:
    script = unread_script(brief.prompt)
    moods = mood_names(brief.prompt)
    chosen = brief.options.pose or brief.options.background or names_a_preset(brief.prompt)
    if script:
        lead = (
            f"I cannot read {script} letters without a key for Claude, so beside the options and "
            "what is in Latin letters I took the set and the pose myself"
        )
    elif moods:
        lead = f"I read this as {listed(moods)}"
    else:
        lead = "As you ask" if chosen else "I would keep this simple"
    return f"{lead}: {words.POSE[direction.pose]}, {words.PLACE[direction.background]}."


def _light(brief: Brief, direction: Direction) -> str:
    count = len(brief.references)
    if direction.wardrobe:
        lead = f"The wardrobe as you name it, {listed(direction.wardrobe)}, goes"
    elif count:
        lead = "Your reference goes" if count == 1 else f"Your {count} references go"
    else:
        lead = "All of it goes"
    glare = ", and it will glare off the glasses" if direction.glasses else ""
    return (
        f"{lead} under hard on-camera flash that falls off to the edges{glare}: Velvia colour, "
        "shiny skin, plenty of grain."
    )


def _plan(brief: Brief, direction: Direction) -> str:
    film = []
    if direction.aspect_ratio is not None and direction.aspect_ratio != "original":
        shape = words.RATIO.get(direction.aspect_ratio, f"in {direction.aspect_ratio}")
        film.append(shape)
    if direction.pace is not None:
        film.append(f"cut at {direction.pace:g}x")
    if direction.loop is not None:
        film.append("looping" if direction.loop else "without a loop")
    planned = f"; the film will be {listed(film)}" if film else ""
    if brief.options.autopilot:
        return f"I start with the hero and go straight through to the film{planned}."
    return f"I start with the hero and stop there for your eye{planned}."
