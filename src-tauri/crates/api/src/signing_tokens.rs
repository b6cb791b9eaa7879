//! The tokens that Lever signs webhooks with: in the keyring, a JSON array of texts.

use padwatch_domain::problem::Problem;
use padwatch_engine::webhooks::MadeWebhook;
use padwatch_engine::{Answer, Handle};
use transport::{ExposeSecret as _, SecretString};

use crate::desktop::Desktop;
use crate::keys::{SecretName, clean, differs_from_other};
use crate::order::in_turn;

/// Reads the signing tokens from the keyring.
///
/// # Errors
/// Why the keyring can't be read.
pub async fn load_signing_tokens(desktop: &dyn Desktop) -> Result<Vec<SecretString>, Problem> {
    let stored = desktop.load(SecretName::LeverSigningTokens).await?;
    Ok(stored.map(|stored| read(&stored)).unwrap_or_default())
}

/// Gives the engine the signing tokens that the keyring holds.
///
/// # Errors
/// Why the keyring can't be read, or that the engine is closing.
pub async fn hand_over_signing_tokens(engine: &Handle, desktop: &dyn Desktop) -> Answer<()> {
    let _turn = in_turn().await;
    let tokens = load_signing_tokens(desktop).await?;
    engine.use_signing_tokens(tokens).await
}

/// A single token that someone put into the keyring by hand is taken as what it is.
fn read(stored: &SecretString) -> Vec<SecretString> {
    let text = stored.expose_secret().trim();
    match serde_json::from_str::<Vec<String>>(text) {
        Ok(tokens) => tokens.into_iter().map(SecretString::from).collect(),
        Err(_) if text.is_empty() || text.starts_with('[') => Vec::new(),
        Err(_) => vec![text.to_owned().into()],
    }
}

/// Adds a pasted token.
pub(crate) async fn add(
    engine: &Handle,
    desktop: &dyn Desktop,
    pasted: &SecretString,
) -> Answer<()> {
    let name = SecretName::LeverSigningTokens;
    let token = clean(pasted, name)?;
    let key = desktop.load(SecretName::LeverKey).await?;
    if differs_from_other(&token, key.as_ref(), name).is_err() {
        return Err(Problem::ApiKeyAsToken);
    }
    let _turn = in_turn().await;
    let mut tokens = load_signing_tokens(desktop).await?;
    let is_known = tokens
        .iter()
        .any(|known| known.expose_secret() == token.expose_secret());
    if !is_known {
        tokens.push(token);
    }
    replace(engine, desktop, tokens).await
}

/// Adds those of new webhooks and takes away those of webhooks that are gone.
pub(crate) async fn exchange(
    engine: &Handle,
    desktop: &dyn Desktop,
    new: Vec<SecretString>,
    gone: &[MadeWebhook],
) -> Answer<()> {
    let _turn = in_turn().await;
    let mut tokens = load_signing_tokens(desktop).await?;
    tokens.retain(|token| !gone.iter().any(|gone| gone.is_signed_with(token)));
    tokens.extend(new);
    replace(engine, desktop, tokens).await
}

/// Takes all of them out of the keyring.
pub(crate) async fn delete(engine: &Handle, desktop: &dyn Desktop) -> Answer<()> {
    let _turn = in_turn().await;
    replace(engine, desktop, Vec::new()).await
}

/// The caller has its turn.
async fn replace(engine: &Handle, desktop: &dyn Desktop, tokens: Vec<SecretString>) -> Answer<()> {
    let name = SecretName::LeverSigningTokens;
    if tokens.is_empty() {
        desktop.delete(name).await?;
    } else {
        desktop.store(name, written(&tokens)).await?;
    }
    engine.use_signing_tokens(tokens).await
}

fn written(tokens: &[SecretString]) -> SecretString {
    let texts = tokens.iter().map(|token| token.expose_secret());
    serde_json::Value::from_iter(texts).to_string().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(stored: &str) -> Vec<String> {
        let tokens = read(&stored.into());
        tokens
            .iter()
            .map(|token| token.expose_secret().to_owned())
            .collect()
    }

    #[test]
    fn what_was_written_is_read_again() {
        let tokens: Vec<SecretString> = vec!["a\"b".into(), "c".into()];
        let stored = written(&tokens);
        assert_eq!(texts(stored.expose_secret()), ["a\"b", "c"]);
    }

    #[test]
    fn a_bare_token_counts_and_a_broken_list_does_not() {
        assert_eq!(texts(" abc123 \n"), ["abc123"]);
        assert_eq!(texts("[\"abc"), [""; 0]);
        assert_eq!(texts(""), [""; 0]);
    }
}
