use sandbox::{Effect, Matching, OtherStatus, Rule, Service};
use transport::{Rng, SeededRng};

/// One request to come, and what happens to it. Nothing that a person would have to fix.
pub(super) fn draw(rng: &SeededRng) -> (&'static str, Rule) {
    let (name, effect) = pick(rng, effects());
    let matching = pick(rng, points());
    let rule = Rule {
        name: name.to_owned(),
        matching,
        effect,
        times: Some(1),
    };
    (name, rule)
}

fn pick<T>(rng: &SeededRng, mut from: Vec<T>) -> T {
    let place = (rng.fraction() * from.len() as f64) as usize;
    from.swap_remove(place.min(from.len() - 1))
}

/// The creation more often than its share of the requests: it is what must not be done twice.
fn points() -> Vec<Matching> {
    let lever = |method, path| Matching::of(Service::Lever, method, path);
    let coderpad = |method, path| Matching::of(Service::CoderPad, method, path);
    vec![
        Matching::creating_a_pad(),
        Matching::creating_a_pad(),
        lever("GET", "/v1/opportunities"),
        lever("GET", "/v1/opportunities/*"),
        lever("POST", "/v1/opportunities/*/addLinks"),
        coderpad("GET", "/api/pads"),
        coderpad("GET", "/api/pads/*"),
        coderpad("GET", "/api/pads/*/events"),
        Matching::all_of(Service::History),
    ]
}

fn effects() -> Vec<(&'static str, Effect)> {
    let done = |status: u16| {
        Effect::Status(OtherStatus {
            done: true,
            ..OtherStatus::of(status)
        })
    };
    let wait = Effect::Status(OtherStatus {
        retry_after: Some(20),
        ..OtherStatus::page(429)
    });
    vec![
        ("drop before", Effect::DropBefore),
        ("drop after", Effect::DropAfter),
        ("429 page with Retry-After", wait),
        ("500", Effect::Status(OtherStatus::of(500))),
        ("500 done", done(500)),
        ("503 page", Effect::Status(OtherStatus::page(503))),
        ("200 without id", Effect::WithoutId),
        ("truncated", Effect::Truncated),
        ("cut off", Effect::CutOff),
        ("delay", Effect::Delay { ms: 20_000 }),
        ("proxy page", Effect::ProxyPage),
    ]
}
