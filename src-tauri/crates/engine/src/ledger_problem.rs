//! What is wrong with the ledger, for a person.

use padwatch_domain::problem::{Problem, ProblemCode};
use padwatch_ledger::LedgerError;

/// What is wrong with the ledger, for a person.
#[must_use]
pub(crate) fn in_words(error: &LedgerError) -> Problem {
    let (code, message, hint) = match error {
        LedgerError::Newer => (
            ProblemCode::LedgerNewer,
            "The ledger was written by a newer Padwatch.",
            "Install the newer Padwatch again.",
        ),
        LedgerError::Damaged => (
            ProblemCode::LedgerUnusable,
            "The ledger is damaged.",
            "Padwatch sets it aside and begins a new one.",
        ),
        LedgerError::Full => (
            ProblemCode::LedgerUnusable,
            "The disk is full: nothing is made, because it could not be written down.",
            "Make some room; Padwatch goes on by itself.",
        ),
        LedgerError::ReadOnly | LedgerError::NoCopy(_) => (
            ProblemCode::LedgerUnusable,
            "Padwatch’s ledger can’t be written: nothing is made.",
            "Make Padwatch’s folder writable; it goes on by itself.",
        ),
        LedgerError::Busy => (
            ProblemCode::LedgerUnusable,
            "Another program holds Padwatch’s ledger: nothing is made.",
            "Close that program; Padwatch goes on by itself.",
        ),
        LedgerError::Unreadable => (
            ProblemCode::LedgerUnusable,
            "Padwatch can’t read part of its data: this is left alone.",
            "Update Padwatch. If that doesn’t help, copy the diagnostics and ask for help.",
        ),
        LedgerError::Other(_) | LedgerError::Conflict => (
            ProblemCode::LedgerUnusable,
            "Padwatch’s ledger can’t be used: nothing is made.",
            "Start Padwatch again. If that doesn’t help, copy the diagnostics and ask for help.",
        ),
    };
    Problem::new(code, message, hint)
}
