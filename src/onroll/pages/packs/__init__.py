"""Policy packs and the authority profile of a school."""
