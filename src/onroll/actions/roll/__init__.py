"""Bring a roll in: from the file to the pupils, with a person's word where only a person can say."""
