//! Who is on the session's bus: panels and notification services come later than we do at login,
//! and restart.

use futures_util::StreamExt as _;
use tokio::sync::watch;
use zbus::fdo::DBusProxy;
use zbus::names::BusName;

/// Says whether somebody has this name now, and then every change. Ends when the bus does.
///
/// # Errors
/// When there is no session bus.
pub(crate) async fn follow_owner(
    name: &'static str,
    mut tell: impl FnMut(bool),
) -> zbus::Result<()> {
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

/// Waits until somebody takes this name. Without a bus nobody ever does.
pub(crate) async fn appears(name: &'static str) {
    let (told, mut present) = watch::channel(false);
    let following = follow_owner(name, |owned| {
        told.send_replace(owned);
    });
    let there = async {
        if present.wait_for(|present| *present).await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        () = there => {}
        ended = following => {
            if let Err(error) = ended {
                tracing::info!(%error, "nobody can appear on the session's bus");
            }
            std::future::pending::<()>().await;
        }
    }
}
