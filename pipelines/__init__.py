"""When and in what order: the batch edge. Imports features, models, synthetic."""
