"""The names of the audit groupings (groups.py makes them), apart so that settings can name them and load nothing."""

HOUSEHOLD, AGE, DWELLING, TENURE, PLACE, RURAL = (
    "huishouden", "leeftijd oudste bewoner", "soort woning", "eigendom", "buurt", "buitengebied",
)  # fmt: skip
GROUPINGS = (HOUSEHOLD, AGE, DWELLING, TENURE, PLACE, RURAL)
