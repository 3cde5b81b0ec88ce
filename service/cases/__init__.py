"""The adresonderzoek: its steps, clocks, people, visits, letters and outcomes."""
