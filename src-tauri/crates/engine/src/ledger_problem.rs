//! What is wrong with the ledger.

use padwatch_domain::problem::Problem;
use padwatch_ledger::LedgerError;

/// What is wrong with the ledger.
#[must_use]
pub(crate) fn ledger_problem(error: &LedgerError) -> Problem {
    match error {
        LedgerError::Newer => Problem::DataNewer,
        LedgerError::Damaged => Problem::DataDamaged,
        LedgerError::Full => Problem::DiskFull,
        LedgerError::ReadOnly | LedgerError::NoCopy(_) => Problem::DataReadOnly,
        LedgerError::Busy => Problem::DataBusy,
        LedgerError::Unreadable => Problem::DataPartUnreadable,
        LedgerError::Other(_) | LedgerError::Conflict => Problem::DataUnusable,
    }
}
