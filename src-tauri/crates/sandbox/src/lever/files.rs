//! Files on a candidacy (contracts/lever.md, 4.5).

use bytes::Bytes;
use http::header;
use serde_json::{Value, json};

use super::call::{Call, Outcome, created};
use super::paging;
use super::refusal::Refusal;
use crate::form;

/// The largest file that Lever takes, in bytes.
const LARGEST: usize = 30 * 1024 * 1024;

/// A file that was attached.
#[derive(Debug, Clone)]
pub struct File {
    /// A UUID.
    pub id: String,
    /// Its name as it was uploaded.
    pub name: String,
    /// Its bytes.
    pub bytes: Bytes,
    /// ms since the epoch.
    pub at: i64,
}

fn shown(file: &File) -> Value {
    let extension = file.name.rsplit_once('.').map(|(_, extension)| extension);
    json!({ "id": file.id, "name": file.name, "ext": extension, "size": file.bytes.len(),
            "status": "processed", "uploadedAt": file.at, "downloadUrl": null })
}

pub(super) fn list(call: &mut Call<'_, '_>, path: &[&str]) -> Outcome {
    let id = call.opportunity(path.get(1).copied().unwrap_or_default())?;
    let files = call
        .lever
        .opportunities
        .get(&id)
        .into_iter()
        .flat_map(|found| &found.files);
    paging::by_place(files.map(shown).collect(), &call.incoming.query)
}

pub(super) fn upload(call: &mut Call<'_, '_>, path: &[&str]) -> Outcome {
    let id = call.opportunity(path.get(1).copied().unwrap_or_default())?;
    call.needed_performer()?;
    let part = form::parts(
        call.incoming.header(header::CONTENT_TYPE),
        &call.incoming.body,
    )
    .into_iter()
    .find(|part| part.name == "file");
    let part = part.ok_or_else(|| Refusal::bad("Missing required parameter: file"))?;
    if part.bytes.len() > LARGEST {
        return Err(Refusal::bad("The file is larger than 30 MB."));
    }
    let name = part.file_name.unwrap_or_else(|| "file".to_owned());
    let file = File {
        id: call.moment.ids.uuid(),
        name,
        bytes: part.bytes,
        at: call.moment.now,
    };
    let data = shown(&file);
    call.lever.change(&id, call.moment.now, |opportunity| {
        opportunity.files.push(file);
        true
    });
    Ok(created(&data))
}
