from django.apps import AppConfig


class RulesConfig(AppConfig):
    name = "reif.rules"
    label = "rules"

    def ready(self) -> None:
        from reif.rules.lookups import register

        register()
