from django.apps import AppConfig


class QualifyConfig(AppConfig):
    name = "reif.qualify"
    label = "qualify"
