"""The data dictionary in docs/ is what the declarations say."""

from features.delivery import all_tables
from features.dictionary import TARGET, document
from features.landing import LANDING_TABLES
from features.register import FEATURES


def test_the_dictionary_is_current() -> None:
    assert TARGET.read_text(encoding="utf-8") == document(), "run `make docs`"


def test_every_table_and_column_is_in_it() -> None:
    text = document()
    for table in all_tables():
        assert f"### {table.name}\n" in text
        assert all(f"`{column.name}`" in text for column in table.columns if column.name)
    assert all(f"### {table.name}.parquet" in text for table in LANDING_TABLES)


def test_every_declaration_has_its_papers() -> None:
    for table in all_tables():
        assert all((table.description, table.owner, table.law, table.refresh)), table.name
        targets = [column.target for column in table.columns]
        assert len(targets) == len(set(targets)), table.name
        assert all(column.description for column in table.columns), table.name


def test_every_feature_is_in_it_with_its_status() -> None:
    text = document()
    for feature in FEATURES:
        assert f"| `{feature.name}` | {feature.papers.status} |" in text
