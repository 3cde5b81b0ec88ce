"""How long it takes to drive from each place to each other one: by a rule, over a road network, or asked of OSRM."""
