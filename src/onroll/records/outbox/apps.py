from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "onroll.records.outbox"
    label = "outbox"
