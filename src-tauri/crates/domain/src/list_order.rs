//! Whether a list of pads is in the order that was asked for: only then does its end mean anything.

/// What was seen of a list that should come newest first, page after page.
#[derive(Debug, Default)]
pub struct NewestFirst {
    previous_ms: Option<i64>,
    is_broken: bool,
}

impl NewestFirst {
    /// Takes in the times of the next page, in ms since the epoch. Returns true if everything
    /// further on is older than `horizon_ms`. A list that was once out of order, or that lacks a
    /// time, is never trusted again.
    pub fn reads_past(
        &mut self,
        times: impl IntoIterator<Item = Option<i64>>,
        horizon_ms: i64,
    ) -> bool {
        for at_ms in times {
            let Some(at_ms) = at_ms else {
                self.is_broken = true;
                continue;
            };
            self.is_broken |= self.previous_ms.is_some_and(|before| before < at_ms);
            self.previous_ms = Some(at_ms);
        }
        !self.is_broken && self.previous_ms.is_some_and(|last| last < horizon_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn past(times: &[i64]) -> bool {
        NewestFirst::default().reads_past(times.iter().copied().map(Some), 600)
    }

    #[test]
    fn a_list_is_read_until_it_is_older_than_the_horizon() {
        assert!(!past(&[900, 800, 700]));
        assert!(!past(&[900, 800, 600]));
        assert!(past(&[900, 800, 500]));
        assert!(past(&[900, 900, 500]), "two of the same moment");
        assert!(!past(&[]));
    }

    #[test]
    fn a_list_out_of_order_is_never_trusted_again() {
        assert!(!past(&[100, 900, 500]));
        let mut list = NewestFirst::default();
        assert!(!list.reads_past([Some(900), Some(500), Some(800), Some(400)], 600));
        assert!(!list.reads_past([Some(300), Some(200)], 600));
        let mut pages = NewestFirst::default();
        assert!(!pages.reads_past([Some(900)], 600));
        assert!(!pages.reads_past([Some(950), Some(500)], 600));
    }

    #[test]
    fn a_list_that_lacks_a_time_is_not_trusted() {
        assert!(!NewestFirst::default().reads_past([Some(900), None, Some(500)], 600));
        assert!(!NewestFirst::default().reads_past([Some(900), None], 1000));
    }
}
