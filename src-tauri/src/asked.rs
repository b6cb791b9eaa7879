//! One call, one answer: what the window, a click in the tray, and a notification's button ask.

use std::io;

use async_trait::async_trait;
use lever::OpportunityId;
use padwatch_api::{Call, Seen, answer, dto};
use padwatch_domain::problem::Problem;
use padwatch_engine::Answer;
use serde::Deserialize as _;
use serde_json::Value;

use crate::shell::{Failure, Shell};
use crate::window::Host;

#[async_trait]
impl Host for Shell {
    async fn answer(&self, call: Value) -> Result<Value, Value> {
        let answer = match Call::deserialize(call) {
            Ok(call) => self.ask(call).await,
            // What it says may quote what was asked.
            Err(_) => Err(not_understood()),
        };
        answer.map_err(in_json)
    }

    fn seen(&self) -> io::Result<Value> {
        let seen = Seen::of(
            &self.engine.snapshot(),
            self.notices.all(),
            self.is_sandbox(),
        );
        Ok(serde_json::to_value(seen)?)
    }

    fn too_long(&self) -> Value {
        in_json(Problem::WindowTooLong)
    }
}

impl Shell {
    /// Answers a call.
    async fn ask(&self, call: Call) -> Answer<Value> {
        if matches!(call, Call::CheckNow) {
            self.signals.look_again.notify_one();
        }
        let forgets = matches!(call, Call::ForgetEverything);
        let answered = answer(&self.engine, self, call).await;
        if forgets && let Err(left) = &answered {
            // The window goes back to the set-up on its own, and what is left must not be missed.
            let _ = self.signals.failures.send(left.clone().into()).await;
        }
        answered
    }

    /// Answers a click, which may be about a candidate.
    pub(crate) async fn ask_or_tell(&self, call: Call, about: Option<OpportunityId>) {
        let done = self.ask(call).await.map(drop);
        self.tell_failure(done, about).await;
    }

    /// Neither the menu nor a notification can show what went wrong, so it becomes a notification.
    pub(crate) async fn tell_failure(&self, done: Answer<()>, about: Option<OpportunityId>) {
        if let Err(problem) = done {
            tracing::warn!(code = ?problem.code(), "a click could not be carried out");
            // The receiver may have been dropped: Padwatch is ending.
            let _ = self.signals.failures.send(Failure { problem, about }).await;
        }
    }
}

fn in_json(problem: Problem) -> Value {
    serde_json::to_value(dto::problem::Problem::from(problem)).unwrap_or(Value::Null)
}

fn not_understood() -> Problem {
    tracing::warn!("the page asked something that is not known");
    Problem::CallNotUnderstood
}
