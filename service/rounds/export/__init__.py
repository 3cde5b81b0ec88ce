"""A round on paper, in a calendar and on a map: pure functions from `service.rounds.records.Ronde`."""
