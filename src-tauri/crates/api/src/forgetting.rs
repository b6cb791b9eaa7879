//! "Forget everything": what can't be removed from one place holds up no other, and is named.

use padwatch_domain::problem::Problem;
use padwatch_engine::{Answer, Handle, Keys};

use crate::accounts::move_to;
use crate::connection::Connection;
use crate::desktop::Desktop;
use crate::keys::SecretName;
use crate::order::in_turn;
use crate::webhooks;

/// The ledger goes first, while the engine still has the keys: it takes in the answer to a pad that is
/// being created. Then it has none, so that nothing begins while the keyring is asked.
pub(crate) async fn forget_everything(engine: &Handle, desktop: &dyn Desktop) -> Answer<()> {
    let mut left = Vec::new();
    left.extend(webhooks::remove_before_forgetting(engine).await);
    // No key is read from the keyring and handed over in between.
    let _turn = in_turn().await;
    match engine.forget_everything().await {
        Ok(created) => left.extend(in_coderpad(&created)),
        Err(problem) => left.push(problem),
    }
    left.extend(engine.use_keys(Keys::default()).await.err());
    for name in SecretName::ALL {
        left.extend(desktop.forget(name).await.err());
    }
    let usual = Connection::default();
    left.extend(move_to(engine, desktop, usual).await.err());
    in_one(left)
}

/// Nothing here knows any longer of pads that were just being created.
fn in_coderpad(created: &[String]) -> Option<Problem> {
    (!created.is_empty()).then(|| Problem::StillCreating {
        candidates: created.to_vec(),
    })
}

/// All that is left, as one problem. The same said by two places is said once.
fn in_one(mut left: Vec<Problem>) -> Answer<()> {
    left.dedup();
    match left.len() {
        0 => Ok(()),
        1 => left.into_iter().try_for_each(Err),
        _ => Err(Problem::Several { problems: left }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_is_left_is_named_once() {
        assert_eq!(in_one(Vec::new()), Ok(()));
        assert_eq!(in_coderpad(&[]), None);
        let created = in_coderpad(&["Ada".to_owned(), "Ben".to_owned()]).unwrap();
        let candidates = vec!["Ada".to_owned(), "Ben".to_owned()];
        assert_eq!(created, Problem::StillCreating { candidates });
        let (one, other) = (Problem::TracesLeft, Problem::KeyringLocked);
        let told = in_one(vec![one.clone(), other.clone(), other.clone()]).unwrap_err();
        assert_eq!(
            told,
            Problem::Several {
                problems: vec![one, other.clone()]
            }
        );
        assert_eq!(in_one(vec![other.clone()]), Err(other));
    }
}
