from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LogConfig(AppConfig):
    name = "reif.log"
    label = "log"

    def ready(self) -> None:
        from django.db import connection

        if connection.vendor != "sqlite":
            return
        from django.db.backends.sqlite3.base import DatabaseFeatures  # type: ignore[attr-defined]

        # Django keeps to the 999 parameters of SQLite before 3.32; since then it is 32,766, and batches are large here.
        setattr(DatabaseFeatures, "max_query_params", 30_000)  # noqa: B010
        from reif.log.sqlite.shape import tell_shape

        post_migrate.connect(tell_shape, sender=self)
