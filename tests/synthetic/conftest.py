"""One small gemeente, made once, for all tests that only look at it."""

import pytest

from synthetic.params import Params
from synthetic.synthesize import make
from synthetic.world import World


@pytest.fixture(scope="session")
def made() -> World:
    return make(Params(addresses=3000, seed=5))
