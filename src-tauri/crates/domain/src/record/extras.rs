//! What CoderPad gives of an interview besides code and events: an outline, highlights, what was
//! said, reports. The forms are not documented (contracts/coderpad.md, 2.3), so each is read as
//! what it plainly is: texts, lists of texts, and lists of things with a text.

use coderpad::Pad;
use serde_json::Value;

use crate::note::Offers;

/// The longest of these texts, in characters; a longer one is cut, and says so.
const LONGEST: usize = 50_000;

/// Each as plain text; `None`: there is none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Extras {
    pub summary: Option<String>,
    pub transcript: Option<String>,
    pub reports: Option<String>,
}

impl Extras {
    /// Reads what a pad gives.
    #[must_use]
    pub fn of(pad: &Pad) -> Self {
        let outline = plain(pad.extras.outline.as_ref());
        let highlights = plain(pad.extras.highlights.as_ref());
        let summary = match (outline, highlights) {
            (Some(outline), Some(highlights)) => Some(format!("{outline}\n\n{highlights}")),
            (one, other) => one.or(other),
        };
        Self {
            summary,
            transcript: plain(pad.extras.transcript.as_ref()),
            reports: plain(pad.extras.review_reports.as_ref()),
        }
    }

    /// Which of them there are.
    #[must_use]
    pub fn offers(&self) -> Offers {
        Offers {
            summary: self.summary.is_some(),
            transcript: self.transcript.is_some(),
            reports: self.reports.is_some(),
        }
    }
}

fn plain(value: Option<&Value>) -> Option<String> {
    let mut lines = Vec::new();
    read(value?, &mut lines, 0);
    let text = lines.join("\n");
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    if text.chars().count() <= LONGEST {
        return Some(text.to_owned());
    }
    let cut: String = text.chars().take(LONGEST).collect();
    Some(format!("{cut}\n(cut here: CoderPad has the rest)"))
}

/// JSON from a service is at most 128 levels deep; no one reads more than a few.
const DEEPEST: usize = 8;

fn read(value: &Value, lines: &mut Vec<String>, depth: usize) {
    if depth > DEEPEST {
        return;
    }
    match value {
        Value::Null | Value::Bool(_) => {}
        Value::Number(number) => lines.push(number.to_string()),
        Value::String(text) => lines.push(text.trim().to_owned()),
        Value::Array(items) => {
            for item in items {
                read(item, lines, depth + 1);
            }
        }
        Value::Object(fields) => match spoken(fields) {
            Some(line) => lines.push(line),
            None if is_about_a_speaker(fields) => {}
            None => {
                for (name, field) in fields {
                    if !is_for_machines(name) {
                        named(name, field, lines, depth);
                    }
                }
            }
        },
    }
}

/// Someone says something: `Ada: Hello`.
fn spoken(fields: &serde_json::Map<String, Value>) -> Option<String> {
    let first = |names: &[&str]| {
        names
            .iter()
            .find_map(|name| fields.get(*name)?.as_str())
            .map(str::trim)
    };
    let text = first(&["text", "content"])?;
    let who = first(&[
        "speaker",
        "speaker_name",
        "speakerName",
        "name",
        "user_name",
        "author",
    ]);
    match who
        .filter(|who| !who.is_empty())
        .or_else(|| first(&["speaker_role", "role"]))
    {
        Some(who) => Some(format!("{who}: {text}")),
        None => Some(text.to_owned()),
    }
}

/// Without a text, who is meant to have spoken says nothing.
fn is_about_a_speaker(fields: &serde_json::Map<String, Value>) -> bool {
    fields.keys().any(|name| name.starts_with("speaker"))
}

/// `createdAt` as `created_at`.
fn in_snake_case(name: &str) -> String {
    let mut snake = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_ascii_uppercase() && !snake.is_empty() && !snake.ends_with('_') {
            snake.push('_');
        }
        snake.push(c.to_ascii_lowercase());
    }
    snake
}

/// Ids, times and the like say nothing to a reader.
fn is_for_machines(name: &str) -> bool {
    let name = in_snake_case(name);
    let exact = [
        "id",
        "uuid",
        "kind",
        "type",
        "status",
        "timestamp",
        "time",
        "start",
        "end",
        "offset",
        "created",
        "updated",
        "url",
        "version",
    ];
    let ends = [
        "_id",
        "_ids",
        "_at",
        "_ms",
        "_uuid",
        "_url",
        "_timestamp",
        "_time",
        "_seconds",
        "_status",
        "_kind",
        "_type",
    ];
    exact.contains(&name.as_str()) || ends.iter().any(|end| name.ends_with(end))
}

