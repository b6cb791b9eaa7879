//! One world for many connections.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, watch};
use transport::Clock;

use crate::answer::Answer;
use crate::incoming::{Incoming, Service};
use crate::world::World;

/// A world with its clock, shared by everyone who asks it something.
///
/// There is a lock here, where the rest of Padwatch sends messages: this world stands for two
/// databases far away. A caller waits for its own answer and nothing else, every use is
/// short and synchronous, and nothing is held while anyone waits for a socket.
#[derive(Clone)]
pub struct SharedWorld {
    inner: Arc<Inner>,
}

struct Inner {
    world: Mutex<World>,
    clock: Arc<dyn Clock>,
    used: Notify,
    /// Sent to after every use, for those who wait in [`SharedWorld::until`].
    changed: watch::Sender<()>,
    always_reached: watch::Sender<bool>,
    lever_reached: watch::Sender<bool>,
    coderpad_reached: watch::Sender<bool>,
}

impl SharedWorld {
    /// Shares a world. Its time is the clock's from now on.
    #[must_use]
    pub fn new(mut world: World, clock: Arc<dyn Clock>) -> Self {
        world.move_on(clock.now_ms());
        let reached = |service| watch::Sender::new(!world.is_offline(service));
        let inner = Inner {
            always_reached: watch::Sender::new(true),
            lever_reached: reached(Service::Lever),
            coderpad_reached: reached(Service::CoderPad),
            world: Mutex::new(world),
            clock,
            used: Notify::new(),
            changed: watch::Sender::new(()),
        };
        Self {
            inner: Arc::new(inner),
        }
    }

    /// Looks at the world or changes it, at the present time.
    pub fn with<T>(&self, use_it: impl FnOnce(&mut World) -> T) -> T {
        let mut world = self.lock();
        world.move_on(self.inner.clock.now_ms());
        let result = use_it(&mut world);
        let offline = |service| world.is_offline(service);
        set(&self.inner.lever_reached, !offline(Service::Lever));
        set(&self.inner.coderpad_reached, !offline(Service::CoderPad));
        drop(world);
        self.inner.used.notify_one();
        self.inner.changed.send_replace(());
        result
    }

    /// Looks at the world or changes it without waking the tasks that wait for a use.
    pub(crate) fn quietly<T>(&self, use_it: impl FnOnce(&mut World) -> T) -> T {
        let mut world = self.lock();
        world.move_on(self.inner.clock.now_ms());
        let result = use_it(&mut world);
        drop(world);
        self.inner.changed.send_replace(());
        result
    }

    /// Waits until the world has what is looked for, and returns it. Only uses of the world are waited
    /// for, not the mere passing of time.
    pub async fn until<T>(&self, mut look: impl FnMut(&World) -> Option<T>) -> T {
        let mut changed = self.inner.changed.subscribe();
        loop {
            let found = look(&self.lock());
            if let Some(found) = found {
                return found;
            }
            // The sender lives as long as this world.
            let _ = changed.changed().await;
        }
    }

    /// What a service answers to a request that arrives now.
    #[must_use]
    pub fn answer(&self, service: Service, incoming: &Incoming) -> Answer {
        let now = self.inner.clock.now_ms();
        let answer = self.lock().answer(service, incoming, now);
        self.inner.used.notify_one();
        self.inner.changed.send_replace(());
        answer
    }

    /// The clock that everything here goes by.
    #[must_use]
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.inner.clock
    }

    /// Whether that service is to be reached, now and later.
    pub(crate) fn reached(&self, service: Service) -> watch::Receiver<bool> {
        match service {
            Service::Lever => self.inner.lever_reached.subscribe(),
            Service::CoderPad => self.inner.coderpad_reached.subscribe(),
            Service::History => self.always_reached(),
        }
    }

    /// For what no one can switch off.
    pub(crate) fn always_reached(&self) -> watch::Receiver<bool> {
        self.inner.always_reached.subscribe()
    }

    /// Waits until the world was used.
    pub(crate) async fn used(&self) {
        self.inner.used.notified().await;
    }

    /// A test that failed while it held the lock must not fail all others.
    fn lock(&self) -> MutexGuard<'_, World> {
        self.inner
            .world
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// Tells the server only where something is different.
fn set(reached: &watch::Sender<bool>, now: bool) {
    reached.send_if_modified(|before| std::mem::replace(before, now) != now);
}
