"""All tables of an empty database, straight from the models. Django would rebuild every model after each of a hundred
steps, which takes longer than everything else at the first start; there is nothing yet that steps would have to keep.

A house test compares what comes out with what the migrations make.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def is_empty(connection: Any) -> bool:
    """No table at all."""
    connection.ensure_connection()
    return not connection.introspection.table_names()


def is_current(connection: Any) -> bool:
    """Every migration that there is has been applied."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def make_tables(connection: Any) -> None:
    """Make them, write down that the migrations are done, and let every room fill in what it fills in after that."""
    connection.prepare_database()
    emit_pre_migrate_signal(0, False, connection.alias)
    migrations = list(MigrationLoader(connection).graph.nodes)
    with connection.schema_editor() as editor:
        for model in apps.get_models():
            if model._meta.managed and not model._meta.proxy:
                editor.create_model(model)
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    recorder.migration_qs.bulk_create(recorder.Migration(app=app, name=name) for app, name in migrations)
    emit_post_migrate_signal(0, False, connection.alias)
