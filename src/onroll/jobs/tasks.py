"""The jobs: each joins a kind of queued work to the action that does it."""