fn named(name: &str, field: &Value, lines: &mut Vec<String>, depth: usize) {
    let name = name.replace('_', " ");
    match field {
        Value::Null | Value::Bool(_) => {}
        Value::String(text) => lines.push(format!("{name}: {}", text.trim())),
        Value::Number(number) => lines.push(format!("{name}: {number}")),
        Value::Array(_) | Value::Object(_) => {
            lines.push(format!("{name}:"));
            read(field, lines, depth + 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn extras(fields: &Value) -> Extras {
        let mut pad = json!({"id": "A"});
        pad.as_object_mut()
            .unwrap()
            .extend(fields.as_object().unwrap().clone());
        Extras::of(&serde_json::from_value(pad).unwrap())
    }

    #[test]
    fn each_form_becomes_plain_lines() {
        let read = extras(&json!({
            "interview_outline": "Warm-up, then graphs.",
            "interview_highlights": ["Fast start", {"title": "Tests", "score": 4}],
            "transcript": [{"speaker": "Ada", "text": "Hello"}, {"text": "…"}],
            "review_reports": [],
        }));
        assert_eq!(
            read.summary.as_deref(),
            Some("Warm-up, then graphs.\n\nFast start\nscore: 4\ntitle: Tests")
        );
        assert_eq!(read.transcript.as_deref(), Some("Ada: Hello\n…"));
        assert_eq!(read.reports, None);
        let offers = Offers {
            summary: true,
            transcript: true,
            reports: false,
        };
        assert_eq!(read.offers(), offers);
    }

    #[test]
    fn the_typed_shapes_of_2026_show_no_ids_and_times() {
        let read = extras(&json!({
            "transcript": [
                {"id": "t-1", "kind": "speech", "text": "Hello", "timestamp": "2026-03-03T10:00:00Z",
                 "speaker_name": "Ada", "speaker_role": "candidate"},
                {"id": "t-2", "kind": "silence", "text": null, "timestamp": 7},
                {"id": "t-3", "kind": "speech", "text": "Hi", "start_time": 1.5, "end_time": 2,
                 "speaker_name": null, "speaker_role": "interviewer"},
                {"id": "t-4", "kind": "note", "text": null, "speaker_name": "Ada", "offset": 7},
            ],
            "review_reports": [{"id": "r-1", "status": "done", "title": "Code review",
                "report": "Clear names.", "summary": "Good.", "created_at": "2026-03-03",
                "pad_id": 7, "score": 4, "createdAt": "2026-03-03", "padId": 7}],
        }));
        let said = "Ada: Hello\ninterviewer: Hi";
        assert_eq!(read.transcript.as_deref(), Some(said));
        let reports = read.reports.unwrap();
        for said in ["Code review", "Clear names.", "Good.", "score: 4"] {
            assert!(reports.contains(said), "{reports}");
        }
        for hidden in ["r-1", "done", "2026", "pad id", "padId", "t-1"] {
            assert!(!reports.contains(hidden), "{reports}");
        }
    }

    #[test]
    fn nothing_odd_or_endless_does_harm() {
        assert_eq!(extras(&json!({})), Extras::default());
        assert_eq!(extras(&json!({"transcript": false})), Extras::default());
        let long = extras(&json!({"transcript": "x".repeat(2 * LONGEST)}));
        let text = long.transcript.unwrap();
        assert!(text.ends_with("CoderPad has the rest)") && text.len() < LONGEST + 100);
        let mut deep = json!("bottom");
        for _ in 0..60 {
            deep = json!([deep]);
        }
        assert_eq!(extras(&json!({"transcript": deep})).transcript, None);
    }

    #[test]
    fn what_lies_eight_levels_deep_is_read_and_nothing_deeper() {
        let nested = |levels: usize| {
            let wrapped = (0..levels).fold(json!("bottom"), |value, _| json!([value]));
            extras(&json!({"transcript": wrapped})).transcript
        };
        assert_eq!(nested(DEEPEST).as_deref(), Some("bottom"));
        assert_eq!(nested(DEEPEST + 1), None);
    }
}
