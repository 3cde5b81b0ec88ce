"""How a publication lies on the shelf: one SQLite file, written once and never changed. Reader and writer share this.

Everything is found by number and read in one step, whatever the size of the publication:
- `blokken`: the rows of a ranking as the API gives them with a comma behind each, ROWS at a time, in the order of the
  list; beside each row the data subject under which the LDV log knows its address (service/logs/line.py);
- `kolommen`: what lists are filtered and searched by, one array per gemeente (and target);
- `sleutels`: from an opaque id to the address;
- `pakken`: what stands behind an address (reasons, registrations, energy), SHARED addresses at a time.
A gemeente has a number (0 …), an address a number within its gemeente (0 …, by identificatie).
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from features.columns import Doel
from features.register import FEATURES

VERSION = 1  # of this layout; a file of another version is made again
FILE = "lijst.db"
ROWS = 25  # of one block: a page is one to three blocks, and a row from the middle of a list does not cost much more
SHARED = 16  # addresses of one pack
DOELEN = (Doel.SPOOKBEWONING, Doel.SCHIJNBEWONING)
_BLOCKS = 24  # bits of the number of a block within its list: 160 million rows

SCHEMA = """
    create table over (naam text primary key, waarde text not null) without rowid;
    create table gemeenten (nr integer primary key, code text not null, adressen integer not null);
    create table lijsten (gemeente integer not null, doel integer not null, rijen integer not null);
    create table plaatsen (gemeente integer not null, nr integer not null, woonplaats text not null,
        adressen integer not null, x real, y real);
    create table blokken (id integer primary key, inhoud blob not null);
    create table kolommen (id integer primary key, gemeente integer not null, doel integer not null,
        naam text not null, inhoud blob not null);
    create table sleutels (id integer primary key, inhoud blob not null);
    create table pakken_redenen (id integer primary key, inhoud blob not null);
    create table pakken_tijdlijn (id integer primary key, inhoud blob not null);
    create table pakken_energie (id integer primary key, inhoud blob not null);
    create table woorden (id integer primary key, inhoud blob not null);
"""
INDEXES = "create index ix_kolommen on kolommen (gemeente, doel, naam);"
OF_ADDRESS = -1  # `kolommen.doel` of what belongs to the address and not to a list
NOT_LISTED = np.uint32(0xFFFFFFFF)


class Ligging(IntEnum):
    """`buitengebied` as a small number."""

    ONBEKEND = 0
    BINNEN = 1
    BUITEN = 2


# kolommen, in the order of the list (doel 0, 1): the rows that are ranked, and in the first list what is in no ranking
LIST_COLUMNS: dict[str, str] = {
    "adres": "<u4",  # number of the address
    "band": "u1",  # place in BANDS
    "plaats": "<u2",  # woonplaats, number within the gemeente
    "ligging": "u1",
    "groep": "u1",  # feature group of the strongest reason, place in GROEPEN; 255 = of none
    "x": "<i4",  # RD, decimetres; UNKNOWN = not known
    "y": "<i4",
    "kans": "<f8",
}
# kolommen, in the order of the addresses
ADDRESS_COLUMNS: dict[str, str] = {
    "identificatie": "<i8",  # its 16 digits as a number
    "plek0": "<u4",  # place (0 …) in the list of each target; NOT_LISTED = in none
    "plek1": "<u4",
    "neutraal": "<u8",  # order while the model is stopped: says nothing
}
TEXT_COLUMN = "tekst"  # per address a line "postcode|address", in capitals, by number of the address
UNKNOWN = -(2**31)
NO_GROUP = 255
GROEPEN = tuple(dict.fromkeys(feature.group for feature in FEATURES))

KEY = np.dtype([("hoog", "<u8"), ("gemeente", "<u2"), ("adres", "<u4")])  # `sleutels`, sorted by the first 64 bits

REASON = np.dtype(
    [
        ("adres", "<u4"),
        ("doel", "u1"),
        ("volgorde", "<u2"),
        ("kenmerk", "<u4"),
        ("zin", "<u4"),
        ("waarde", "<f8"),
        ("vergelijking", "<f8"),
        ("bijdrage", "<f8"),
    ]
)
STAY = np.dtype(
    [("adres", "<u4"), ("persoon", "<i4"), ("functie", "<u4"), ("van", "<i4"), ("tot", "<i4"), ("einde_reden", "<u4")]
)  # days since 1970-01-01; UNKNOWN = none
MONTH = np.dtype(
    [
        ("adres", "<u4"),
        ("product", "<u4"),
        ("maand", "<u4"),
        ("verbruik", "<f8"),
        ("laag", "<f8"),
        ("midden", "<f8"),
        ("hoog", "<f8"),
    ]
)
WORDS = 512  # of one row of `woorden`, one to a line; word 0 is the empty one


def block_id(gemeente: int, doel: int, block: int) -> int:
    """The id of block `block` of a list."""
    return ((gemeente * len(DOELEN) + doel) << _BLOCKS) | block


def pack_id(gemeente: int, pack: int) -> int:
    """The id of a pack: addresses pack * SHARED …"""
    return (gemeente << _BLOCKS) | pack


def key_bits(addresses: int) -> int:
    """How many leading bits of an opaque id name its row of `sleutels`: some 256 addresses share one."""
    return max(1, (addresses // 256).bit_length())
