from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "reif.desk"
    label = "desk"
