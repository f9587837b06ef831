from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "onroll.records.ledger"
    label = "ledger"
