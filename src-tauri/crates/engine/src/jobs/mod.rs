//! The registry of asynchronous work: what is in flight, since when, and how often it failed.
//!
//! Nothing runs beside the owner that isn't registered here, and something is in flight exactly as
//! long as its task is: there is no flag that could stay set. A task that panics, or isn't done by
//! its deadline, is a failed attempt, and its job is started again with backoff.

pub mod failpoint;
mod id;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::runtime;
use tokio::task::{self, AbortHandle, JoinError, JoinSet};
use tokio::time::Instant;
use transport::Clock;

use crate::jobs::failpoint::Failpoints;
pub(crate) use id::JobId;
pub use id::JobKind;
use padwatch_domain::backoff::Backoffs;
use padwatch_domain::problem::Problem;

/// No deadline passes sooner than this by the computer's own time: a clock that is made to run
/// faster hastens no network.
const SHORTEST: Duration = Duration::from_secs(60);
/// How often the deadline of a job is doubled that was given up.
const MOST_DOUBLINGS: u32 = 3;
/// So many failed attempts in a row, and it is shown.
const SHOWN_AT: u32 = 2;

/// Grows when keys, accounts or all data change. What was begun before is not of use any longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Epoch(u64);

/// Tells one run of a job from the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct RunId(u64);

/// All work that is in flight, each with an outcome of type `T`.
pub(crate) struct Jobs<T> {
    running: Running<T>,
    /// Which run each task is.
    tasks: HashMap<task::Id, RunId>,
    in_flight: HashMap<RunId, InFlight>,
    runs: u64,
    /// Attempts in a row that came to nothing.
    failed: Backoffs<JobId>,
    /// How often each was given up: some lists take long.
    overruns: HashMap<JobId, u32>,
    epoch: Epoch,
    questions: u64,
    clock: Arc<dyn Clock>,
    failpoints: Arc<dyn Failpoints>,
}

/// What runs the jobs.
enum Running<T> {
    /// A runtime; `None`: the one of the thread that starts them.
    Tasks(JoinSet<T>, Option<runtime::Handle>),
    /// Nothing: a test of a component sees what it would start.
    #[cfg(test)]
    Nothing,
}

/// A job that ended.
pub(crate) struct Ended<T> {
    pub(crate) id: JobId,
    pub(crate) run: RunId,
    /// When it was begun.
    pub(crate) epoch: Epoch,
    pub(crate) outcome: Result<T, Lost>,
}

/// Why a job has no outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lost {
    /// It panicked.
    Panicked,
    /// It was not done by its deadline.
    GivenUp,
}

struct InFlight {
    id: JobId,
    epoch: Epoch,
    /// When it is given up: by the engine's clock, and not before this by the computer's.
    deadline: (Duration, Instant),
    abort: Option<AbortHandle>,
}

