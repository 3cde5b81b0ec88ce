from __future__ import annotations

from pathlib import Path

import pytest

from features.errors import Refusal
from models.accountability.organisation import Organisation
from models.stop_rule import StopRule
from pipelines.settings_tables import table


def written(folder: Path, text: str) -> Path:
    file = folder / "schijnwerper.toml"
    file.write_text(text)
    return file


def test_what_is_not_given_keeps_its_default(tmp_path: Path) -> None:
    assert table(tmp_path / "none.toml", "bewaking", StopRule) == StopRule()
    file = written(tmp_path, "[bewaking]\nminstens = 20\nbelofte_deel = 1\nongelijkheid = false\n")
    assert table(file, "bewaking", StopRule) == StopRule(minstens=20, belofte_deel=1.0, ongelijkheid=False)
    assert table(file, "organisatie", Organisation) == Organisation()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[bewaking]\nminsten = 2\n", "setting 'minsten'"),
        ("[bewaking]\nminstens = '2'\n", "a whole number of 0 or more"),
        ("[bewaking]\nminstens = true\n", "a whole number of 0 or more"),
        ("[bewaking]\nminstens = -1\n", "a whole number of 0 or more"),
        ("[bewaking]\nbelofte_deel = true\n", "a number of 0 or more"),
        ("[bewaking]\nongelijkheid = 1\n", "true or false"),
    ],
)
def test_another_name_or_kind_is_refused_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(Refusal, match=said) as refused:
        table(written(tmp_path, text), "bewaking", StopRule)
    assert "schijnwerper.toml, [bewaking]" in str(refused.value)


def test_an_organisation_that_cannot_be_is_refused(tmp_path: Path) -> None:
    file = written(tmp_path, "[organisatie]\nnaam = 'Gemeente A'\nstatus = 'aan'\n")
    with pytest.raises(Refusal, match="In gebruik, In ontwikkeling"):
        table(file, "organisatie", Organisation)
