"""tap-lever, a Singer tap, reads the sandbox: one sync for each of its streams."""

import contextlib
import io
import json
import logging
from datetime import datetime, timedelta, timezone
from importlib.metadata import version
from types import SimpleNamespace

from report import Report
from sandbox import LEVER_KEY, lead_lever_here, shown

lead_lever_here()
logging.disable(logging.INFO)

from singer.catalog import Catalog  # noqa: E402
from tap_lever import LeverRunner  # noqa: E402
from tap_lever.client import LeverClient  # noqa: E402
from tap_lever.streams import AVAILABLE_STREAMS  # noqa: E402

report = Report(f"tap-lever {version('tap-lever')}")
start = datetime.now(timezone.utc) - timedelta(days=3)
config = {"token": LEVER_KEY, "start_date": start.strftime("%Y-%m-%dT%H:%M:%SZ")}


def runner(catalog) -> LeverRunner:
    arguments = SimpleNamespace(config=config, state={}, catalog=catalog)
    return LeverRunner(arguments, LeverClient(config), AVAILABLE_STREAMS)


def output(do) -> str:
    with contextlib.redirect_stdout(io.StringIO()) as written:
        do()
    return written.getvalue()


discovered = json.loads(output(runner(None).do_discover))


def sync(*streams: str) -> dict:
    """The records of these streams, by the stream."""
    for entry in discovered["streams"]:
        for about in entry["metadata"]:
            if not about["breadcrumb"]:
                about["metadata"]["selected"] = entry["stream"] in streams
    lines = output(runner(Catalog.from_dict(discovered)).do_sync).splitlines()
    records = {stream: [] for stream in streams}
    for message in map(json.loads, lines):
        if message["type"] == "RECORD":
            records[message["stream"]].append(message["record"])
    return records


candidates = shown("candidates")["candidates"]
recent = start.timestamp() * 1000
report.call("users", lambda: sync("users")["users"], lambda users: len(users) >= 2)
report.call(
    "stages",
    lambda: sync("stages")["stages"],
    lambda stages: any(stage["text"] == "Phone Screen" for stage in stages),
)
report.call(
    "postings",
    lambda: sync("postings")["postings"],
    lambda postings: any("coderpad" in posting["tags"] for posting in postings),
)
report.call(
    "opportunities",
    lambda: sync("opportunities")["opportunities"],
    lambda found: any("coderpad" in one["tags"] for one in found),
)
report.call(
    "opportunities with applications",
    lambda: sync("opportunities", "opportunity_applications"),
    lambda found: 0 < len(found["opportunity_applications"]) <= len(found["opportunities"]),
)
report.end()
