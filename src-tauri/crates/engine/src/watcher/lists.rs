//! Stages and tags, which must not stop anything.

use super::state::Watcher;
use crate::context::Context;
use padwatch_domain::change::{Change, StateKey};

use lever::{Error, Opportunity};

use super::look;
use crate::context::Shown;
use crate::context::done::{Done, Watched};
use crate::jobs::JobId;
use padwatch_domain::problem::Problem;
use padwatch_domain::service_error::OutageKind;
use padwatch_domain::watcher::Knowledge;
use padwatch_domain::watcher::look::{Look, StagesRead, Tags};

impl Watcher {
    /// Takes the spellings that candidates show. A new one is asked for at once.
    pub(super) fn learn_spellings(&mut self, found: &[Opportunity], cx: &mut Context<'_>) {
        let before = self.knowledge.account.clone();
        let tag = cx.policy.settings.watch.tag.clone();
        let tags = found.iter().flat_map(|one| &one.tags);
        if self.knowledge.account.learn(&tag, tags) {
            self.next_poll = self.next_poll.min(cx.elapsed());
        }
        if !found.is_empty() {
            cx.clear_outage(OutageKind::Tag);
        }
        self.keep_account(&before, cx);
    }

    pub(super) fn read_tags_if_due(&mut self, cx: &mut Context<'_>) {
        let now = cx.elapsed();
        if self.watched.is_none() || cx.connection.lever_breaker.permits(1) == 0 {
            return;
        }
        let Some(services) = cx.connection.services.clone() else {
            return;
        };
        if self.knowledge.tags.is_due(now) && cx.jobs.may_start(&JobId::Tags) {
            let read = async move {
                Done::Watched(Box::new(Watched::TagsRead(look::tags(&services).await)))
            };
            cx.jobs.start(JobId::Tags, read);
        }
    }

    /// When to read the tag list; `None`: not now.
    pub(super) fn next_tags(&self, cx: &Context<'_>) -> Option<std::time::Duration> {
        let may_read = self.watched.is_some()
            && cx.connection.lever_breaker.permits(1) > 0
            && cx.jobs.may_start(&JobId::Tags);
        may_read.then(|| self.knowledge.tags.next())
    }

    pub(super) fn tags_read(&mut self, read: Result<Tags, Error>, cx: &mut Context<'_>) {
        cx.is_dirty = true;
        let now = cx.elapsed();
        let tags = match read {
            Ok(tags) => tags,
            Err(error) => {
                tracing::debug!(%error, "the tag list can't be read");
                return self
                    .knowledge
                    .tags
                    .failed(look::cant_read_tags(&error), now);
            }
        };
        let next = Knowledge::next_tags(cx.usual_interval(), now);
        self.knowledge.tags.succeeded(next);
        let before = self.knowledge.account.clone();
        let tag = cx.policy.settings.watch.tag.clone();
        if self
            .knowledge
            .account
            .use_tags(&tag, &tags.texts, tags.are_all)
        {
            self.next_poll = self.next_poll.min(now);
        }
        match self.tag_gone(cx) {
            Some(problem) => cx.notify_outage_once(OutageKind::Tag, &problem),
            None => cx.clear_outage(OutageKind::Tag),
        }
        self.keep_account(&before, cx);
    }

    /// The watched tag is no longer in Lever, as far as is known.
    pub(crate) fn tag_gone(&self, cx: &Context<'_>) -> Option<Problem> {
        self.knowledge
            .account
            .tag_gone(&cx.policy.settings.watch.tag)
    }

    /// An account is known by its stages; where those can't be read, by those of its candidates.
    pub(super) fn shows_our_lever(&mut self, look: &Look, cx: &mut Context<'_>) -> bool {
        let ids = |stages: &[lever::Stage]| -> Vec<_> {
            stages.iter().map(|stage| stage.id.clone()).collect()
        };
        match &look.stages {
            StagesRead::Complete(stages) => cx.is_our_lever(Shown::Stages(&ids(stages))),
            StagesRead::InDoubt(stages) if !stages.is_empty() => {
                cx.is_our_lever(Shown::Stages(&ids(stages)))
            }
            _ => {
                let listed = look.opportunities.iter();
                let stages: Vec<_> = listed.filter_map(|one| one.stage.clone()).collect();
                cx.is_our_lever(Shown::SomeStages(&stages))
            }
        }
    }

    pub(super) fn keep_account(
        &mut self,
        before: &padwatch_domain::watcher::account::KnownAccount,
        cx: &mut Context<'_>,
    ) {
        if *before == self.knowledge.account {
            return;
        }
        cx.is_dirty = true;
        if let Ok(text) = serde_json::to_string(&self.knowledge.account) {
            cx.try_commit(&[Change::Kept(StateKey::LeverAccount, text)]);
        }
    }

    /// Returns true if the watched stages are those of the present settings: after a change they
    /// are found again by the next look.
    pub(crate) fn knows_whom_to_watch(&self, cx: &Context<'_>) -> bool {
        let Some(watched) = &self.watched else {
            return false;
        };
        let known = self.knowledge.account.stages();
        let resolved = padwatch_domain::stages::resolve(&cx.policy.settings.watch.stages, &known);
        // While the list can't be read, or lacks them for now, those that were found last count.
        resolved.map_or(true, |now| now.stages == watched.stages)
    }

    /// The stages that come before those that are watched, as far as the account's order is known.
    pub(crate) fn earlier_stages(&self) -> Vec<lever::StageId> {
        let watched = self.watched_stages();
        let all = self.knowledge.account.stages().into_iter();
        let all: Vec<lever::StageId> = all.map(|stage| stage.id).collect();
        let first = all.iter().position(|stage| watched.contains(stage));
        all.into_iter().take(first.unwrap_or_default()).collect()
    }

    pub(crate) fn watched_stages(&self) -> Vec<lever::StageId> {
        let watched = self.watched.as_ref();
        watched
            .map(|watched| watched.stages.clone())
            .unwrap_or_default()
    }
}
