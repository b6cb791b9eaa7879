//! Why a candidate who is eligible has no pad yet. Pure.

use padwatch_domain::service_error::Service;

use crate::snapshot::Waiting;

/// The facts about a candidate's turn.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Turn {
    /// Creation is paused.
    pub(crate) is_paused: bool,
    /// Set-up is finished.
    pub(crate) is_set_up: bool,
    /// Creation is off until the person says so.
    pub(crate) is_off: bool,
    /// The service whose circuit breaker is closed to this work.
    pub(crate) held_by: Option<Service>,
    /// The plan has a pad left, as far as known.
    pub(crate) has_quota: bool,
    /// The search for existing pads comes first.
    pub(crate) is_searched_for: bool,
    /// Another program goes first.
    pub(crate) is_left_to_rival: bool,
}

/// Why the turn hasn't come; `None`: it is next. What a person can change comes first.
#[must_use]
pub(crate) fn why(turn: Turn) -> Option<Waiting> {
    if turn.is_paused {
        return Some(Waiting::Paused);
    }
    if !turn.is_set_up {
        return Some(Waiting::SetUp);
    }
    if turn.is_off {
        return Some(Waiting::CreationOff);
    }
    // CoderPad is closed to creations then too; this says more.
    if !turn.has_quota {
        return Some(Waiting::PlanUsedUp);
    }
    if let Some(service) = turn.held_by {
        return Some(Waiting::For(service));
    }
    if turn.is_searched_for {
        return Some(Waiting::PadSearch);
    }
    turn.is_left_to_rival.then_some(Waiting::OtherProgram)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_obstacle_is_named_and_none_means_next() {
        type HoldUp = fn(&mut Turn);
        let free = Turn {
            is_set_up: true,
            has_quota: true,
            ..Turn::default()
        };
        assert_eq!(why(free), None);
        let cases: [(HoldUp, Waiting); 7] = [
            (|turn| turn.is_paused = true, Waiting::Paused),
            (|turn| turn.is_set_up = false, Waiting::SetUp),
            (|turn| turn.is_off = true, Waiting::CreationOff),
            (
                |turn| turn.held_by = Some(Service::Lever),
                Waiting::For(Service::Lever),
            ),
            (|turn| turn.has_quota = false, Waiting::PlanUsedUp),
            (|turn| turn.is_searched_for = true, Waiting::PadSearch),
            (|turn| turn.is_left_to_rival = true, Waiting::OtherProgram),
        ];
        for (hold_up, expected) in cases {
            let mut turn = free;
            hold_up(&mut turn);
            assert_eq!(why(turn), Some(expected));
        }
    }

    #[test]
    fn a_pause_is_named_before_what_the_person_cannot_change() {
        let turn = Turn {
            is_paused: true,
            held_by: Some(Service::Coderpad),
            ..Turn::default()
        };
        assert_eq!(why(turn), Some(Waiting::Paused));
    }
}
