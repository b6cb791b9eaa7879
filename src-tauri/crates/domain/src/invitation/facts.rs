use super::Meeting;
use crate::problem::Problem;

/// What is known for an invitation. An empty text or `None`: not known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// The candidate's full name.
    pub name: String,
    pub job: String,
    /// The link to the pad.
    pub link: Option<String>,
    /// The interview that comes next.
    pub meeting: Option<Meeting>,
    pub recruiter: Option<String>,
    /// Where a mail to the candidate goes.
    pub address: Option<String>,
    /// Why Lever could not be asked for all of it.
    pub unread: Option<Problem>,
}

/// What a template can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Placeholder {
    /// The candidate's first name.
    FirstName,
    /// The candidate's full name.
    Name,
    /// The job's title.
    Job,
    /// The link to the pad.
    Link,
    /// When the interview is, with its time zone.
    Time,
    /// Who asks the questions.
    Interviewers,
    /// Who invites.
    Recruiter,
}

impl Placeholder {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::FirstName,
        Self::Name,
        Self::Job,
        Self::Link,
        Self::Time,
        Self::Interviewers,
        Self::Recruiter,
    ];

    /// As it is written in a template.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::FirstName => "first_name",
            Self::Name => "name",
            Self::Job => "job",
            Self::Link => "link",
            Self::Time => "time",
            Self::Interviewers => "interviewers",
            Self::Recruiter => "recruiter",
        }
    }
}
