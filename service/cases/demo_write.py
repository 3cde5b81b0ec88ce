"""The demo's past into the tables of the adresonderzoek, as whole rows."""

from __future__ import annotations

from sqlalchemy import insert

from service.cases.clocks import local_day
from service.cases.codes import WITHDRAWN
from service.cases.demo_story import Story
from service.cases.draw import uniform
from service.cases.tables import bezoeken, delen, herbezoeken, onderzoeken, stappen
from service.db.database import Unit
from service.logs.entry import Entry

SHARE = 0.05  # of closed cases that another looked at again


def write(unit: Unit, stories: list[Story]) -> None:
    """Write them all, with the draws for a second look, and one entry in the logs that says it was made up."""
    insert_all = unit.connection.execute
    insert_all(insert(onderzoeken), [story.case() for story in stories])
    insert_all(insert(stappen), [step for story in stories for step in story.steps])
    insert_all(
        insert(delen),
        [
            {"onderzoek_id": story.id, "persoon": who, "deel": deel, **part}
            for story in stories
            for (who, deel), part in story.parts.items()
        ],
    )
    insert_all(insert(bezoeken), [visit for story in stories for visit in story.visits])
    looks = {story.herhaling_van: story for story in stories if story.herhaling_van}
    ended = [story for story in stories if story.herhaling_van is None and story.row["uitkomst"] != WITHDRAWN]
    insert_all(insert(herbezoeken), [_drawn(story, looks.get(story.id)) for story in ended])
    where = tuple(dict.fromkeys(story.new.identificatie for story in stories))
    told = (("zaken", str(len(stories))),)
    unit.log(
        Entry(
            handeling="onderzoek.demo",
            object_soort="onderzoek",
            adressen=where,
            bijzonderheden=told,
            onbegrensd=True,
        )
    )


def _drawn(story: Story, look: Story | None) -> dict[str, object]:
    return {
        "onderzoek_id": story.id,
        "getrokken": uniform(story.id, "herbezoek"),
        "aandeel": SHARE,
        "vanaf": local_day(look.row["geopend"]) if look else None,
        "geopend_als": look.id if look else None,
    }
