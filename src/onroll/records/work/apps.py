from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "onroll.records.work"
    label = "work"