impl<T: Send + 'static> Jobs<T> {
    /// Nothing is in flight. Without `runtime`, jobs run on the thread that starts them.
    pub(crate) fn new(
        clock: Arc<dyn Clock>,
        failpoints: Arc<dyn Failpoints>,
        runtime: Option<runtime::Handle>,
    ) -> Self {
        Self {
            running: Running::Tasks(JoinSet::new(), runtime),
            tasks: HashMap::new(),
            in_flight: HashMap::new(),
            runs: 0,
            failed: Backoffs::default(),
            overruns: HashMap::new(),
            epoch: Epoch::default(),
            questions: 0,
            clock,
            failpoints,
        }
    }

    /// Registers jobs and runs none.
    #[cfg(test)]
    pub(crate) fn without_a_runtime(
        clock: Arc<dyn Clock>,
        failpoints: Arc<dyn Failpoints>,
    ) -> Self {
        Self {
            running: Running::Nothing,
            ..Self::new(clock, failpoints, None)
        }
    }

    /// Starts a job in the present epoch. `None`: it is in flight already, and one is enough.
    pub(crate) fn start(
        &mut self,
        id: JobId,
        job: impl Future<Output = T> + Send + 'static,
    ) -> Option<RunId> {
        if self.is_in_flight(&id) {
            tracing::warn!(?id, "a job is in flight already");
            return None;
        }
        self.runs += 1;
        let run = RunId(self.runs);
        let abort = self.spawn(run, id.kind(), job);
        let deadline = (
            self.clock.elapsed() + self.time_for(&id),
            Instant::now() + SHORTEST,
        );
        let epoch = self.epoch;
        let in_flight = InFlight {
            id,
            epoch,
            deadline,
            abort,
        };
        self.in_flight.insert(run, in_flight);
        Some(run)
    }

    fn spawn(
        &mut self,
        run: RunId,
        kind: JobKind,
        job: impl Future<Output = T> + Send + 'static,
    ) -> Option<AbortHandle> {
        let begun = self.failpoints.begin(kind);
        let job = async move {
            begun.await;
            job.await
        };
        let abort = match &mut self.running {
            Running::Tasks(tasks, Some(runtime)) => tasks.spawn_on(job, runtime),
            Running::Tasks(tasks, None) => tasks.spawn(job),
            #[cfg(test)]
            Running::Nothing => return None,
        };
        self.tasks.insert(abort.id(), run);
        Some(abort)
    }

    /// Starts something that answers for itself, to someone who asks again if they want to.
    pub(crate) fn answer(&mut self, job: impl Future<Output = T> + Send + 'static) {
        self.questions += 1;
        self.start(JobId::Question(self.questions), job);
    }

    /// Waits for the next one to end; never, if none is in flight.
    pub(crate) async fn ended(&mut self) -> Ended<T> {
        loop {
            let joined = match &mut self.running {
                Running::Tasks(tasks, _) => tasks.join_next_with_id().await,
                #[cfg(test)]
                Running::Nothing => None,
            };
            let Some(joined) = joined else {
                return std::future::pending().await;
            };
            if let Some(ended) = self.take(joined) {
                return ended;
            }
        }
    }

    fn take(&mut self, joined: Result<(task::Id, T), JoinError>) -> Option<Ended<T>> {
        let (task, outcome) = match joined {
            Ok((task, outcome)) => (task, Ok(outcome)),
            Err(error) if error.is_panic() => (error.id(), Err(Lost::Panicked)),
            Err(error) => (error.id(), Err(Lost::GivenUp)),
        };
        let run = self.tasks.remove(&task)?;
        let InFlight { id, epoch, .. } = self.in_flight.remove(&run)?;
        match &outcome {
            Ok(_) => {
                self.failed.clear(&id);
                if !id.kind().is_list() {
                    self.overruns.remove(&id);
                }
            }
            Err(lost) => self.count_failure(&id, *lost),
        }
        Some(Ended {
            id,
            run,
            epoch,
            outcome,
        })
    }

    fn count_failure(&mut self, id: &JobId, lost: Lost) {
        tracing::error!(?id, ?lost, "a job ended without an outcome");
        if id.kind() == JobKind::Question {
            return;
        }
        if lost == Lost::GivenUp {
            *self.overruns.entry(id.clone()).or_default() += 1;
        }
        self.failed.failed(id.clone(), self.clock.elapsed(), None);
    }

    /// How long a job may take, by the engine's clock.
    fn time_for(&self, id: &JobId) -> Duration {
        let overruns = self.overruns.get(id).copied().unwrap_or_default();
        let factor = 2_u32.saturating_pow(overruns.min(MOST_DOUBLINGS));
        id.kind().time().saturating_mul(factor)
    }

    /// Gives up what is past its deadline. Each ends as [`Lost::GivenUp`].
    pub(crate) fn give_up_overdue(&self) {
        let (now, instant) = (self.clock.elapsed(), Instant::now());
        for job in self.in_flight.values() {
            let (by_clock, not_before) = job.deadline;
            if by_clock <= now
                && not_before <= instant
                && let Some(abort) = &job.abort
            {
                abort.abort();
            }
        }
    }

    /// Begins a new epoch. What is in flight continues, and its outcome is stale.
    pub(crate) fn renew(&mut self) {
        self.epoch.0 += 1;
        self.failed = Backoffs::default();
    }

    /// Returns true for what was begun in the present epoch.
    pub(crate) fn is_current(&self, epoch: Epoch) -> bool {
        epoch == self.epoch
    }

    /// Returns true if nothing is in flight.
    pub(crate) fn is_empty(&self) -> bool {
        self.in_flight.is_empty()
    }

    /// What is in flight, in the order in which it was started.
    #[cfg(test)]
    pub(crate) fn started(&self) -> Vec<JobId> {
        let mut jobs: Vec<_> = self.in_flight.iter().collect();
        jobs.sort_by_key(|(run, _)| run.0);
        jobs.into_iter().map(|(_, job)| job.id.clone()).collect()
    }

    /// A job has ended, for a test that runs none.
    #[cfg(test)]
    pub(crate) fn end(&mut self, id: &JobId) {
        self.in_flight.retain(|_, job| job.id != *id);
    }

    /// Returns true while this job runs.
    pub(crate) fn is_in_flight(&self, id: &JobId) -> bool {
        self.in_flight.values().any(|job| job.id == *id)
    }

    /// Returns true if this job is not in flight and its backoff is over.
    pub(crate) fn may_start(&self, id: &JobId) -> bool {
        !self.is_in_flight(id) && self.failed.is_due(id, self.clock.elapsed())
    }

    /// How many jobs that fit are in flight.
    pub(crate) fn count(&self, fits: impl Fn(JobKind) -> bool) -> usize {
        let kinds = self.in_flight.values().map(|job| job.id.kind());
        kinds.filter(|kind| fits(*kind)).count()
    }

    /// The next time at which a backoff or a deadline is over.
    pub(crate) fn next_wake(&self) -> Option<Duration> {
        let now = self.clock.elapsed();
        let deadlines = self.in_flight.values().map(|job| job.deadline.0);
        let deadline = deadlines.filter(|at| *at > now).min();
        deadline.into_iter().chain(self.failed.next_wake(now)).min()
    }

    /// What keeps failing because of Padwatch itself, if anything does.
    pub(crate) fn problem(&self) -> Option<Problem> {
        let failing = self.failed.most_failed();
        failing.filter(|(_, failures)| *failures >= SHOWN_AT)?;
        Some(Problem::PartFailing)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use transport::{SystemClock, VirtualClock};

    use super::*;
    use crate::jobs::failpoint::NoFailpoints;
    use padwatch_domain::problem::ProblemCode;

    fn jobs() -> (Jobs<u32>, Arc<VirtualClock>) {
        let clock = Arc::new(VirtualClock::starting_at(0));
        (
            Jobs::new(clock.clone(), Arc::new(NoFailpoints), None),
            clock,
        )
    }

    async fn fail_once(jobs: &mut Jobs<u32>, id: JobId) -> Duration {
        let before = jobs.clock.elapsed();
        jobs.start(id, std::future::pending()).unwrap();
        loop {
            let now = jobs.clock.elapsed();
            let nap = jobs.next_wake().unwrap_or(now).saturating_sub(now);
            let clock = jobs.clock.clone();
            tokio::select! {
                ended = jobs.ended() => {
                    assert_eq!(ended.outcome.unwrap_err(), Lost::GivenUp);
                    return jobs.clock.elapsed() - before;
                }
                () = clock.sleep(nap.max(Duration::from_millis(1))) => jobs.give_up_overdue(),
            }
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_job_is_in_flight_exactly_as_long_as_its_task_is() {
        let (mut jobs, _) = jobs();
        assert!(jobs.start(JobId::Poll, async { 7 }).is_some());
        assert!(jobs.is_in_flight(&JobId::Poll) && !jobs.may_start(&JobId::Poll));
        assert!(
            jobs.start(JobId::Poll, async { 8 }).is_none(),
            "one is enough"
        );
        let ended = jobs.ended().await;
        assert_eq!((ended.id, ended.outcome.ok()), (JobId::Poll, Some(7)));
        assert!(jobs.is_empty() && jobs.may_start(&JobId::Poll));
    }

    #[tokio::test(start_paused = true)]
    async fn a_panic_is_a_failed_attempt_with_backoff() {
        let (mut jobs, clock) = jobs();
        jobs.start(JobId::Quota, async { panic!("a test wants it") });
        let ended = jobs.ended().await;
        assert_eq!(ended.outcome.unwrap_err(), Lost::Panicked);
        assert!(!jobs.is_in_flight(&JobId::Quota) && !jobs.may_start(&JobId::Quota));
        assert!(jobs.may_start(&JobId::Poll), "the others continue");
        clock.sleep(Duration::from_secs(10)).await;
        assert!(jobs.may_start(&JobId::Quota));
    }

    #[tokio::test(start_paused = true)]
    async fn every_kind_without_an_end_is_given_up_in_minutes() {
        for kind in JobKind::ALL {
            let (mut jobs, _) = jobs();
            let took = fail_once(&mut jobs, JobId::sample(kind)).await;
            assert!(took <= Duration::from_secs(600), "{kind:?}: {took:?}");
            assert!(jobs.is_empty());
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_list_that_takes_long_gets_more_time_and_keeps_it() {
        let (mut jobs, _) = jobs();
        let first = fail_once(&mut jobs, JobId::Poll).await;
        let second = fail_once(&mut jobs, JobId::Poll).await;
        assert!(second >= first * 2, "{first:?}, {second:?}");
        jobs.start(JobId::Poll, async { 1 });
        jobs.ended().await;
        assert!(fail_once(&mut jobs, JobId::Poll).await >= second);
        for _ in 0..20 {
            let took = fail_once(&mut jobs, JobId::Poll).await;
            assert!(took <= Duration::from_secs(3600), "{took:?}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn what_keeps_failing_is_shown_until_it_works() {
        let (mut jobs, _) = jobs();
        fail_once(&mut jobs, JobId::Poll).await;
        assert_eq!(jobs.problem(), None);
        fail_once(&mut jobs, JobId::Poll).await;
        assert_eq!(
            jobs.problem().map(|it| it.code()),
            Some(ProblemCode::PartFailed)
        );
        jobs.start(JobId::Poll, async { 1 });
        jobs.ended().await;
        assert_eq!(jobs.problem(), None);
    }

    #[tokio::test(start_paused = true)]
    async fn what_was_begun_before_a_renewal_is_not_current() {
        let (mut jobs, _) = jobs();
        jobs.start(JobId::Poll, async { 1 });
        jobs.renew();
        let ended = jobs.ended().await;
        assert!(!jobs.is_current(ended.epoch));
    }

    #[test]
    fn a_request_continues_while_the_engine_writes_to_the_disk() {
        let beside = runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .build()
            .unwrap();
        let own = runtime::Builder::new_current_thread().build().unwrap();
        let (clock, runtime) = (Arc::new(SystemClock::new()), Some(beside.handle().clone()));
        let (done, heard) = mpsc::channel();
        let _guard = own.enter();
        let mut jobs: Jobs<()> = Jobs::new(clock, Arc::new(NoFailpoints), runtime);
        jobs.start(JobId::Poll, async move { done.send(()).unwrap() });
        // This thread is busy, as it is during a commit: it polls nothing.
        heard.recv_timeout(Duration::from_secs(30)).unwrap();
    }
}
