"""Put packs and profiles in use."""
