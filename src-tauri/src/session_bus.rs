//! Who is on the session's bus: panels and notification services come later than we do at login,
//! and restart.

use futures_util::StreamExt as _;
use tokio::sync::watch;
use zbus::fdo::DBusProxy;
use zbus::names::BusName;

/// Whether someone has a name on the bus: `None` until the bus has said so. No one tells any longer
/// once the bus is gone; without one, no one ever does.
pub(crate) type Presence = watch::Receiver<Option<bool>>;

/// Follows who has this name, over one connection for as long as someone wants to know.
pub(crate) fn presence(name: &'static str) -> Presence {
    let (told, presence) = watch::channel(None);
    tokio::spawn(async move {
        let tell = |owned| {
            told.send_replace(Some(owned));
        };
        tokio::select! {
            () = told.closed() => {}
            ended = follow(name, tell) => {
                if let Err(error) = ended {
                    tracing::info!(%error, name, "the session's bus can't be followed");
                }
            }
        }
    });
    presence
}

/// Ends when someone takes the name, once more after each time. No one does without a bus.
pub(crate) async fn taken(presence: &mut Presence) {
    while presence.changed().await.is_ok() {
        if *presence.borrow_and_update() == Some(true) {
            return;
        }
    }
    std::future::pending::<()>().await;
}

/// Tells who has this name now, and then every change. Ends when the bus does.
async fn follow(name: &'static str, mut tell: impl FnMut(bool)) -> zbus::Result<()> {
    let bus = zbus::Connection::session().await?;
    let names = DBusProxy::new(&bus).await?;
    // Listening before looking: a change in between is not missed.
    let mut changes = names
        .receive_name_owner_changed_with_args(&[(0, name)])
        .await?;
    tell(names.name_has_owner(BusName::try_from(name)?).await?);
    while let Some(change) = changes.next().await {
        tell(change.args()?.new_owner().is_some());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_name_is_taken_once_for_each_time_that_somebody_takes_it() {
        let (told, mut presence) = watch::channel(None);
        told.send_replace(Some(true));
        taken(&mut presence).await;
        {
            let again = taken(&mut presence);
            tokio::pin!(again);
            // Someone who has it already does not take it.
            assert!(futures_util::poll!(&mut again).is_pending());
            told.send_replace(Some(false));
            assert!(futures_util::poll!(&mut again).is_pending());
            told.send_replace(Some(true));
            again.await;
        }
        drop(told);
        assert!(futures_util::poll!(std::pin::pin!(taken(&mut presence))).is_pending());
    }
}
