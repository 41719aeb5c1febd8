"""A real IMAP server (Dovecot) of its own for a test: on this machine, in a temporary folder, gone afterwards."""

from __future__ import annotations

import grp
import imaplib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DOVECOT = shutil.which("dovecot") or ("/usr/sbin/dovecot" if Path("/usr/sbin/dovecot").exists() else "")
CONFIG = """
protocols = imap
base_dir = {folder}/run
log_path = {folder}/log
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{folder}/mail
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
passdb {{
  driver = static
  args = password=geheim
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


class Imap:
    """The server with one mailbox, anfrage@talentwerk.example."""

    user, password = "anfrage@talentwerk.example", "geheim"

    def __init__(self, port: int, folder: Path) -> None:
        self.port, self.folder = port, folder

    def url(self, query: str = "begin=all&every=1") -> str:
        return f"imap://anfrage%40talentwerk.example:{self.password}@127.0.0.1:{self.port}/INBOX?{query}"

    def put(self, raw: bytes, flags: str = "") -> None:
        """A mail arrives."""
        with self.client() as client:
            told, _answer = client.append("INBOX", flags, None, raw)
            assert told == "OK"

    def client(self) -> imaplib.IMAP4:
        client = imaplib.IMAP4("127.0.0.1", self.port)
        client.login(self.user, self.password)
        return client

    def count(self, folder: str = "INBOX") -> int:
        with self.client() as client:
            client.select(folder, readonly=True)
            return len(client.search(None, "ALL")[1][0].split())


@contextmanager
def an_imap_server() -> Iterator[Imap]:
    """Needs Dovecot; ask for DOVECOT first. The folder is not pytest's own, which no other user may enter."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="reif-imap-"))
    process = subprocess.Popen([DOVECOT, "-F", "-c", str(_configured(folder, port))], stderr=subprocess.PIPE)
    try:
        _wait(port, process)
        yield Imap(port, folder)
    finally:
        process.terminate()
        process.wait(10)
        if process.stderr:
            process.stderr.close()
        shutil.rmtree(folder, ignore_errors=True)


def _configured(folder: Path, port: int) -> Path:
    """Dovecot gives mail to no root, so root's test lets the user `mail` have it."""
    me = pwd.getpwuid(os.getuid())
    who = me if me.pw_uid else pwd.getpwnam("mail")
    folder.chmod(0o755)
    for name in ("run", "mail", "home"):
        (folder / name).mkdir()
        if not me.pw_uid:
            os.chown(folder / name, who.pw_uid, who.pw_gid)
    config = folder / "dovecot.conf"
    told = {"folder": folder, "user": who.pw_name, "group": grp.getgrgid(who.pw_gid).gr_name, "port": port}
    config.write_text(CONFIG.format(uid=who.pw_uid, gid=who.pw_gid, **told))
    return config


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"Dovecot did not start: {process.stderr.read().decode() if process.stderr else ''}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("Dovecot did not answer")
