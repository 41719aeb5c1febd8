from django.apps import AppConfig


class LakeConfig(AppConfig):
    name = "reif.lake"
    label = "lake"

    def ready(self) -> None:
        from reif.lake.keep_up import keep_up
        from reif.log.worker import feed

        feed("lake", keep_up)
