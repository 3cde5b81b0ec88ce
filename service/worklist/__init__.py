"""The werkvoorraad: what is drawn for judgement, judged blind, and what others signalled about an address."""
