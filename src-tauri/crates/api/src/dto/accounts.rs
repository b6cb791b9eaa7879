//! The accounts behind the keys: what they may do, and what can be chosen in them.

use coderpad::TeamId;
use lever::{StageId, UserId};
use padwatch_engine::listing;
use serde::Serialize;
use ts_rs::TS;

use super::convert::{Convert, convert, mirror};

mirror! { out
    /// What a test of a Lever key found.
    struct LeverAccount of listing::LeverAccount {
        /// The host that answered, such as `api.lever.co`.
        host: String,
        /// The permissions that were looked at, by Lever's names for them.
        permissions: Vec<PermissionFound>,
        /// Whether the key sees confidential candidates.
        confidential: bool,
        /// The stages of the account, in its order.
        stages: Vec<StageFound>,
    }
}

mirror! { out
    /// A permission, and whether the key has it.
    struct PermissionFound of listing::PermissionFound {
        /// The name as on Lever's page for keys.
        name: String,
        /// Whether the key has it; `None`: can't be told without writing something.
        allowed: Option<bool>,
        /// Whether Padwatch can't work without it.
        needed: bool,
    }
}

mirror! { out
    /// A stage of the account.
    struct StageFound of listing::StageFound {
        /// Its id.
        id: StageId,
        /// Its name.
        name: String,
        /// Whether it is watched by the settings as they are.
        watched: bool,
    }
}

mirror! { out
    /// What a test of a CoderPad key found.
    struct CoderpadAccount of listing::CoderpadAccount {
        /// The host that answered, such as `app.coderpad.io`.
        host: String,
        /// The user the key belongs to, as far as CoderPad says.
        owner: Option<String>,
        /// Their address, if one person alone in the organization has that name.
        owner_email: Option<String>,
        /// The organization; `None`: an account without one.
        organization: Option<String>,
        /// The language of a pad for which none is chosen, as far as CoderPad says.
        default_language: Option<String>,
        /// Pads left; `None`: no limit.
        pads_left: Option<u32>,
        /// Pads used in this period.
        pads_used: u32,
        /// The organization's teams.
        teams: Vec<CoderpadTeam>,
        /// Who can own pads, if the key may choose.
        people: Vec<CoderpadPerson>,
    }
}

mirror! { out
    /// A team of a CoderPad organization.
    struct CoderpadTeam of listing::CoderpadTeam {
        /// Its id.
        id: TeamId,
        /// Its name.
        name: String,
    }
}

mirror! { out
    /// A member of a CoderPad organization.
    struct CoderpadPerson of listing::CoderpadPerson {
        /// The address that tells them apart.
        email: String,
        /// The name; may be empty.
        name: String,
    }
}

mirror! { out
    /// A Lever user to act as.
    struct LeverUser of listing::LeverUser {
        /// The id.
        id: UserId,
        /// The name.
        name: String,
        /// The address.
        email: String,
        /// The role, as Lever names it.
        role: String,
    }
}

mirror! { out
    /// A spelling of the tag that the account has.
    struct TagSpelling of listing::TagSpelling {
        /// The tag as it is written there.
        text: String,
        /// How many candidacies carry it.
        count: u32,
    }
}
