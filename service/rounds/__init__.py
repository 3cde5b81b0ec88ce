"""Rounds: what is planned for which team on which day, stored before anybody sees it, and what was left out."""
