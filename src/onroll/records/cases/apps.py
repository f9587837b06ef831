from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "onroll.records.cases"
    label = "cases"
