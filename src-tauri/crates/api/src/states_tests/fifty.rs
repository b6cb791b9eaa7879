//! The fifty states, each as the engine would publish it.

use padwatch_domain::announcement::News;
use padwatch_domain::delivery::QuotaLeft;
use padwatch_domain::links::DuplicatePad;
use padwatch_domain::problem::Problem;
use padwatch_domain::reason::{Doubt, PadDoubt, Reason};
use padwatch_domain::section::Section;
use padwatch_domain::service_error::OutageKind;
use padwatch_domain::service_error::Service::{self, Coderpad, Lever};
use padwatch_engine::snapshot::webhooks::{WebhookState, WebhookTrouble};
use padwatch_engine::snapshot::{ActionKind, Condition, PadRow, RowState};
use serde_json::json;

use super::facts::*;
use super::*;

const MINUTE: i64 = 60_000;

/// In the order of the review that counted them.
pub(super) fn states() -> Vec<State> {
    let mut all = connections();
    all.extend(pads());
    all.extend(accounts());
    all.extend(candidates());
    all.extend(program());
    all
}

fn connections() -> Vec<State> {
    vec![
        well("watching", facts(Condition::Watching)),
        well("first check", first_check()),
        stale("stale", 47 * MINUTE),
        stale("after sleep", 6 * 60 * MINUTE),
        State {
            facts: aged(waiting(Lever, unreachable(Lever)), 12 * MINUTE),
            ..patient("offline, Lever", Lever, unreachable(Lever))
        },
        patient("offline, CoderPad only", Coderpad, unreachable(Coderpad)),
        hindered(
            "captive page, filter",
            Problem::NotTheService { service: Lever },
        ),
        hindered("certificate", Problem::NotSecure { service: Lever }),
        hindered("proxy", Problem::ProxyBlocks { service: Lever }),
        patient(
            "service down",
            Coderpad,
            Problem::ServiceDown { service: Coderpad },
        ),
        patient("rate limit", Lever, Problem::RateLimited { service: Lever }),
        State {
            icon: Icon::Paused,
            asks: Asks::Answer,
            ..well("paused", facts(Condition::Paused { until_ms: None }))
        },
    ]
}

fn pads() -> Vec<State> {
    let doubt = Doubt::NoAnswer;
    let problem = Problem::NotTheService { service: Coderpad };
    let declined = |by| RowState::Declined { by };
    let gone = Reason::from(Problem::PadSettingsGone);
    let said = "This candidate was merged.".to_owned();
    let unread = Reason::from(Problem::Declined {
        service: Lever,
        said,
    });
    let makes = [ActionKind::MakeNow, ActionKind::Skip];
    let unclear = [
        ActionKind::CheckAgain,
        ActionKind::SeePad,
        ActionKind::MakeAnother,
    ];
    let checking = News::Uncertain { who: who(), doubt };
    vec![
        State {
            place: Place::Notification(notice(checking)),
            asks: Asks::Elsewhere,
            ..well("not confirmed, checking", facts(Condition::Watching))
        },
        decision(
            "not confirmed, asks",
            row(RowState::Unclear, Reason::WasPadCreated, &unclear),
        ),
        listed(
            "not confirmed, list unreadable",
            PadRow {
                section: Section::Waiting,
                ..row(
                    RowState::LookingForPad,
                    Reason::PadListIncomplete { doubt, problem },
                    &unclear,
                )
            },
        ),
        decision("declined, settings", row(declined(Coderpad), gone, &makes)),
        hindered("declined, not allowed", Problem::CreationNotAllowed),
        decision(
            "declined by Lever (reading)",
            row(declined(Lever), unread, &makes),
        ),
        hindered("plan used up", Problem::PlanUsedUp),
        few("few pads", false),
        few("few pads, more are billed", true),
    ]
}

fn few(name: &'static str, overages: bool) -> State {
    let quota = QuotaLeft {
        remaining: Some(3),
        overages,
        low: true,
        short: None,
    };
    let facts = Snapshot {
        quota: Some(quota),
        ..facts(Condition::Watching)
    };
    let rest = match overages {
        true => words().plan_overages(),
        false => words().plan_no_overages(),
    };
    let told = Told {
        happened: words().plan_pads_left(3_u32),
        means: rest,
        todo: String::new(),
    };
    State {
        place: Place::Aside(told),
        ..well(name, facts)
    }
}

