//! One world for many connections.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use exchange::Clock;
use tokio::sync::Notify;

use crate::answer::Answer;
use crate::incoming::{Incoming, Service};
use crate::world::World;

/// A world with its clock, shared by everybody who asks it something.
///
/// There is a lock here, where the rest of Padwatch sends messages: this world stands for two
/// databases far away. Whoever asks it waits for its own answer and nothing else, every use is
/// short and synchronous, and nothing is held while anybody waits for a socket.
#[derive(Clone)]
pub struct SharedWorld {
    inner: Arc<Inner>,
}

struct Inner {
    world: Mutex<World>,
    clock: Arc<dyn Clock>,
    used: Notify,
}

impl SharedWorld {
    /// Shares a world. Its time is the clock's from now on.
    #[must_use]
    pub fn new(mut world: World, clock: Arc<dyn Clock>) -> Self {
        world.move_on(clock.now_ms());
        Self {
            inner: Arc::new(Inner {
                world: Mutex::new(world),
                clock,
                used: Notify::new(),
            }),
        }
    }

    /// Looks at the world or changes it, at the present time.
    pub fn with<T>(&self, use_it: impl FnOnce(&mut World) -> T) -> T {
        let mut world = self.lock();
        world.move_on(self.inner.clock.now_ms());
        let result = use_it(&mut world);
        drop(world);
        self.inner.used.notify_one();
        result
    }

    /// What a service answers to a request that arrives now.
    #[must_use]
    pub fn answer(&self, service: Service, incoming: &Incoming) -> Answer {
        let now = self.inner.clock.now_ms();
        let answer = self.lock().answer(service, incoming, now);
        self.inner.used.notify_one();
        answer
    }

    /// The clock that everything here goes by.
    #[must_use]
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.inner.clock
    }

    /// Whether nobody is to listen for this service just now.
    pub(crate) fn is_offline(&self, service: Service) -> bool {
        self.lock().is_offline(service)
    }

    /// Waits until somebody used the world.
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
