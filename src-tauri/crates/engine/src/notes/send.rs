//! Sending one part of a note, and looking whether it is there.

use lever::{Error, File, NewFile, NewNote, NoteId, OpportunityId, ProtocolViolation, Skipped};

use crate::context::services::Services;
use crate::jobs::failpoint::Failpoint;
use padwatch_domain::note::outcome::{Found, Sent};
use padwatch_domain::note::{NoteMarker, What};
use padwatch_domain::problem::Problem;
use padwatch_domain::search::Look;
use padwatch_domain::service_error::{ServiceError, of_lever};

/// Sends a part, once.
pub(crate) async fn send(
    services: &Services,
    id: &OpportunityId,
    what: &What,
    marker: &NoteMarker,
    secret: bool,
    file: Option<String>,
) -> Sent {
    services
        .between(
            Failpoint::NoteSend,
            send_once(services, id, what, marker, secret, file),
        )
        .await
}

async fn send_once(
    services: &Services,
    id: &OpportunityId,
    what: &What,
    marker: &NoteMarker,
    secret: bool,
    file: Option<String>,
) -> Sent {
    let user = services.acting_user.as_ref();
    let outcome = match what {
        What::Text { text } => {
            let note = NewNote {
                value: format!("{}\n\n({marker})", text.trim_end()),
                secret,
                notify_followers: false,
            };
            let created = services.lever.create_note(id, &note, user).await;
            created.map(|_| ())
        }
        What::File { name } => {
            let Some(user) = user else {
                return Sent::NotThere(of_lever(&Error::NeedsPerformAs).problem);
            };
            let Some(text) = file else {
                return Sent::NotThere(Problem::NoteFileLost);
            };
            let file = NewFile {
                name: name.clone(),
                media_type: "text/plain; charset=utf-8".to_owned(),
                bytes: text.into_bytes().into(),
            };
            services.lever.upload_file(id, &file, user).await
        }
    };
    match outcome {
        Ok(()) => Sent::There,
        Err(error) if is_clear(&error) => Sent::NotThere(of_lever(&error).problem),
        Err(_) => Sent::Unclear,
    }
}

/// Whether an error says for certain that nothing was written.
fn is_clear(error: &Error) -> bool {
    match error {
        Error::WrongKey
        | Error::NotAllowed { .. }
        | Error::Gone { .. }
        | Error::Refused { .. }
        | Error::NeedsPerformAs
        | Error::RateLimited { .. } => true,
        Error::Unreachable(failure) => matches!(failure, transport::Failure::NotSent(_)),
        Error::Down { .. } | Error::NotLever { .. } => false,
    }
}

/// Looks whether a part is there, and deletes what is there twice.
pub(crate) async fn look(
    services: &Services,
    id: &OpportunityId,
    what: &What,
    marker: &NoteMarker,
) -> Found {
    services
        .between(Failpoint::NoteLook, look_once(services, id, what, marker))
        .await
}

async fn look_once(
    services: &Services,
    id: &OpportunityId,
    what: &What,
    marker: &NoteMarker,
) -> Found {
    let outcome = match what {
        What::Text { .. } => notes_with(services, id, marker).await,
        What::File { .. } => files_with(services, id, marker).await,
    };
    match outcome {
        Ok(look) => Found::Looked(look),
        Err(error @ (Error::NotAllowed { .. } | Error::Gone { .. })) => {
            Found::Never(cannot_tell(&of_lever(&error).problem))
        }
        Err(error) => Found::Looked(Look::Incomplete(of_lever(&error))),
    }
}

fn cannot_tell(problem: &Problem) -> Problem {
    Problem::NoteUnknown {
        because: Box::new(problem.clone()),
    }
}

async fn notes_with(
    services: &Services,
    id: &OpportunityId,
    marker: &NoteMarker,
) -> Result<Look<usize, ServiceError>, Error> {
    let notes = services.lever.notes(id).await?;
    let unread = notes.skipped;
    let mut ours: Vec<_> = notes
        .rows
        .into_iter()
        .filter(|note| note.deleted_at_ms.is_none())
        .filter(|note| note.values.iter().any(|text| marker.is_in(text)))
        .collect();
    ours.sort_by_key(|note| note.created_at_ms);
    for extra in ours.iter().skip(1) {
        delete(services, id, &extra.id).await;
    }
    Ok(copies(ours.len(), &unread, "notes"))
}

/// How many copies there are. No one is asked about a note as about a pad, so what can't be read
/// is a failure of this note, which is looked for less and less often.
fn copies(seen: usize, unread: &Skipped, about: &'static str) -> Look<usize, ServiceError> {
    match Look::of((seen > 0).then_some(seen), unread.count(), None) {
        Look::Unreadable => {
            let violation = ProtocolViolation::WrongShape;
            Look::Incomplete(of_lever(&Error::NotLever { about, violation }))
        }
        look => look,
    }
}

/// What can't be deleted stays: better two notes than none.
async fn delete(services: &Services, id: &OpportunityId, note: &NoteId) {
    if let Err(error) = services.lever.delete_note(id, note).await {
        tracing::warn!(%error, "a note that was added twice could not be deleted");
    }
}

async fn files_with(
    services: &Services,
    id: &OpportunityId,
    marker: &NoteMarker,
) -> Result<Look<usize, ServiceError>, Error> {
    let files = services.lever.files(id).await?;
    let named = |file: &&File| marker.is_in(&file.name);
    let seen = files.rows.iter().filter(named).count();
    Ok(copies(seen, &files.skipped, "files"))
}

#[cfg(test)]
mod tests {
    use lever::Permission;
    use transport::{Failure, FailureKind};

    use super::*;

    #[test]
    fn only_what_is_certain_counts_as_not_written() {
        let odd = |violation| Error::NotLever {
            about: "note",
            violation,
        };
        let what = Permission::CreateAnOpportunityNote;
        for clear in [
            Error::WrongKey,
            Error::NotAllowed { what },
            Error::NeedsPerformAs,
            Error::RateLimited { retry_after: None },
            Error::Unreachable(Failure::NotSent(FailureKind::NoRoute)),
        ] {
            assert!(is_clear(&clear), "{clear}");
        }
        for unclear in [
            Error::Down { status: 500 },
            Error::Unreachable(Failure::Unclear(FailureKind::TimedOut)),
            odd(ProtocolViolation::WebPage),
            odd(ProtocolViolation::WrongShape),
            odd(ProtocolViolation::Status(302)),
        ] {
            assert!(!is_clear(&unclear), "{unclear}");
        }
    }
}
