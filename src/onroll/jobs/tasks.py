"""The jobs: each joins a kind of queued work to the action that does it."""

from onroll.jobs import people_tasks  # noqa: F401 - importing it registers the job
