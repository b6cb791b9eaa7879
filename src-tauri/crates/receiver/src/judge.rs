//! What a body is worth, as a pure function of it, our signing tokens and the time.

use std::sync::Arc;
use std::time::Duration;

use lever::webhook::{self, Event, EventKind, NotVerified};
use tokio::sync::watch;
use transport::{Clock, SecretString};

use crate::{Delivery, Refusal};

/// How far an event's time may be from ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Back. Lever tries again with growing pauses, and publishes no schedule; a person can also
    /// press Rerun for whatever Lever's history has, which are two weeks (contracts/lever.md, 5.6).
    pub past: Duration,
    /// Ahead. Clocks differ.
    pub future: Duration,
}

impl Default for Window {
    /// Two weeks and a day back, five minutes ahead.
    fn default() -> Self {
        Self {
            past: Duration::from_secs(15 * 24 * 60 * 60),
            future: Duration::from_secs(5 * 60),
        }
    }
}

/// What is to be done with a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Judgement {
    /// Store it, then acknowledge it.
    Event(Delivery),
    /// Lever's word, but nothing for us to look at. Acknowledge it.
    Nothing,
    /// Lever's Verify button. Acknowledge it.
    Test {
        /// True if one of our tokens fits. Each webhook has a token of its own, which may not be
        /// stored yet when the button is pressed. A test has no data, so it is acknowledged all
        /// the same (contracts/lever.md, 5.5).
        verified: bool,
    },
    /// Refuse it, for this reason.
    Refused(Refusal),
}

/// Judges by the signing tokens and the time of that moment.
#[derive(Clone)]
pub(crate) struct Judge {
    pub(crate) tokens: watch::Receiver<Vec<SecretString>>,
    pub(crate) window: Window,
    pub(crate) clock: Arc<dyn Clock>,
}

impl Judge {
    pub(crate) fn judge(&self, body: &[u8]) -> Judgement {
        judge(
            body,
            &self.tokens.borrow(),
            self.clock.now_ms(),
            self.window,
        )
    }
}

/// Judges a body. `tokens` are the signing tokens of our webhooks; any of them may fit.
#[must_use]
pub fn judge(body: &[u8], tokens: &[SecretString], now_ms: i64, window: Window) -> Judgement {
    let Ok(signed) = webhook::parse(body) else {
        return Judgement::Refused(Refusal::NotAnEvent);
    };
    let event = match webhook::verify(&signed, tokens) {
        Ok(event) => event,
        Err(reason) => return unverified(reason, signed.unverified()),
    };
    // Token and time are signed as one run of characters: only a time near ours shows that no
    // digit has moved from one to the other, and with that the token is what it was.
    match off_time(event.triggered_at_ms, now_ms, window) {
        Some(refusal) => Judgement::Refused(refusal),
        None => worth(event),
    }
}

fn unverified(reason: NotVerified, event: &Event) -> Judgement {
    match reason {
        _ if event.is_test => Judgement::Test { verified: false },
        NotVerified::NoTokens => Judgement::Refused(Refusal::NoSigningToken),
        NotVerified::Unsigned => Judgement::Refused(Refusal::Unsigned),
        NotVerified::Unreadable | NotVerified::OtherToken => {
            Judgement::Refused(Refusal::WrongSignature)
        }
    }
}

fn off_time(triggered_at_ms: i64, now_ms: i64, window: Window) -> Option<Refusal> {
    let ms = |time: Duration| i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
    if triggered_at_ms < now_ms.saturating_sub(ms(window.past)) {
        Some(Refusal::TooOld)
    } else if triggered_at_ms > now_ms.saturating_add(ms(window.future)) {
        Some(Refusal::TooNew)
    } else {
        None
    }
}

fn worth(event: &Event) -> Judgement {
    if event.is_test {
        return Judgement::Test { verified: true };
    }
    match (&event.kind, &event.opportunity) {
        // What has no name for us, or names no opportunity, is left to the next poll.
        (EventKind::Unknown(_), _) | (_, None) => Judgement::Nothing,
        (kind, Some(opportunity)) => Judgement::Event(Delivery {
            token: event.token.clone(),
            opportunity: opportunity.clone(),
            kind: kind.clone(),
            triggered_at_ms: event.triggered_at_ms,
        }),
    }
}

#[cfg(test)]
mod tests {
    use lever::OpportunityId;
    use serde_json::{Value, json};

    use super::*;

    /// The worked vectors of contracts/lever.md, 5.3.
    const KEY: &str = "lever-test-signing-token-0123456789abcdef";
    const VECTORS: [(&str, i64, &str); 2] = [
        (
            "0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f6071",
            1_767_225_600_123,
            "08fc742b538a56b73833c5ffc65659f502239a2ae5e569ca3a22c97f25986c77",
        ),
        (
            "ffeeddccbbaa99887766554433221100ffeeddccbbaa9988",
            1_767_225_660_000,
            "2c947fd27d2ead3d0ff2b01fa9d838cdeac8524e84619d96f0789fb93e9e19c8",
        ),
    ];
    const NOW: i64 = 1_767_225_660_000;
    const ID: &str = "11111111-1111-4111-8111-111111111111";

    fn vector(number: usize, change: impl FnOnce(&mut Value)) -> Vec<u8> {
        let (token, at, signature) = VECTORS[number];
        let mut event = json!({
            "event": "candidateStageChange", "triggeredAt": at, "token": token,
            "signature": signature, "data": { "opportunityId": ID },
        });
        change(&mut event);
        event.to_string().into_bytes()
    }

    fn tokens() -> Vec<SecretString> {
        vec!["another-webhooks-token".into(), KEY.into()]
    }

    fn judged(body: &[u8]) -> Judgement {
        judge(body, &tokens(), NOW, Window::default())
    }

