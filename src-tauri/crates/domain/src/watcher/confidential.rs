//! Whether confidential candidates are asked for. Without asking for them Lever leaves them out
//! silently, and a key that may not see them is refused (contracts/lever.md, 1.4).

/// Refusals in a row that a key which was granted access is asked after.
const BELIEVED_AFTER: u32 = 3;

/// What is known of the key's access to confidential candidates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Access {
    /// It was not tried yet.
    #[default]
    Unknown,
    /// It has it; so many refusals came since.
    Granted {
        /// In a row.
        refusals: u32,
    },
    /// It lacks it, until the account is read again.
    Refused,
}

impl Access {
    /// Returns true if a look asks for confidential candidates first.
    pub fn is_tried(self) -> bool {
        self != Self::Refused
    }

    /// After a look that brought them, or was refused them. One refusal takes nothing away.
    pub fn after(self, granted: bool) -> Self {
        match self {
            _ if granted => Self::Granted { refusals: 0 },
            Self::Granted { refusals } if refusals + 1 < BELIEVED_AFTER => Self::Granted {
                refusals: refusals + 1,
            },
            Self::Unknown | Self::Refused | Self::Granted { .. } => Self::Refused,
        }
    }

    /// It is time to try again what was refused.
    pub fn retried(self) -> Self {
        match self {
            Self::Refused => Self::Unknown,
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_refusal_takes_no_access_away() {
        let granted = Access::Unknown.after(true);
        let once = granted.after(false);
        assert!(once.is_tried());
        assert_eq!(once.after(true), granted);
        assert_eq!(once.after(false).after(false), Access::Refused);
        assert_eq!(Access::Unknown.after(false), Access::Refused);
        assert!(!Access::Refused.is_tried());
        assert!(Access::Refused.retried().is_tried());
    }
}
