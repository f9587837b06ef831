from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "onroll.records.duties"
    label = "duties"
