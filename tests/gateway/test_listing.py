"""The list of shoots."""

from __future__ import annotations

from tests.waiting import until


async def listed(stack, count, **params):
    """All rows, once visibility shows ``count`` of them."""

    async def shown():
        rows = (await stack.http.get("/api/shoots", params={"limit": 100, **params})).json()
        found = [row for row in rows["shoots"] if row["id"] in stack.started]
        return (found,) if len(found) == count else None

    return (await until(shown))[0]


async def test_newest_first(stack):
    """Shoots are listed with the newest first, and what each waits for."""
    ids = [await stack.begin(f"brief {number}") for number in range(3)]
    for one in ids:
        await stack.waiting(one)
    while True:
        rows = await listed(stack, 3)
        if all(row["status"] == "awaiting-input" for row in rows):
            break
    assert [row["id"] for row in rows] == ids[::-1]
    assert rows[0]["title"] == "brief 2"
    assert rows[0]["waitsFor"] == "person"
    picture = await stack.http.get(rows[0]["thumbnail"])
    assert picture.headers["content-type"] == "image/webp"


async def test_pages_hold_every_shoot_once(stack):
    """Following the cursor from page to page shows every shoot once, in order."""
    ids = [await stack.begin(f"brief {number}") for number in range(5)]
    await listed(stack, 5)
    seen, cursor = [], ""
    while cursor is not None:
        params = {"limit": 2, **({"cursor": cursor} if cursor else {})}
        page = (await stack.http.get("/api/shoots", params=params)).json()
        assert len(page["shoots"]) <= 2
        seen += [row["id"] for row in page["shoots"]]
        cursor = page["nextCursor"]
    assert [one for one in seen if one in ids] == ids[::-1]
    assert len(set(seen)) == len(seen)


async def test_filters(stack):
    """Status and stage narrow the list; several values widen it again."""
    done, _ = await stack.reach("contact-sheet")
    hero = await stack.begin()
    await stack.waiting(hero)
    await listed(stack, 2, status="awaiting-input")
    rows = await listed(stack, 1, stage="hero", status="awaiting-input")
    assert [row["id"] for row in rows] == [hero]
    rows = await listed(stack, 2, stage="hero,contact-sheet", status="awaiting-input")
    assert {row["id"] for row in rows} == {hero, done}


async def test_unknown_filter(stack):
    """A status that is none says which there are."""
    answer = await stack.http.get("/api/shoots", params={"status": "asleep"})
    assert answer.status_code == 422
    assert "awaiting-input" in answer.json()["detail"]


async def test_foreign_cursor(stack):
    """A cursor that no list has given is refused."""
    for cursor in ("x", "!!!", "MjAyNi0wMS0wMQ"):
        answer = await stack.http.get("/api/shoots", params={"cursor": cursor})
        assert answer.status_code == 422


async def test_archived_shoot_is_listed(stack):
    """A shoot that only the archive remembers is listed, filtered and shown like the others."""
    shoot_id = await stack.begin("to be archived")
    state = await stack.waiting(shoot_id)
    state = await stack.shoots.state(shoot_id)
    archived = state.model_copy(update={"id": f"{shoot_id}-old"})
    await stack.shoots.records.save(archived)
    stack.started.append(archived.id)
    rows = await listed(stack, 2)
    assert {row["id"] for row in rows} == {shoot_id, archived.id}
    answer = await stack.http.get(f"/api/shoots/{archived.id}")
    assert answer.json()["brief"]["prompt"] == "to be archived"
