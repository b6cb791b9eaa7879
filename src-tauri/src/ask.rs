//! The one command of the page.
#![expect(clippy::unreachable, reason = "the command's macro writes one")]

use std::sync::Arc;

use padwatch_commands::Call;
use padwatch_engine::problem::Problem;
use serde_json::Value;

use crate::shell::Shell;

/// Answers a call of the page.
#[tauri::command]
pub(crate) async fn ask(call: Call, shell: tauri::State<'_, Arc<Shell>>) -> Result<Value, Problem> {
    shell.ask(call).await
}
