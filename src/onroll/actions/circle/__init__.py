"""Changes to the people round a child: the team and who stands in, the family, professionals, siblings."""
