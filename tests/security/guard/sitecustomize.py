"""First on the path of a run under test: whoever looks up a name or calls another machine ends the process, loudly."""

import os
import sys


def _guard(event: str, arguments: tuple) -> None:
    away = event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "urllib.Request")
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg") and isinstance(arguments[1], tuple):
        away = not str(arguments[1][0]).startswith(("127.", "::1"))
    if away:
        os.write(2, f"REACHED FOR THE NETWORK: {event} {arguments[1:]}\n".encode())
        os._exit(97)


sys.addaudithook(_guard)
