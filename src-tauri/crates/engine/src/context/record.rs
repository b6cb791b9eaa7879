//! A finished interview, and reading its pad.

use coderpad::{Events, Pad};
use lever::OpportunityId;

use super::Context;
use crate::context::services::{Services, keys_missing};
use crate::ledger_problem::ledger_problem;
use crate::mailbox::Answer;
use padwatch_domain::lifecycle::Lifecycle;
use padwatch_domain::problem::Problem;
use padwatch_domain::record::Source;
use padwatch_domain::service_error::of_coderpad;

impl Context<'_> {
    /// A finished interview, and the services to ask about it.
    pub(crate) fn finished(&self, id: &OpportunityId) -> Answer<(Source, Services)> {
        let row = self.row(id)?;
        let Lifecycle::Finished {
            pad,
            ended_ms,
            ending,
        } = row.life.clone()
        else {
            return Err(Problem::InterviewNotEnded);
        };
        let note = self
            .store
            .ledger
            .note(id)
            .map_err(|error| ledger_problem(&error))?;
        let services = self.connection.services.clone().ok_or_else(keys_missing)?;
        let source = Source {
            row,
            pad,
            ended_ms,
            ending,
            note: note.map(|note| note.status()),
        };
        Ok((source, services))
    }
}

/// The pad and its events; what CoderPad won't tell of the events is left out.
pub(crate) async fn read_record(services: &Services, source: &Source) -> Answer<(Pad, Events)> {
    use coderpad::Error;
    let pad = read_pad(services, source).await?;
    let events = match services.coderpad.events(&pad.id).await {
        Ok(events) => events,
        Err(Error::Gone | Error::NotAllowed { .. } | Error::Refused { .. }) => Events {
            events: Vec::new(),
            complete: false,
        },
        Err(error) => return Err(of_coderpad(&error).problem),
    };
    Ok((pad, events))
}

pub(crate) async fn read_pad(services: &Services, source: &Source) -> Answer<Pad> {
    let pad = services.coderpad.pad(&source.pad.id).await;
    pad.map_err(|error| of_coderpad(&error).problem)
}
