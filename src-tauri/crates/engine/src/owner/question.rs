//! What the owner is asked: functions of it, so that a question needs no name of its own.

use tokio::sync::oneshot;

use super::Owner;
use crate::mailbox::{Answer, Keys, Reply, answer};
use padwatch_domain::problem::Problem;
use transport::ApiRoot;

/// What reaches the owner from its hosts.
pub(crate) enum Request {
    /// Anything that the owner answers out of its state, or has answered by a job.
    Ask(Question),
    /// The keys that the keyring holds. They are kept while there is no ledger to work with.
    UseKeys(Keys, Reply<()>),
    /// The services are elsewhere from now on: the roots of Lever's and CoderPad's API. Answered with
    /// true if they are others than before.
    UseRoots(ApiRoot, ApiRoot, Reply<bool>),
    /// This announcement was shown.
    Shown(i64),
    /// Forget everything.
    Forget(Reply<Vec<String>>),
    /// End in order.
    Close(oneshot::Sender<()>),
}

type Asking = dyn for<'a, 'b> FnOnce(Result<&'a mut Owner<'b>, &'a Problem>) + Send;

/// A question to the owner, with where its answer goes.
pub(crate) struct Question(Box<Asking>);

impl Request {
    /// A question that the owner answers at once.
    pub(crate) fn ask<T: Send + 'static>(
        reply: Reply<T>,
        ask: impl FnOnce(&mut Owner<'_>) -> Answer<T> + Send + 'static,
    ) -> Self {
        Self::ask_later(reply, move |owner, reply| answer(reply, ask(owner)))
    }

    /// A question that may need a request to a service first.
    pub(crate) fn ask_later<T: Send + 'static>(
        reply: Reply<T>,
        ask: impl FnOnce(&mut Owner<'_>, Reply<T>) + Send + 'static,
    ) -> Self {
        let asking: Box<Asking> = Box::new(move |owner| match owner {
            Ok(owner) => ask(owner, reply),
            Err(problem) => answer(reply, Err(problem.clone())),
        });
        Self::Ask(Question(asking))
    }

    /// Something the owner is told, without an answer.
    pub(crate) fn tell(tell: impl FnOnce(&mut Owner<'_>) + Send + 'static) -> Self {
        let asking: Box<Asking> = Box::new(move |owner| {
            if let Ok(owner) = owner {
                tell(owner);
            }
        });
        Self::Ask(Question(asking))
    }

    /// Answers with a problem, when there is no ledger to work with.
    pub(crate) fn refuse(self, problem: &Problem) {
        match self {
            Self::Ask(Question(asking)) => asking(Err(problem)),
            Self::UseKeys(_, reply) => answer(reply, Err(problem.clone())),
            Self::UseRoots(_, _, reply) => answer(reply, Err(problem.clone())),
            Self::Forget(reply) => answer(reply, Err(problem.clone())),
            Self::Shown(_) | Self::Close(_) => {}
        }
    }
}

impl Question {
    pub(super) fn put_to(self, owner: &mut Owner<'_>) {
        (self.0)(Ok(owner));
    }
}
