"""The page on which it is recorded that a pupil has died. Plain words, and two steps."""
