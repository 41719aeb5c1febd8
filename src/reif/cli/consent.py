"""`reif consent export`, `reif erase`, `reif import-ecg`: proof, forgetting, and the Austrian list."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any


def add(commands: Any) -> None:
    verbs = commands.add_parser("consent", help="proof of consent").add_subparsers(dest="verb", required=True)
    parser = verbs.add_parser("export", help="everything that is kept of a person's consents")
    _file_options(parser)
    parser.set_defaults(run=export)
    parser = verbs.add_parser("account", help="everything that is stored of a person (GDPR Art. 15)")
    _file_options(parser)
    parser.set_defaults(run=account)
    parser = commands.add_parser("erase", help="forget a person for good")
    parser.add_argument("email", help="the mail address")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.set_defaults(run=erase)
    parser = commands.add_parser("import-ecg", help="read the Austrian list of those who want no advertising")
    parser.add_argument("file", type=Path, help="the hash file that the regulator gives out")
    parser.set_defaults(run=import_ecg)


def _file_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("email", help="the mail address")
    parser.add_argument("--format", choices=("json", "pdf"), default="json")
    parser.add_argument("--to", type=Path, help="the file to write; without it, standard output")


def export(given: argparse.Namespace) -> int:
    """Write the proof."""
    from reif.desk.privacy.evidence import evidence_of, evidence_paper

    return _write(given, evidence_of, evidence_paper)


def account(given: argparse.Namespace) -> int:
    """Write the account."""
    from reif.desk.privacy.account import account_of
    from reif.desk.privacy.account_paper import account_paper

    return _write(given, account_of, account_paper)


def _write(given: argparse.Namespace, as_values: Any, as_paper: Any) -> int:
    import msgspec

    person = _person(given.email)
    if person is None:
        return _unknown(given.email)
    told = (
        msgspec.json.format(msgspec.json.encode(as_values(person)), indent=2) + b"\n"
        if given.format == "json"
        else as_paper(person)
    )
    if given.to:
        given.to.write_bytes(told)
        print(given.to)
    else:
        sys.stdout.buffer.write(told)
        sys.stdout.buffer.flush()
    return 0


def erase(given: argparse.Namespace) -> int:
    """Ask once more, unless told not to."""
    from reif.crm.erase import erase as forget

    person = _person(given.email)
    if person is None:
        return _unknown(given.email)
    if (
        not given.yes
        and input(f"Forget {person.name} <{person.email}> for good? Type the address: ").strip() != person.email
    ):
        print("Nothing was done.")
        return 1
    forget([person.pk])
    print("Forgotten. The address is kept as a hash alone; the rooms follow as soon as the worker runs.")
    return 0


def import_ecg(given: argparse.Namespace) -> int:
    """Take the place of the list that was there."""
    from reif.crm.law.ecg import NoEcgList, read_ecg

    try:
        number = read_ecg(given.file)
    except (NoEcgList, OSError) as bad:
        print(bad)
        return 1
    print(f"{number} entries. The list is asked before each mail that rests on a soft opt-in in Austria.")
    return 0


def _person(email: str) -> Any:
    from reif.crm.models import Person
    from reif.kit.address import BadAddress, normalise

    try:
        return Person.objects.living().filter(email=normalise(email)).first()
    except BadAddress:
        return None


def _unknown(email: str) -> int:
    print(f"Nobody has the address {email}.")
    return 1
