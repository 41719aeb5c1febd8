from django.apps import AppConfig


class RulesConfig(AppConfig):
    name = "reif.rules"
    label = "rules"
