from django.apps import AppConfig


class CrmConfig(AppConfig):
    name = "reif.crm"
    label = "crm"
