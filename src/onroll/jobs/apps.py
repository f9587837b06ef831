from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "onroll.jobs"
    label = "jobs"
