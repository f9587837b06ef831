"""The jobs: each joins a kind of queued work to the action that does it."""

from onroll.jobs import import_tasks, people_tasks, roll_tasks, sweeping  # noqa: F401 - importing them registers the jobs
