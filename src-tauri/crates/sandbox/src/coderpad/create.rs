//! Making a pad (contracts/coderpad.md, 2.2).

use super::CoderPad;
use super::call::{Call, Outcome, ok};
use super::environments::{Environment, SourceFile};
use super::languages;
use super::new_pad::{Fields, NewPad};
use super::pad_view::shown;
use super::pads::{Pad, Times, Values, is_too_long};
use super::people::{Person, Role, Team};
use super::refusal::Refusal;
use crate::ids::{Moment, PadId};

/// Two equal requests make two pads: nothing about the API is idempotent.
pub(super) fn create(call: &mut Call<'_, '_>) -> Outcome {
    let new = NewPad::from_fields(&Fields::of(call.incoming));
    let start = checked(call, &new)?;
    if !call.coderpad.quota.allows_one_more() {
        return Err(Refusal::OverQuota);
    }
    let owner = match &new.user_email {
        Some(email) => owner_named(call, email)?,
        None => call.email.clone(),
    };
    let others = call.coderpad.switches.others_with_create;
    call.coderpad.add_others(&owner, others / 2, call.moment);
    let id = call.coderpad.make(owner.clone(), new, start, call.moment);
    call.coderpad
        .add_others(&owner, others - others / 2, call.moment);
    let pad = call.coderpad.pads.get(&id).ok_or(Refusal::NotFound)?;
    Ok(ok(shown(call.coderpad, pad, &pad.values, true)))
}

/// What the pad begins with.
struct Start {
    language: String,
    contents: Option<String>,
    question: Option<u64>,
    team: Team,
}

fn checked(call: &Call<'_, '_>, new: &NewPad) -> Result<Start, Refusal> {
    let both = new.contents.is_some() && new.question.is_some();
    if both || new.title.as_deref().is_some_and(is_too_long) {
        return Err(Refusal::Bad);
    }
    let coderpad = &call.coderpad;
    let question = new
        .question
        .as_ref()
        .map(|id| id.parse().map_err(|_| Refusal::Bad))
        .transpose()?;
    let found = match question {
        Some(id) => Some(coderpad.questions.get(&id).ok_or(Refusal::NotFound)?),
        None => None,
    };
    let named = found
        .and_then(|question| question.language.clone())
        .or_else(|| new.language.clone());
    let language = named.unwrap_or_else(|| "plaintext".to_owned());
    if !languages::is_known(&language) {
        return Err(Refusal::Bad);
    }
    let team = match &new.team {
        None => coderpad.organization.default_team.clone(),
        Some(_) if call.role() != Some(Role::Owner) => return Err(Refusal::Forbidden),
        Some(id) => coderpad
            .organization
            .team(id)
            .cloned()
            .ok_or(Refusal::NotFound)?,
    };
    let contents = found
        .map(|question| question.contents.clone())
        .or_else(|| new.contents.clone());
    Ok(Start {
        language,
        contents,
        question,
        team,
    })
}

/// Another person as the owner: only for owners of the organization, and made on the way if the
/// address fits the organization.
fn owner_named(call: &mut Call<'_, '_>, email: &str) -> Result<String, Refusal> {
    if call.role() != Some(Role::Owner) {
        return Err(Refusal::Forbidden);
    }
    if call.coderpad.people.contains_key(email) {
        return Ok(email.to_owned());
    }
    let (name, host) = email.split_once('@').ok_or(Refusal::Bad)?;
    if host != call.coderpad.organization.domain {
        return Err(Refusal::Bad);
    }
    let person = Person {
        name: name.to_owned(),
        role: Some(Role::Member),
    };
    call.coderpad.people.insert(email.to_owned(), person);
    Ok(email.to_owned())
}

impl CoderPad {
    fn make(&mut self, owner: String, new: NewPad, start: Start, moment: &mut Moment<'_>) -> PadId {
        let id = self.fresh_id(moment);
        let (number, now) = (moment.ids.number(), moment.now);
        let (path, example) = languages::first_file(&start.language);
        let text = start.contents.unwrap_or_else(|| example.to_owned());
        let files = vec![SourceFile::new(path, &text, &owner, now)];
        let environment = Environment::new(id.clone(), &start.language, start.question, files, now);
        let environment_id = moment.ids.number();
        self.environments.insert(environment_id, environment);
        let values = Values {
            title: new.title.unwrap_or_else(|| format!("Untitled Pad - {id}")),
            language: start.language,
            private: new.private,
            execution_enabled: new.execution_enabled,
            notes: new.notes,
            times: Times {
                updated_at: now,
                ..Times::default()
            },
            question_ids: start.question.into_iter().collect(),
            environments: vec![environment_id],
            team: start.team,
            ..Values::default()
        };
        self.pads
            .insert(id.clone(), Pad::new(id.clone(), number, owner, now, values));
        self.quota.used += 1;
        self.touched();
        id
    }

    /// Pads that a colleague makes by hand, in the name of the same person.
    fn add_others(&mut self, owner: &str, count: u32, moment: &mut Moment<'_>) {
        for _ in 0..count {
            let id = self.make_by_hand(owner, "Scratch", None, moment);
            if let Some(pad) = self.pads.get_mut(&id) {
                pad.by_others = true;
            }
        }
    }

    /// A pad that a person makes by hand, with a title and notes.
    pub(crate) fn make_by_hand(
        &mut self,
        owner: &str,
        title: &str,
        notes: Option<&str>,
        moment: &mut Moment<'_>,
    ) -> PadId {
        let start = Start {
            language: "python".to_owned(),
            contents: None,
            question: None,
            team: self.organization.default_team.clone(),
        };
        let new = NewPad {
            title: Some(title.to_owned()),
            notes: notes.map(str::to_owned),
            execution_enabled: true,
            ..NewPad::default()
        };
        self.make(owner.to_owned(), new, start, moment)
    }

    fn fresh_id(&self, moment: &mut Moment<'_>) -> PadId {
        loop {
            let id = moment.ids.pad();
            if !self.pads.contains_key(&id) {
                return id;
            }
        }
    }
}
