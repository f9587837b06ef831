"""The room of the people round a case: team, family, professionals, brothers and sisters."""
