"""The living policy: the document with how the school keeps each paragraph."""
