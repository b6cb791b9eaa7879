//! The ledger's files are for no one but the user.

use std::path::Path;

use super::error::LedgerError;

#[cfg(unix)]
pub(super) fn only_for_us(path: &Path) -> Result<(), LedgerError> {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))
        .map_err(LedgerError::NoCopy)
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "on Unix it can fail")]
pub(super) fn only_for_us(_path: &Path) -> Result<(), LedgerError> {
    Ok(()) // The profile folder lies in the user's own data folder, which others can't read.
}
