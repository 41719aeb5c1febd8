from django.apps import AppConfig


class AnalyseConfig(AppConfig):
    name = "reif.analyse"
    label = "analyse"
