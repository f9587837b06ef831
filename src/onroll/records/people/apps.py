from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "onroll.records.people"
    label = "people"
