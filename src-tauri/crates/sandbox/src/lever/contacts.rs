//! People. Several candidacies can share one, and with it name, e-mail and links
//! (contracts/lever.md, 3.3).

use serde_json::{Value, json};

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
}
