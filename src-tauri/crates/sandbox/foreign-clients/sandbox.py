"""Where the sandbox is, and what people do there."""

import json
import os
from urllib.request import Request, urlopen

LEVER = os.environ["LEVER_API"]
LEVER_KEY = os.environ["LEVER_API_KEY"]
CODERPAD = os.environ["CODERPAD_API"]
CODERPAD_KEY = os.environ["CODERPAD_API_KEY"]
_CONTROL = os.environ["SANDBOX_CONTROL"]


def do(what: str, **command) -> dict:
    """Sends a command to the sandbox's control address, such as `do("pads", do="end", pad=…)`."""
    request = Request(
        f"{_CONTROL}api/{what}",
        data=json.dumps(command).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urlopen(request, timeout=10) as answer:
        return json.load(answer)


def shown(what: str) -> dict:
    """What the control address shows, such as `shown("candidates")`."""
    with urlopen(f"{_CONTROL}api/{what}", timeout=10) as answer:
        return json.load(answer)


def strict_types(on: bool) -> None:
    """Whether CoderPad sends what the strictest of its public clients wants."""
    do("faults", do="switch", change={"coderpad": {"strictTypes": on}})


def lead_lever_here() -> None:
    """Leads what `requests` sends to Lever to the sandbox.

    Lever's address is fixed in these clients. Everything else about a request stays theirs.
    """
    from requests.adapters import HTTPAdapter

    send = HTTPAdapter.send

    def send_here(adapter, request, *arguments, **named):
        for root in ("https://api.lever.co/v1", "https://api.sandbox.lever.co/v1"):
            if request.url.startswith(root):
                request.url = LEVER + request.url.removeprefix(root)
        if not request.url.startswith("http://127.0.0.1:"):
            raise AssertionError(f"asked for another address: {request.url}")
        return send(adapter, request, *arguments, **named)

    HTTPAdapter.send = send_here
