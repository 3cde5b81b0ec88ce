"""Letters to who lives at an address and to who reported it. The words stand in brieven.toml, for anybody to better."""
