"""No test is timed: a busy machine must not fail the suite. Speed is measured in benchmarks/."""

from hypothesis import settings

settings.register_profile("house", deadline=None)
settings.load_profile("house")
