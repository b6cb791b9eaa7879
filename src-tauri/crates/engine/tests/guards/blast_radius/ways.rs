//! The ways in which a service can fail for good about one thing.

use sandbox::{Effect, OtherStatus};

/// Each with its name.
pub(super) type Ways = Vec<(&'static str, Effect)>;

pub(super) fn status(status: u16) -> Effect {
    Effect::Status(OtherStatus::of(status))
}

fn page(status: u16) -> Effect {
    Effect::Status(OtherStatus::page(status))
}

pub(super) fn refusals() -> Ways {
    vec![
        ("400", status(400)),
        ("403", status(403)),
        ("409", status(409)),
        ("422", status(422)),
    ]
}

/// A 429 about one thing alone is about that thing, no matter who wrote it: others are answered meanwhile.
pub(super) fn busy() -> Ways {
    let wait = |seconds| {
        Effect::Status(OtherStatus {
            retry_after: Some(seconds),
            ..OtherStatus::of(429)
        })
    };
    vec![
        ("429", status(429)),
        ("429 for a second", wait(1)),
        ("429 for a day", wait(86_400)),
        ("429 page", page(429)),
        ("500", status(500)),
        ("503 page", page(503)),
    ]
}

pub(super) fn unreadable() -> Ways {
    vec![
        ("web page", Effect::ProxyPage),
        ("without id", Effect::WithoutId),
        ("odd shape", Effect::StatusError { done: false }),
        ("cut", Effect::Truncated),
        ("endless", Effect::Endless),
    ]
}

pub(super) fn unanswered() -> Ways {
    vec![
        ("closed", Effect::DropBefore),
        ("silence", Effect::Delay { ms: 3_600_000 }),
    ]
}

pub(super) fn all_ways() -> Ways {
    [refusals(), busy(), unreadable(), unanswered()].concat()
}
