from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    name = "onroll.records.policies"
    label = "policies"
