"""Telling the operator that a run failed: a webhook, when one is set. The product makes no other network call.

The address (GAZETTE_WEBHOOK_URL) may hold a secret, so it is never shown. A webhook that does not answer fails no run.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request

from pipelines.settings import WEBHOOK_VARIABLE, webhook_url

SECONDS = 10.0
MAX_CHARACTERS = 4000


def raise_alarm(run_id: str, lines: list[str]) -> str | None:
    """POST `{"text": ..., "run_id": ...}` to the webhook; returns what went wrong in one line, None when all is well.

    Without a webhook nothing is sent. `text` is what chat services show.
    """
    address = webhook_url()
    if address is None:
        return None
    if not address.startswith(("http://", "https://")):
        return f"{WEBHOOK_VARIABLE} is no http or https address; nobody was told"
    text = "\n".join([f"Gazette run {run_id[:8]} failed; readers keep what was published before.", *lines])
    body = json.dumps({"text": text[:MAX_CHARACTERS], "run_id": run_id}).encode()
    request = urllib.request.Request(address, body, {"Content-Type": "application/json"}, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=SECONDS):
            return None
    except (OSError, ValueError, urllib.error.URLError) as error:
        # The reason of a URLError names no address; its own text might.
        reason = getattr(error, "reason", None) or type(error).__name__
        return f"the webhook did not take the message ({reason}); nobody was told"
