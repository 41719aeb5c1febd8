from django.apps import AppConfig


class PlaybookConfig(AppConfig):
    name = "reif.playbook"
    label = "playbook"
