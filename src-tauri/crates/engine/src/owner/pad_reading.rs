use lever::OpportunityId;
use tokio::sync::oneshot;

use super::Owner;
use crate::context::done::Done;
use crate::listing::PadAsRead;
use crate::mailbox::Answer;
use crate::mailbox::answer;
use padwatch_domain::service_error::of_coderpad;

type Reply = oneshot::Sender<Answer<Option<PadAsRead>>>;

impl Owner<'_> {
    /// Title and language of a pad can be changed in CoderPad at any time: they are read when
    /// they are wanted, and not kept.
    pub(crate) fn show_pad(&mut self, id: &OpportunityId, reply: Reply) {
        let pad = match self.cx.row(id) {
            Ok(row) => row.life.pad().map(|pad| pad.id.clone()),
            Err(problem) => return answer(reply, Err(problem)),
        };
        let (Some(pad), Some(services)) = (pad, self.cx.connection.services.clone()) else {
            return answer(reply, Ok(None));
        };
        let id = id.clone();
        self.cx.jobs.answer(async move {
            let read = services.coderpad.pad(&pad).await;
            let is_missing = matches!(read, Err(coderpad::Error::Gone));
            let read = read.map(|pad| {
                Some(PadAsRead {
                    title: pad.title.unwrap_or_default(),
                    language: pad.traits.language,
                })
            });
            answer(reply, read.map_err(|error| of_coderpad(&error).problem));
            if is_missing {
                return Done::PadMissing(id, pad);
            }
            Done::Answered
        });
    }
}
