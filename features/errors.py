"""One class for every refusal: place -> found -> expected -> what to do."""

from __future__ import annotations


class Refusal(Exception):
    """Input or a state we cannot go on with; shown to people without a traceback, exit code 1.

    >>> print(Refusal("woz.csv, column waarde", found="-5", expected="an amount >= 0", do="export it again"))
    woz.csv, column waarde: found -5; expected an amount >= 0; what to do: export it again
    """

    def __init__(self, place: str, *, found: str, expected: str, do: str) -> None:
        self.place, self.found, self.expected, self.do = place, found, expected, do
        super().__init__(f"{place}: found {found}; expected {expected}; what to do: {do}")
