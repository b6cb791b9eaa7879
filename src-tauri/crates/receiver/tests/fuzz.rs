//! A short run of the fuzzing that `examples/fuzz` does at length.

#[cfg(test)]
#[path = "../examples/fuzz/inputs.rs"]
mod inputs;
#[cfg(test)]
mod support;

use inputs::{Fate, Inputs, try_inputs};
use support::Tried;

#[test]
fn twenty_thousand_bad_requests_find_no_way_in() {
    let seed = rand::random();
    println!("seed {seed}");
    let fates = try_inputs(seed, 20_000).unwrap();
    // Chance must reach every part, or it shows nothing.
    for fate in [Fate::Unfinished, Fate::Event, Fate::Test, Fate::Nothing] {
        assert!(
            fates.get(&fate).is_some_and(|count| *count > 10),
            "{fate:?}: {fates:?}"
        );
    }
    let refusals = fates.len() - 4;
    assert!(refusals >= 12, "few kinds of refusal: {fates:?}");
}

#[tokio::test]
async fn bad_requests_over_a_connection_leave_the_receiver_as_it_was() {
    let tried = Tried::start().await.unwrap();
    let seed = rand::random();
    println!("seed {seed}");
    for raw in Inputs::new(seed).take(300) {
        // Hangs up after sending, so that the unfinished ones needn't be waited for.
        support::exchange_and_hang_up(tried.port, &raw)
            .await
            .unwrap();
    }
    assert_eq!(tried.post(&support::vector()).await.unwrap(), Some(200));
    assert_eq!(tried.inbox.stored().len(), 1, "nothing but that one");
    assert_eq!(tried.running.health().borrow().restarts, 0);
}
