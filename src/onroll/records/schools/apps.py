from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    name = "onroll.records.schools"
    label = "schools"
