"""Airbyte's Lever source reads the sandbox: its check, and its streams.

Stages, postings and tags are no streams of the source. They are read by the same parts of its
manifest (requests, paging, authentication), under another path.
"""

import copy
import logging
import time
from datetime import datetime, timedelta, timezone
from importlib import resources
from importlib.metadata import version

from report import Report
from sandbox import LEVER_KEY, do, lead_lever_here, shown

lead_lever_here()
logging.disable(logging.WARNING)

import yaml  # noqa: E402
from airbyte_cdk.models import (  # noqa: E402
    ConfiguredAirbyteCatalog,
    ConfiguredAirbyteStream,
    DestinationSyncMode,
    Status,
    SyncMode,
)
from airbyte_cdk.sources.declarative.manifest_declarative_source import (  # noqa: E402
    ManifestDeclarativeSource,
)

ADDED = ["stages", "postings", "tags"]
log = logging.getLogger("airbyte")
report = Report(f"airbyte-source-lever-hiring {version('airbyte-source-lever-hiring')}")
start = datetime.now(timezone.utc) - timedelta(days=60)
config = {
    "credentials": {"auth_type": "Api Key", "api_key": LEVER_KEY},
    "environment": "Production",
    "start_date": start.strftime("%Y-%m-%dT%H:%M:%SZ"),
}


def manifest() -> dict:
    text = resources.files("source_lever_hiring").joinpath("manifest.yaml").read_text()
    whole = yaml.safe_load(text)
    users = next(stream for stream in whole["streams"] if stream["name"] == "users")
    for name in ADDED:
        stream = copy.deepcopy(users)
        stream["name"] = stream["$parameters"]["name"] = name
        stream["retriever"]["requester"] |= {"path": f"/{name}", "request_parameters": {}}
        stream["schema_loader"]["schema"]["properties"] = {}
        whole["streams"].append(stream)
    return whole


source = ManifestDeclarativeSource(source_config=manifest())
streams = {stream.name: stream for stream in source.discover(log, config).streams}


def read(name: str) -> list:
    chosen = ConfiguredAirbyteStream(
        stream=streams[name],
        sync_mode=SyncMode.full_refresh,
        destination_sync_mode=DestinationSyncMode.overwrite,
    )
    messages = source.read(log, config, ConfiguredAirbyteCatalog(streams=[chosen]), {})
    return [message.record.data for message in messages if message.record]


# A candidate with data in each substream. Ids are random and so is their order, so the first one
# may be confidential, which this key can't read.
somebody = next(
    one["opportunity"]
    for one in shown("candidates")["candidates"]
    if not one["archived"] and not one["confidential"]
)
do("candidates", do="scheduleInterview", opportunity=somebody, inMinutes=60, minutes=45)
do("candidates", do="writeNote", opportunity=somebody, text="Written by hand")
do("candidates", do="add", count=120, tags="coderpad")

# The source reads what was updated before the second in which it begins.
added = int(time.time())
while int(time.time()) <= added:
    time.sleep(0.01)

report.call(
    "check",
    lambda: source.check(log, config),
    lambda answer: answer.status == Status.SUCCEEDED,
)
report.call("users", lambda: read("users"), lambda users: len(users) >= 2)
report.call(
    "opportunities",
    lambda: read("opportunities"),
    lambda found: len({one["id"] for one in found}) > 120
    and any("coderpad" in one["tags"] for one in found),
)
report.call(
    "applications",
    lambda: read("applications"),
    lambda found: found and all(one["posting"] for one in found),
)
report.call("interviews", lambda: read("interviews"), lambda found: len(found) >= 1)
report.call("notes", lambda: read("notes"), lambda found: len(found) >= 1)
report.call(
    "stages",
    lambda: read("stages"),
    lambda stages: any(stage["text"] == "Phone Screen" for stage in stages),
)
report.call(
    "postings",
    lambda: read("postings"),
    lambda postings: any("coderpad" in posting["tags"] for posting in postings),
)
report.call(
    "tags",
    lambda: read("tags"),
    lambda tags: any(tag["text"] == "coderpad" and tag["count"] > 0 for tag in tags),
)
report.end()
