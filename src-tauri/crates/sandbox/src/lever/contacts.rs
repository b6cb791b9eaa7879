//! People. Several candidacies can share one, and with it name, e-mail and links
//! (contracts/lever.md, 3.3).

use serde_json::{Value, json};

use super::call::{Call, Outcome, one};
use super::refusal::Refusal;
use crate::ids::ContactId;

/// A person.
#[derive(Debug, Clone, Default)]
pub struct Contact {
    /// May be empty.
    pub name: String,
    /// May be empty.
    pub headline: String,
    /// May be empty.
    pub location: String,
    /// E-mail addresses.
    pub emails: Vec<String>,
    /// Phone numbers.
    pub phones: Vec<String>,
    /// Links, shown on each of the person's candidacies.
    pub links: Vec<String>,
    /// Personal data was removed.
    pub anonymized: bool,
}

impl Contact {
    pub(super) fn phones_shown(&self) -> Vec<Value> {
        // The type is missing for some, as it is in real accounts.
        let shown = |(place, value): (usize, &String)| match place {
            0 => json!({ "type": "mobile", "value": value }),
            _ => json!({ "value": value }),
        };
        self.phones.iter().enumerate().map(shown).collect()
    }

    pub(super) fn shown(&self, id: &ContactId) -> Value {
        json!({
            "id": id, "name": self.name, "headline": self.headline, "isAnonymized": self.anonymized,
            "location": { "name": self.location }, "emails": self.emails,
            "phones": self.phones_shown(),
        })
    }
}

pub(super) fn show(call: &mut Call<'_, '_>, path: &[&str]) -> Outcome {
    let id = path.last().copied().unwrap_or_default();
    let known = ContactId::from(id);
    match call.lever.contacts.get(&known) {
        Some(contact) => Ok(one(&contact.shown(&known))),
        None => Err(Refusal::NotFound("contacts", id.to_owned())),
    }
}
