//! The words on a desktop that a screen reader speaks, and where they are on the screen.

use futures_util::future::BoxFuture;
use zbus::zvariant::OwnedObjectPath;

use super::desk::Desk;
use super::wait::until;

const ACCESSIBLE: &str = "org.a11y.atspi.Accessible";
const COMPONENT: &str = "org.a11y.atspi.Component";
const REGISTRY: &str = "org.a11y.atspi.Registry";
const ROOT: &str = "/org/a11y/atspi/accessible/root";

/// Bits of a thing's state (AtspiStateType).
const SENSITIVE: u64 = 1 << 24;
const SHOWING: u64 = 1 << 25;
/// Places are those on the screen (AtspiCoordType).
const ON_SCREEN: u32 = 0;
/// Deeper than any desktop nests what can be seen.
const DEEPEST: usize = 40;

/// A thing on the screen: who shows it, and its path there.
type Thing = (String, OwnedObjectPath);

/// A listener to what is spoken.
pub(crate) struct Spoken {
    bus: zbus::Connection,
}

impl Spoken {
    /// Begins to listen in this session.
    pub(crate) async fn on(desk: &Desk) -> Self {
        let session = desk.bus().await;
        let answer = session
            .call_method(
                Some("org.a11y.Bus"),
                "/org/a11y/bus",
                Some("org.a11y.Bus"),
                "GetAddress",
                &(),
            )
            .await
            .unwrap();
        let address: String = answer.body().deserialize().unwrap();
        let bus = zbus::connection::Builder::address(address.as_str()).unwrap();
        Self {
            bus: bus.build().await.unwrap(),
        }
    }

    /// The middle of what one program shows and can be pressed, once its name begins like this and it
    /// has come to rest.
    pub(crate) async fn place(&self, program: &str, words: &str) -> (i32, i32) {
        let mut before = None;
        until(words, async || {
            let place = self.find(program, words).await;
            let rests = place.is_some() && place == before;
            before = place;
            place.filter(|_| rests)
        })
        .await
    }

    async fn find(&self, program: &str, words: &str) -> Option<(i32, i32)> {
        let root = (REGISTRY.to_owned(), ROOT.try_into().unwrap());
        for one in self.inside(&root).await? {
            if self.name(&one).await? == program {
                return self.find_inside(one, words, DEEPEST).await;
            }
        }
        None
    }

    fn find_inside<'a>(
        &'a self,
        thing: Thing,
        words: &'a str,
        deeper: usize,
    ) -> BoxFuture<'a, Option<(i32, i32)>> {
        Box::pin(async move {
            for one in self.inside(&thing).await? {
                let Some(state) = self.state(&one).await else {
                    continue;
                };
                if state & SHOWING == 0 || deeper == 0 {
                    continue;
                }
                let is_it = self
                    .name(&one)
                    .await
                    .is_some_and(|name| name.starts_with(words));
                if is_it && state & SENSITIVE != 0 {
                    return self.middle(&one).await;
                }
                if let Some(found) = self.find_inside(one, words, deeper - 1).await {
                    return Some(found);
                }
            }
            None
        })
    }

    async fn inside(&self, thing: &Thing) -> Option<Vec<Thing>> {
        self.ask(thing, ACCESSIBLE, "GetChildren", &()).await
    }

    async fn state(&self, thing: &Thing) -> Option<u64> {
        let halves: Vec<u32> = self.ask(thing, ACCESSIBLE, "GetState", &()).await?;
        let [low, high] = halves.try_into().ok()?;
        Some(u64::from(low) | u64::from(high) << 32)
    }

    async fn name(&self, thing: &Thing) -> Option<String> {
        let asked = (ACCESSIBLE, "Name");
        let properties = "org.freedesktop.DBus.Properties";
        let name: zbus::zvariant::OwnedValue = self.ask(thing, properties, "Get", &asked).await?;
        name.try_into().ok()
    }

    async fn middle(&self, thing: &Thing) -> Option<(i32, i32)> {
        let extents = self.ask(thing, COMPONENT, "GetExtents", &ON_SCREEN).await?;
        let (x, y, width, height): (i32, i32, i32, i32) = extents;
        (width > 0 && height > 0).then_some((x + width / 2, y + height / 2))
    }

    /// What a thing answers. It may be gone already.
    async fn ask<T>(
        &self,
        (owner, path): &Thing,
        interface: &str,
        method: &str,
        asked: &(impl serde::Serialize + zbus::zvariant::DynamicType),
    ) -> Option<T>
    where
        T: serde::de::DeserializeOwned + zbus::zvariant::Type,
    {
        let call = self
            .bus
            .call_method(Some(owner.as_str()), path, Some(interface), method, asked);
        call.await.ok()?.body().deserialize().ok()
    }
}
