//! Who has an account, and the organization (contracts/coderpad.md, 3).

use serde::Serialize;

use super::CoderPad;

/// A user of CoderPad.
#[derive(Debug, Clone)]
pub struct Person {
    /// What they are called.
    pub name: String,
    /// What they are in the organization. `None`: belong to none.
    pub role: Option<Role>,
}

/// A user\'s role in the organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// May do everything.
    Owner,
    /// May work with pads.
    Member,
}

/// The organization.
#[derive(Debug, Clone)]
pub struct Organization {
    /// What it is called.
    pub name: String,
    /// People with addresses of this host may be added to it.
    pub domain: String,
    /// The team that gets pads unless another is named: a UUID.
    pub default_team: Team,
    /// The other teams.
    pub teams: Vec<Team>,
    /// Members see each other's pads (on by default).
    pub members_see_all: bool,
}

/// A team.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Team {
    /// A UUID.
    pub id: String,
    /// What it is called.
    pub name: String,
}

impl Default for Organization {
    fn default() -> Self {
        Self {
            name: "Example Organization".to_owned(),
            domain: "example.test".to_owned(),
            default_team: Team {
                id: "00000000-0000-4000-8000-000000000001".to_owned(),
                name: "Default".to_owned(),
            },
            teams: Vec::new(),
            members_see_all: true,
        }
    }
}

impl Organization {
    pub(super) fn may_see_all(&self, role: Role) -> bool {
        role == Role::Owner || self.members_see_all
    }

    pub(super) fn team(&self, id: &str) -> Option<&Team> {
        std::iter::once(&self.default_team)
            .chain(&self.teams)
            .find(|team| team.id == id)
    }
}

impl CoderPad {
    /// Returns true if that person belongs to the organization.
    pub(super) fn belongs(&self, email: &str) -> bool {
        self.people
            .get(email)
            .is_some_and(|person| person.role.is_some())
    }
}
