from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from features.errors import Refusal
from service.bewoning.koppeling import Koppeling
from service.settings import Settings


def test_off_unless_set_and_read_from_the_file_of_settings(tmp_path: Path) -> None:
    assert not Settings(publicaties=tmp_path).bewoning.aan
    (tmp_path / "sleutel").write_text("x")
    (tmp_path / "dienst.toml").write_text(
        f'[bewoning]\nurl = "https://brp.example/api"\nsleutel_bestand = "{tmp_path / "sleutel"}"\ntijd = "PT8S"\n'
        '[bewoning.token_extra]\nresourceServer = "ResourceServer02"\n'
    )
    found = Settings.from_environment({"SCHIJNWERPER_DIENST": str(tmp_path / "dienst.toml")}).bewoning
    assert found.aan and found.tijd.total_seconds() == 8 and found.token_extra["resourceServer"] == "ResourceServer02"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"url": "http://brp.example/api"}, "found http; expected https"),
        ({"url": "ftp://127.0.0.1/api"}, "found ftp; expected https"),
        ({"url": "brp.example"}, "a URL without a query"),
        ({"url": "https://me:secret@brp.example"}, "found another kind of text"),
        ({"token_url": "http://login.example", "client_id": "a"}, "expected https"),
        ({"token_url": "https://login.example"}, "give both"),
        ({"sleutel_bestand": Path("nothing")}, "mend the path"),
        ({"certificaat_sleutel": Path(__file__)}, "give the certificate too"),
        ({"tijd": 60}, "nobody waits longer"),
        ({"gelijktijdig": 100}, "1 to 20"),
    ],
)
def test_what_is_not_safe_or_cannot_be_is_refused(wrong: dict[str, Any], words: str) -> None:
    from pydantic import TypeAdapter

    with pytest.raises(Refusal, match=words) as refusal:
        TypeAdapter(Koppeling).validate_python(wrong)
    assert "secret" not in str(refusal.value)