    #[test]
    fn the_contracts_vectors_are_accepted_by_any_of_the_tokens() {
        for (number, (token, at, _)) in VECTORS.into_iter().enumerate() {
            let expected = Delivery {
                token: token.to_owned(),
                opportunity: OpportunityId::new(ID),
                kind: EventKind::CandidateStageChange,
                triggered_at_ms: at,
            };
            assert_eq!(judged(&vector(number, |_| {})), Judgement::Event(expected));
        }
    }

    #[test]
    fn every_event_we_look_at_is_a_hint_and_no_other_is() {
        for (name, hint) in [
            ("candidateStageChange", true),
            ("candidateArchiveChange", true),
            ("candidateDeleted", true),
            ("applicationCreated", true),
            ("interviewCreated", true),
            ("interviewUpdated", true),
            ("interviewDeleted", true),
            ("candidateHired", true),
            ("somethingNew", false),
        ] {
            let judgement = judged(&vector(0, |event| event["event"] = name.into()));
            assert_eq!(matches!(judgement, Judgement::Event(_)), hint, "{name}");
            assert_eq!(judgement == Judgement::Nothing, !hint, "{name}");
        }
    }

    #[test]
    fn an_id_that_has_not_the_shape_of_one_leads_nowhere() {
        for id in [
            json!("../users"),
            json!(7),
            json!(""),
            json!("a".repeat(65)),
            json!({}),
        ] {
            let body = vector(0, |event| event["data"]["opportunityId"] = id.clone());
            assert_eq!(judged(&body), Judgement::Nothing, "{id}");
        }
    }

    #[test]
    fn forged_events_are_refused_each_for_its_reason() {
        let one_more = |event: &mut Value| event["triggeredAt"] = (VECTORS[0].1 + 1).into();
        let other_token = |event: &mut Value| event["token"] = VECTORS[1].0.into();
        let unsigned = |event: &mut Value| event["signature"] = Value::Null;
        let upper = |event: &mut Value| event["signature"] = VECTORS[0].2.to_uppercase().into();
        let empty = |event: &mut Value| event["signature"] = "".into();
        for (refusal, body) in [
            (Refusal::WrongSignature, vector(0, one_more)),
            (Refusal::WrongSignature, vector(0, other_token)),
            (Refusal::WrongSignature, vector(0, upper)),
            (Refusal::WrongSignature, vector(0, empty)),
            (Refusal::Unsigned, vector(0, unsigned)),
            (Refusal::NotAnEvent, b"".to_vec()),
            (Refusal::NotAnEvent, b"event=candidateHired".to_vec()),
            (Refusal::NotAnEvent, b"[]".to_vec()),
            (Refusal::NotAnEvent, b"{}".to_vec()),
            (Refusal::NotAnEvent, vec![b'['; 60_000]),
        ] {
            assert_eq!(judged(&body), Judgement::Refused(refusal));
        }
    }

    #[test]
    fn a_digit_that_moves_between_token_and_time_makes_no_new_event() {
        let (token, at, _) = VECTORS[0];
        let digits = at.to_string();
        let (first, rest) = digits.split_at(1);
        let later = vector(0, |event| {
            event["token"] = format!("{token}{first}").into();
            event["triggeredAt"] = rest.parse::<i64>().unwrap().into();
        });
        assert_eq!(judged(&later), Judgement::Refused(Refusal::TooOld));
        let (shorter, last) = token.split_at(token.len() - 1);
        let sooner = vector(0, |event| {
            event["token"] = shorter.into();
            event["triggeredAt"] = format!("{last}{digits}").parse::<i64>().unwrap().into();
        });
        assert_eq!(judged(&sooner), Judgement::Refused(Refusal::TooNew));
    }

    #[test]
    fn late_retries_are_taken_and_what_no_retry_takes_is_not() {
        let day = 24 * 60 * 60 * 1000;
        let (body, at) = (vector(0, |_| {}), VECTORS[0].1);
        for (now, refusal) in [
            (at + 15 * day, None),
            (at + 15 * day + 1, Some(Refusal::TooOld)),
            (at - 5 * 60 * 1000, None),
            (at - 5 * 60 * 1000 - 1, Some(Refusal::TooNew)),
        ] {
            let judgement = judge(&body, &tokens(), now, Window::default());
            let expected = refusal.map(Judgement::Refused);
            assert_eq!(
                matches!(judgement, Judgement::Event(_)),
                expected.is_none(),
                "{now}"
            );
            assert!(
                expected.is_none_or(|expected| expected == judgement),
                "{now}"
            );
        }
    }

    #[test]
    fn the_verify_button_has_any_name_and_perhaps_an_unknown_token() {
        let test = |event: &mut Value| {
            event["event"] = "whateverTheTileSays".into();
            event["data"] = json!({});
        };
        let body = vector(0, test);
        assert_eq!(judged(&body), Judgement::Test { verified: true });
        let none_known = judge(&body, &[], NOW, Window::default());
        assert_eq!(none_known, Judgement::Test { verified: false });
        // A second row's token, which isn't stored yet; and signatures of any other kind.
        let other = judge(&body, &["other".into()], NOW, Window::default());
        assert_eq!(other, Judgement::Test { verified: false });
        for signature in [Value::Null, "".into(), "AB".into()] {
            let odd = vector(0, |event| {
                test(event);
                event["signature"] = signature;
            });
            assert_eq!(judged(&odd), Judgement::Test { verified: false });
        }
    }

    #[test]
    fn without_a_token_nothing_with_data_is_taken() {
        let body = vector(0, |_| {});
        let judgement = judge(&body, &[], NOW, Window::default());
        assert_eq!(judgement, Judgement::Refused(Refusal::NoSigningToken));
    }
}
