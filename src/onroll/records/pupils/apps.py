from django.apps import AppConfig


class PupilsConfig(AppConfig):
    name = "onroll.records.pupils"
    label = "pupils"
