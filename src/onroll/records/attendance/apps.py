from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    name = "onroll.records.attendance"
    label = "attendance"
