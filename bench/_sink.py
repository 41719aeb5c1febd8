"""A mail server that takes everything and keeps nothing: prints its port, then serves until it is killed."""

from __future__ import annotations

import socket
import threading


def serve() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        print(server.getsockname()[1], flush=True)
        while True:
            talk, _ = server.accept()
            talk.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=_talk, args=(talk,), daemon=True).start()


def _talk(talk: socket.socket) -> None:
    talk.sendall(b"220 sink\r\n")
    buffer, content = b"", False
    while more := talk.recv(262144):
        buffer += more
        answers = []
        while True:
            end = b"\r\n.\r\n" if content else b"\r\n"
            head, found, rest = buffer.partition(end)
            if not found:
                break
            buffer = rest
            if content:
                content = False
                answers.append(b"250 ok\r\n")
                continue
            verb = head[:4].upper()
            content = verb == b"DATA"
            answers.append(_ANSWERS.get(verb, b"250 ok\r\n"))
        if answers:
            talk.sendall(b"".join(answers))


_ANSWERS = {b"EHLO": b"250-sink\r\n250 PIPELINING\r\n", b"DATA": b"354 go on\r\n", b"QUIT": b"221 bye\r\n"}

if __name__ == "__main__":
    serve()
