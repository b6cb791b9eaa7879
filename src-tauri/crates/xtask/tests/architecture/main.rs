//! What holds of the sources of `src-tauri` as a whole: nothing grows beyond what a reader can
//! take in.
#![expect(
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise, and says what it saw"
)]

mod limits;
mod sources;

#[test]
fn no_file_function_or_struct_is_too_long() {
    let sources = sources::all();
    assert!(sources.len() > 300, "{} sources found", sources.len());
    let too_long: Vec<String> = sources.iter().flat_map(limits::exceeded).collect();
    assert!(too_long.is_empty(), "{}", too_long.join("\n"));
}
