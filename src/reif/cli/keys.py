"""`reif writekey`: the key under which other software sends events; `reif apikey`: keys of the REST API."""

from __future__ import annotations

import argparse
import sys
from typing import Any


def add(commands: Any) -> None:
    commands.add_parser("writekey", help="print the write key of the default site").set_defaults(run=writekey)
    verbs = commands.add_parser("apikey", help="keys of the REST API").add_subparsers(dest="verb", required=True)
    make = verbs.add_parser("create", help="make a key and print it, once")
    make.add_argument("name", help="who will use it")
    make.add_argument("--scope", action="append", required=True, help="what it may do, such as people:read; repeatable")
    make.add_argument("--days", type=int, help="it ends after so many days; without it, never")
    make.set_defaults(run=create)
    verbs.add_parser("list", help="every key, without its secret").set_defaults(run=list_keys)
    end = verbs.add_parser("revoke", help="end a key at once")
    end.add_argument("prefix", help="how the key begins, as `reif apikey list` shows it")
    end.set_defaults(run=revoke)


def writekey(given: argparse.Namespace) -> int:
    """Print the key; it is made at the first call."""
    from reif.door.keys import default_key

    print(default_key())
    return 0


def create(given: argparse.Namespace) -> int:
    """Print the key; only its hash is kept."""
    from reif.staff.api.keys import make_key
    from reif.staff.api.resource import SCOPES

    if unknown := sorted(set(given.scope) - set(SCOPES)):
        print(f"There is no scope {', '.join(unknown)}. There are: {', '.join(sorted(SCOPES))}", file=sys.stderr)
        return 2
    print(make_key(given.name, given.scope, days=given.days)[1])
    return 0


def list_keys(given: argparse.Namespace) -> int:
    """One line for each key."""
    from reif.kit.clock import now
    from reif.staff.models import ApiKey

    for key in ApiKey.objects.order_by("pk"):
        state = "works" if key.works(now()) else "ended"
        used = f"{key.last_used_at:%Y-%m-%d %H:%M}" if key.last_used_at else "never"
        print(f"{key.prefix}…  {state}  last used {used}  {key.name}  {' '.join(key.scopes)}")
    return 0


def revoke(given: argparse.Namespace) -> int:
    """It works no more."""
    from reif.staff.api.keys import revoke as end
    from reif.staff.models import ApiKey

    found = list(ApiKey.objects.filter(prefix=given.prefix.rstrip("…"), revoked_at=None))
    if len(found) != 1:
        print(f"{len(found)} working keys begin with {given.prefix}; see `reif apikey list`.", file=sys.stderr)
        return 2
    end(found[0])
    print(f"{found[0].name}: revoked")
    return 0
