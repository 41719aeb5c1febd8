from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "reif.demo"
    label = "demo"
