"""Declarations of samenloop: features in which two registers contradict each other, each an interaction in itself.

An additive model cannot find them, least of all with few labels. They are computed where their data are, in the groups
energie and vastgoed, and stand apart here because each rests on two independent registers.
"""

from __future__ import annotations

from features.columns import Feature
from features.papers import papers

UNREGISTERED = (
    "Labour migrants in transit, second homes and works look the same: an inquiry starts without a presumption."
)
TRAVEL = "Those who travel, lie in hospital or care for kin use little too: lawful, and told as evidence against."
FRUGAL = "Poor and frugal households use less: the comparison is with as many people, and fairness is measured by area."
SAMEN = ("bag", "brp", "energie")
JA_NEE = ((0.0, "nee"), (1.0, "ja"))

SAMENLOOP: tuple[Feature, ...] = (
    Feature(
        name="gebruik_zonder_inschrijving",
        group="samenloop",
        label="Gebruik zonder inschrijving",
        unit="%",
        description="Where nobody is registered: the higher of both percentiles of use among inhabited homes; else 0.",
        sources=SAMEN,
        spookbewoning=1,
        schijnbewoning=0,
        persons=True,
        sentence_for="Er staat niemand ingeschreven, maar het verbruik is hoger dan bij {waarde} van de bewoonde "
        "woningen.",
        sentence_against="Gebruik zonder inschrijving: hoger dan bij {waarde} van de bewoonde woningen.",
        papers=papers(
            "energie", proxy=UNREGISTERED, substantive="The CBS rule itself: use while nobody is registered."
        ),
    ),
    Feature(
        name="leeg_1_januari_met_gebruik",
        group="samenloop",
        label="Leeg op 1 januari, wel gebruik",
        unit="keer",
        description="Where nobody is registered now and power is above the lowest 20% of inhabited homes: "
        "leeg_1_januari.",
        sources=SAMEN,
        spookbewoning=1,
        schijnbewoning=0,
        persons=True,
        sentence_for="Op 1 januari stond er {waarde} niemand ingeschreven (van de laatste twee), maar er is wel "
        "gebruik.",
        sentence_against="Op 1 januari stond er {waarde} niemand ingeschreven bij een adres met gebruik.",
        papers=papers(
            "energie", proxy=UNREGISTERED, substantive="CBS spookwoning: empty on two reference days, yet in use."
        ),
    ),
    Feature(
        name="gebruiksmaanden_zonder_inschrijving",
        group="samenloop",
        label="Gebruiksmaanden zonder inschrijving",
        unit="maanden",
        description="Of 24 measured months: nobody registered and power above the lowest 20% of homes.",
        sources=SAMEN,
        spookbewoning=1,
        schijnbewoning=0,
        persons=True,
        sentence_for="In {waarde} van de laatste 24 was niemand ingeschreven en werd wel stroom gebruikt als bewoond.",
        sentence_against="In {waarde} van de laatste 24 was niemand ingeschreven en werd wel stroom gebruikt.",
        papers=papers(
            "energie", proxy=UNREGISTERED, substantive="Long use without registration is no removal or works."
        ),
    ),
    Feature(
        name="gebruik_tijdens_leegstand",
        group="samenloop",
        label="Verbruik tijdens leegstand op papier",
        unit="keer",
        decimals=1,
        description="Mean power in months without registration (of 24), 1 = as inhabited homes; 0 under 2 months.",
        sources=SAMEN,
        spookbewoning=1,
        schijnbewoning=0,
        persons=True,
        sentence_for="Terwijl niemand was ingeschreven, was het stroomverbruik {waarde} dat van bewoonde woningen.",
        sentence_against="Terwijl niemand was ingeschreven, was het stroomverbruik {waarde} dat van bewoonde woningen.",
        papers=papers(
            "energie", proxy=UNREGISTERED, substantive="How much was used while the register knew of nobody."
        ),
    ),
    Feature(
        name="winter_in_recreatie",
        group="samenloop",
        label="Winterverbruik in recreatiewoning",
        unit="keer",
        decimals=1,
        description="Recreation home without registration: mean power November-March, 1 = as inhabited homes; else 0.",
        sources=("bag", "brp", "energie", "omgeving"),
        spookbewoning=1,
        schijnbewoning=0,
        persons=True,
        sentence_for="In deze recreatiewoning is het winterverbruik {waarde} dat van bewoonde woningen; niemand "
        "staat er.",
        sentence_against="Winterverbruik in een recreatiewoning zonder inschrijving: {waarde} het gewone.",
        papers=papers(
            "energie",
            proxy="People without another home live on parks: a hit may be a matter of care.",
            substantive="Who lives in a holiday home heats and lights it in winter.",
        ),
    ),
    Feature(
        name="te_laag_voor_aantal",
        group="samenloop",
        label="Te weinig gebruik voor het aantal",
        unit="%",
        description="Where somebody is registered: percentage of homes with as many people using more, by power "
        "or gas, "
        "whichever speaks least; 0 where nobody is.",
        sources=SAMEN,
        spookbewoning=0,
        schijnbewoning=1,
        persons=True,
        sentence_for="Van de woningen met evenveel ingeschrevenen gebruikt {waarde} meer energie dan dit adres.",
        sentence_against="Van de woningen met evenveel ingeschrevenen gebruikt {waarde} meer energie dan dit adres.",
        papers=papers("energie", proxy=FRUGAL, substantive="Who is registered but lives elsewhere uses nothing here."),
    ),
    Feature(
        name="stroom_percentiel_bij_aantal",
        group="samenloop",
        label="Stroom bij evenveel ingeschrevenen",
        unit="%",
        description="Percentage of comparable homes with as many people registered that use less power; unknown "
        "if nobody.",
        sources=SAMEN,
        spookbewoning=0,
        schijnbewoning=0,
        persons=True,
        sentence_for="Van de woningen met evenveel ingeschrevenen gebruikt {waarde} minder stroom.",
        sentence_against="Van de woningen met evenveel ingeschrevenen gebruikt {waarde} minder stroom.",
        papers=papers(
            "energie", proxy=FRUGAL, substantive="Too little fits paper residents, too much unknown ones: no sign."
        ),
    ),
    Feature(
        name="gas_percentiel_bij_aantal",
        group="samenloop",
        label="Gas bij evenveel ingeschrevenen",
        unit="%",
        description="Percentage of comparable homes with as many people registered that use less gas; unknown if "
        "nobody.",
        sources=SAMEN,
        spookbewoning=0,
        schijnbewoning=0,
        persons=True,
        sentence_for="Van de woningen met evenveel ingeschrevenen gebruikt {waarde} minder gas.",
        sentence_against="Van de woningen met evenveel ingeschrevenen gebruikt {waarde} minder gas.",
        papers=papers(
            "energie", proxy=FRUGAL, substantive="Heating without people is rare, people without heating too."
        ),
    ),
    Feature(
        name="recent_te_laag_ingeschreven",
        group="samenloop",
        label="Kort geleden stilgevallen, wel ingeschreven",
        unit="%",
        description="Where somebody is registered: how far power of the last 3 measured months is under usual (0-100).",
        sources=SAMEN,
        spookbewoning=0,
        schijnbewoning=1,
        persons=True,
        sentence_for="Het stroomverbruik ligt de laatste maanden {waarde} onder dat van bewoonde woningen, wel "
        "ingeschreven.",
        sentence_against="Het stroomverbruik ligt de laatste maanden {waarde} onder dat van bewoonde woningen.",
        papers=papers(
            "energie", proxy=TRAVEL, substantive="A registration that is left behind shows in months, not years."
        ),
    ),
    Feature(
        name="lege_maanden_ingeschreven",
        group="samenloop",
        label="Maanden zonder stroom, wel ingeschreven",
        unit="maanden",
        description="Of 24 measured months: somebody registered and power under 20% of usual.",
        sources=SAMEN,
        spookbewoning=0,
        schijnbewoning=1,
        persons=True,
        sentence_for="In {waarde} van de laatste 24 was iemand ingeschreven, maar werd bijna geen stroom gebruikt.",
        sentence_against="In {waarde} van de laatste 24 was iemand ingeschreven en werd bijna geen stroom gebruikt.",
        papers=papers("energie", proxy=TRAVEL, substantive="Months without any use do not fit living there."),
    ),
    Feature(
        name="ingeschreven_gas_zonder_kou",
        group="samenloop",
        label="Ingeschreven, gas volgt de kou niet",
        unit="%",
        description="Where somebody is registered: how far the gas falls short of following the cold (0-100); else 0.",
        sources=SAMEN,
        spookbewoning=0,
        schijnbewoning=1,
        persons=True,
        sentence_for="Er is iemand ingeschreven, maar het gas volgt de kou {waarde} minder dan gewoon.",
        sentence_against="Het gas volgt de kou {waarde} minder dan gewoon.",
        papers=papers(
            "energie",
            proxy="Heat pumps and thrift do the same: weighed with power use, never alone.",
            substantive="A home that is lived in is heated when it freezes.",
        ),
    ),
    Feature(
        name="ingeschreven_zonder_stroom",
        group="samenloop",
        label="Ingeschreven zonder stroom",
        unit="",
        named_values=JA_NEE,
        description="1 where somebody is registered and every power connection is out of service.",
        sources=SAMEN,
        spookbewoning=0,
        schijnbewoning=1,
        persons=True,
        sentence_for="Er is iemand ingeschreven, maar de stroom is afgesloten: {waarde}.",
        sentence_against="Ingeschreven terwijl de stroom is afgesloten: {waarde}.",
        papers=papers(
            "energie",
            proxy="Disconnection goes with debt: a hit is also a matter of care.",
            substantive="Without power a home is hardly lived in.",
        ),
    ),
    Feature(
        name="verhuur_groepsaankomst",
        group="samenloop",
        label="Groep in particuliere verhuur",
        unit="volwassenen",
        description="In a private rental: groepsaankomst over 24 months; 0 in other homes.",
        sources=("bag", "brp", "vastgoed"),
        spookbewoning=0,
        schijnbewoning=1,
        persons=True,
        sentence_for="In deze particuliere huurwoning kwam een groep op één dag, met {waarde} buiten een mogelijk "
        "gezin.",
        sentence_against="Groep op één dag in een particuliere huurwoning: {waarde} buiten een mogelijk gezin.",
        papers=papers(
            "vastgoed",
            age=True,
            proxy="Labour migrants and students rent privately in groups: only the pattern is told.",
            substantive="Sham registration of a group needs a landlord who allows it.",
        ),
    ),
    Feature(
        name="overdrachten_zonder_inschrijving",
        group="samenloop",
        label="Doorverkocht en leeg op papier",
        unit="keer",
        description="Transfers in 36 months where nobody is registered; 0 where somebody is.",
        sources=("bag", "brp", "vastgoed"),
        spookbewoning=1,
        schijnbewoning=0,
        persons=True,
        sentence_for="De woning wisselde in drie jaar {waarde} van eigenaar en er staat niemand ingeschreven.",
        sentence_against="Wisseling van eigenaar in drie jaar terwijl niemand is ingeschreven: {waarde}.",
        papers=papers(
            "vastgoed",
            proxy="A home just sold is lawfully empty: one transfer weighs little.",
            substantive="A chain of intermediaries trades homes that nobody lives in on paper.",
        ),
    ),
)
