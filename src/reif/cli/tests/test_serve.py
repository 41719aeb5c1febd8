"""A port that somebody listens on is not shared."""

from __future__ import annotations

import socket

import pytest

from reif.cli import main
from reif.cli.serve import is_taken


def test_a_port_in_use_is_told_and_nothing_starts(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SystemExit) as left:
            main(["up", "--port", str(port)])
        assert left.value.code == 1
        assert f"port {port}" in capsys.readouterr().err
    assert not is_taken("127.0.0.1", port)