fn accounts() -> Vec<State> {
    let permission = "Add opportunity links".to_owned();
    vec![
        hindered("Lever key revoked", Problem::KeyRejected { service: Lever }),
        hindered(
            "CoderPad key revoked",
            Problem::KeyRejected { service: Coderpad },
        ),
        hindered(
            "permission missing",
            Problem::LeverPermissionMissing { permission },
        ),
        without_keys("password store locked", Some(Problem::KeyringLocked)),
        beside("no tray host", Problem::NoTrayHost),
        beside("no notifications", Problem::NoNotifications),
        without_keys("password store missing", Some(Problem::KeyringMissing)),
        without_keys("saved key damaged", Some(Problem::KeyDamaged)),
        without_keys("keys missing", None),
        State {
            icon: Icon::NeedsYou,
            asks: Asks::Answer,
            ..well(
                "watched stages gone",
                facts(Condition::SetUp {
                    problem: Problem::StagesGone,
                    step: None,
                }),
            )
        },
        hindered("acting user needed", Problem::ActingUserNeeded),
    ]
}

fn candidates() -> Vec<State> {
    let makes = [ActionKind::MakeNow, ActionKind::Skip];
    let doubt = PadDoubt::WhichJob;
    let copies = [ActionKind::MarkCopied, ActionKind::MarkSent];
    let both = [ActionKind::MarkCopied, ActionKind::DeleteDuplicate];
    let extra = DuplicatePad {
        id: pad_id("PADAAAA2"),
        link: "https://app.coderpad.io/PADAAAA2".to_owned(),
        ours: true,
    };
    let refused = News::LinkRefused {
        who: who(),
        reason: Reason::from(Problem::LinkNotShown),
    };
    let mut surge = decision("bulk move", row(RowState::Surge, Reason::BulkMove, &makes));
    surge.facts.counts.needs_you = 12;
    surge.place = Place::Notification(notice(News::Surge { count: 12 }));
    vec![
        State {
            place: Place::Notification(notice(refused)),
            asks: Asks::Answer,
            ..sendable(
                "link refused",
                with_pad(row(
                    RowState::ReadyNotOnProfile,
                    Reason::LinkNotShown,
                    &copies,
                )),
            )
        },
        decision(
            "no link appeared",
            row(RowState::NoLink, Reason::NoLink, &makes),
        ),
        surge,
        decision(
            "existing pad, which job?",
            row(
                RowState::WhichJob,
                Reason::WhosePad { doubt },
                &[ActionKind::UseLink, ActionKind::MakeNow, ActionKind::Skip],
            ),
        ),
        sendable(
            "extra pad",
            PadRow {
                duplicates: vec![extra],
                ..with_pad(row(RowState::Ready, Reason::OtherToolsPad, &both))
            },
        ),
        decision(
            "pad deleted in CoderPad",
            row(RowState::PadDeleted, Reason::AskAfterDeletion, &makes),
        ),
    ]
}

fn program() -> Vec<State> {
    let page = |kind: &str, name: &str, means: &str, todo: &str| Told {
        happened: words().named(kind, name),
        means: words().named(kind, means),
        todo: words().named(kind, todo),
    };
    let trouble = WebhookTrouble::EventsMissing;
    let troubled = Snapshot {
        webhooks: WebhookState::Troubled { trouble },
        ..facts(Condition::Watching)
    };
    let note = |told: Told| Place::Page(told);
    vec![
        hindered("data rebuilt", Problem::DataReplaced),
        stopped("disk full", Problem::DiskFull),
        stopped("newer data", Problem::DataNewer),
        stopped("second Padwatch", Problem::ProfileInUse),
        State {
            place: note(page("no", "answer", "answer.means", "answer.hint")),
            asks: Asks::Elsewhere,
            ..well("window lost the program", facts(Condition::Watching))
        },
        failed("window crashed", &Problem::WindowClosed),
        State {
            place: Place::Aside(webhooks(&troubled)),
            asks: Asks::Elsewhere,
            ..well("webhooks in trouble", troubled)
        },
        State {
            place: note(page(
                "note",
                "not-confirmed",
                "not-confirmed.hint",
                "not-confirmed.hint",
            )),
            asks: Asks::Patience,
            ..well("note not confirmed", facts(Condition::Watching))
        },
        State {
            place: note(half_there()),
            asks: Asks::Answer,
            ..well("note half there", facts(Condition::Watching))
        },
        State {
            place: Place::Notification(notice(News::Recovered {
                from: Some(OutageKind::Coderpad),
            })),
            ..well("trouble over", facts(Condition::Watching))
        },
        State {
            place: note(page("demo", "mode", "mode.hint", "open-controls")),
            demo: true,
            ..well("demo", facts(Condition::Watching))
        },
        failed("clipboard refused", &Problem::ClipboardFailed),
    ]
}

