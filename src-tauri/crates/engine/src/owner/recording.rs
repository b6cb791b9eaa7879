//! The record of a finished interview: read from CoderPad beside the owner, and answered there.

use coderpad::PadId;
use lever::OpportunityId;

use super::Owner;
use crate::context::code;
use crate::context::done::Done;
use crate::context::record::{read_pad, read_record};
use crate::mailbox::answer;
use crate::mailbox::{Answer, Reply};
use padwatch_domain::problem::{Problem, ProblemCode};
use padwatch_domain::record::code::InterviewCode;
use padwatch_domain::record::{FinishedView, view};

impl Owner<'_> {
    pub(crate) fn view(&mut self, id: &OpportunityId, reply: Reply<FinishedView>) {
        let (source, services) = match self.cx.finished(id) {
            Ok(found) => found,
            Err(problem) => return answer(reply, Err(problem)),
        };
        let root = self.cx.wiring.coderpad_root.clone();
        let missing = (id.clone(), source.pad.id.clone());
        self.cx.jobs.answer(async move {
            let view = async {
                let (pad, events) = read_record(&services, &source).await?;
                Ok(view::of(source, &pad, &events, &root))
            };
            answered(reply, view.await, missing)
        });
    }

    pub(crate) fn code(&mut self, id: &OpportunityId, reply: Reply<InterviewCode>) {
        let (source, services) = match self.cx.finished(id) {
            Ok(found) => found,
            Err(problem) => return answer(reply, Err(problem)),
        };
        let transport = self.cx.wiring.transport.clone();
        let missing = (id.clone(), source.pad.id.clone());
        self.cx.jobs.answer(async move {
            let code = async {
                let pad = read_pad(&services, &source).await?;
                code::gather(&services, &transport, &pad).await
            };
            answered(reply, code.await, missing)
        });
    }

    pub(crate) fn drawing(&mut self, id: &OpportunityId, reply: Reply<String>) {
        let (source, services) = match self.cx.finished(id) {
            Ok(found) => found,
            Err(problem) => return answer(reply, Err(problem)),
        };
        self.cx.jobs.answer(async move {
            let drawing = read_pad(&services, &source).await;
            let drawing =
                drawing.and_then(|pad| pad.addresses.drawing.ok_or(Problem::NothingDrawn));
            answer(reply, drawing);
            Done::Answered
        });
    }
}

/// Answers; that CoderPad has no such pad counts for the row too.
fn answered<T>(reply: Reply<T>, found: Answer<T>, (id, pad): (OpportunityId, PadId)) -> Done {
    let is_missing = matches!(&found, Err(problem) if problem.code() == ProblemCode::Gone);
    answer(reply, found);
    if is_missing {
        return Done::PadMissing(id, pad);
    }
    Done::Answered
}
