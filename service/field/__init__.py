"""The field page: one stop at a time on a phone, written down offline, sent exactly once."""
