from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "onroll.pages"
    label = "pages"