/// A note of which one part of three is on the candidate.
fn half_there() -> Told {
    let half = json!({"code": "halted", "added": 1, "total": 3});
    Told {
        happened: words().coded("note", &half, ""),
        means: words().coded("note", &half, ""),
        todo: format!(
            "[{}] [{}]",
            words().named("note", "send-rest"),
            words().named("note", "leave-rest")
        ),
    }
}

fn well(name: &'static str, facts: Snapshot) -> State {
    State {
        name,
        facts,
        notices: Vec::new(),
        demo: false,
        icon: Icon::Watching,
        asks: Asks::Nothing,
        place: Place::Standing,
    }
}

fn first_check() -> Snapshot {
    Snapshot {
        last_checked_ms: None,
        current_until_ms: None,
        ..facts(Condition::Starting)
    }
}

fn stale(name: &'static str, age_ms: i64) -> State {
    State {
        icon: Icon::Waiting,
        asks: Asks::Patience,
        ..well(name, aged(facts(Condition::Watching), age_ms))
    }
}

fn patient(name: &'static str, service: Service, problem: Problem) -> State {
    State {
        icon: Icon::Waiting,
        asks: Asks::Patience,
        ..well(name, waiting(service, problem))
    }
}

fn hindered(name: &'static str, problem: Problem) -> State {
    State {
        icon: Icon::NeedsYou,
        asks: Asks::Answer,
        ..well(name, facts(Condition::Hindered { problem }))
    }
}

fn stopped(name: &'static str, problem: Problem) -> State {
    State {
        icon: Icon::NeedsYou,
        asks: Asks::Elsewhere,
        ..well(name, facts(Condition::Stopped { problem }))
    }
}

fn without_keys(name: &'static str, why: Option<Problem>) -> State {
    let problem = Problem::KeysMissing;
    State {
        icon: Icon::NeedsYou,
        asks: Asks::Answer,
        notices: why.into_iter().collect(),
        ..well(
            name,
            facts(Condition::SetUp {
                problem,
                step: None,
            }),
        )
    }
}

fn beside(name: &'static str, problem: Problem) -> State {
    State {
        notices: vec![problem.clone()],
        asks: Asks::Elsewhere,
        place: Place::Aside(of_domain(problem)),
        ..well(name, facts(Condition::Watching))
    }
}

fn failed(name: &'static str, problem: &Problem) -> State {
    State {
        place: Place::Notification(Notice::failed(problem, None)),
        asks: Asks::Elsewhere,
        ..well(name, facts(Condition::Watching))
    }
}

fn decision(name: &'static str, row: PadRow) -> State {
    let mut facts = facts(Condition::Watching);
    facts.counts.needs_you = 1;
    facts.needs_you = vec![PadRow {
        section: Section::NeedsYou,
        ..row
    }];
    State {
        icon: Icon::NeedsYou,
        asks: Asks::Answer,
        place: Place::Candidate,
        ..well(name, facts)
    }
}

fn sendable(name: &'static str, row: PadRow) -> State {
    let mut facts = facts(Condition::Watching);
    facts.counts.to_send = 1;
    facts.newest = vec![PadRow {
        section: Section::ToSend,
        ..row
    }];
    State {
        icon: Icon::New,
        asks: Asks::Answer,
        place: Place::Candidate,
        ..well(name, facts)
    }
}

/// Among those in progress, whom the window lists.
fn listed(name: &'static str, row: PadRow) -> State {
    let row: crate::dto::candidates::PadRow = convert(row);
    let mut facts = facts(Condition::Watching);
    facts.counts.waiting = 1;
    State {
        asks: Asks::Elsewhere,
        place: Place::Page(Told {
            happened: row.state,
            means: row.reason.clone(),
            todo: row.reason,
        }),
        ..well(name, facts)
    }
}
