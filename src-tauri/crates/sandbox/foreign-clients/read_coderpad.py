"""coderpad-py reads the sandbox: the account, the quota, pads, events, environments, history."""

import sys
import types
import typing
import warnings
from importlib.metadata import version

from report import Report
from sandbox import CODERPAD, CODERPAD_KEY, do, strict_types

if not hasattr(typing, "override"):
    # The newest coderpad-py wants Python 3.12 for three things about types. Debian 12 has 3.11.
    import typing_extensions

    typing.override = typing_extensions.override
    typing.TypedDict = typing_extensions.TypedDict
    json_types = types.ModuleType("coderpad.json_types")
    json_types.JsonValue = typing.Any
    sys.modules["coderpad.json_types"] = json_types
warnings.filterwarnings("ignore", category=UserWarning)

from coderpad.client import CoderPad  # noqa: E402

NOT_A_TEXT = "it wants a text where the contract has null"
report = Report(f"coderpad-py {version('coderpad-py')}")
client = CoderPad(api_key=CODERPAD_KEY, base_url=CODERPAD)
is_newest = hasattr(client, "user")


def account() -> None:
    if is_newest:
        report.call("user.get", client.user.get, lambda user: user.allow_pad_creation)
        report.call(
            "organization.users.list",
            client.organization.users.list,
            lambda users: len(users) == 2,
        )
        report.call("organization.get", client.organization.get, lambda found: len(found.users) == 2)
    else:
        report.refuses(
            "organization.get",
            client.organization.get,
            "it wants single_sign_in_url, which is optional",
        )
    report.refuses("organization.get_quota", client.organization.get_quota, NOT_A_TEXT)
    report.call("questions.list", client.questions.list, lambda found: found[0].title == "Anagrams")


def pads():
    """An interview, seen through the client. Gives the pad."""
    made = report.call(
        "pads.create",
        lambda: client.pads.create(title="A pad of coderpad-py", language="python", notes="Hidden"),
        lambda pad: pad.notes == "Hidden" and pad.state == "pending",
    )
    if made is None:
        return None
    do("pads", do="play", pad=made.id, name="Ada Example")
    for number in range(60):
        do("pads", do="make", title=f"Pad {number}")
    report.call(
        "pads.list",
        client.pads.list,
        lambda page: len(page) == 50 and page.total >= 61 and page.next_page,
    )
    report.call(
        "organization.pads.list",
        client.organization.pads.list,
        lambda page: len(page) == 50,
    )
    if is_newest:
        every = lambda: {pad.id for pad in client.pads.all()}  # noqa: E731
        report.call("pads.all", every, lambda ids: len(ids) >= 61 and made.id in ids)
        do("faults", do="switch", change={"coderpad": {"cursorPaging": True}})
        report.call("pads.all, by cursor", every, lambda ids: len(ids) >= 61 and made.id in ids)
        do("faults", do="switch", change={"coderpad": {"cursorPaging": False}})
    report.call(
        "pads.update",
        lambda: client.pads.update(pad_id=made.id, title="Renamed"),
    )
    return report.call(
        "pads.get",
        lambda: client.pads.get(pad_id=made.id),
        lambda pad: pad.title == "Renamed" and "Ada Example" in pad.participants,
    )


def interview(pad) -> None:
    kinds = {"joined", "started", "ran", "left"}
    report.call(
        "pads.get_events",
        lambda: client.pads.get_events(pad_id=pad.id),
        lambda events: kinds <= {event.kind for event in events}
        and {event.metadata for event in events if event.kind == "ran"} == {"python"},
    )
    environment = lambda: client.pads.get_environment(  # noqa: E731
        environment_id=str(pad.pad_environment_ids[0])
    )
    report.refuses(
        "pads.get_environment",
        environment,
        "it wants a number for example_question_id, where the contract's sample has a text",
    )
    strict_types(True)
    found = report.call(
        "pads.get_environment, strict types",
        environment,
        lambda found: "def groups(words)" in found.file_contents[0].contents,
    )
    report.call("organization.get_quota, strict types", client.organization.get_quota)
    report.call("organization.get, strict types", client.organization.get)
    strict_types(False)
    if found is not None and is_newest:
        file = found.file_contents[0]
        report.call(
            "pads.get_history",
            lambda: client.pads.get_history(history_url=file.history).replay(),
            lambda text: text == file.contents,
        )
    report.call("pads.update, ended", lambda: client.pads.update(pad_id=pad.id, ended=True))
    report.call(
        "pads.get, ended",
        lambda: client.pads.get(pad_id=pad.id),
        lambda pad: pad.state == "ended" and pad.ended_at,
    )


account()
pad = pads()
if pad is not None:
    interview(pad)
report.end()
