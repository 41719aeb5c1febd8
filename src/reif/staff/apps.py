from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "reif.staff"
    label = "staff"
