"""The policy as everybody may read it."""
