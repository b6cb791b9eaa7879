//! What people do in CoderPad's own pages.

use serde_json::Value;

use super::World;
use super::hiring::{NoSuchThing, missing};
use crate::coderpad::environments::SourceFile;
use crate::coderpad::interview::Guest;
use crate::coderpad::pads::State;
use crate::ids::PadId;

impl World {
    /// A person makes a pad by hand. Gives its id.
    pub fn make_pad_by_hand(&mut self, owner: &str, title: &str, notes: Option<&str>) -> PadId {
        let (coderpad, mut moment) = self.coderpad_and_moment();
        coderpad.make_by_hand(owner, title, notes, &mut moment)
    }

    /// A person opens a pad.
    ///
    /// # Errors
    /// When there is no such pad; so for all of these.
    pub fn join(&mut self, pad: &PadId, who: Guest<'_>) -> Result<(), NoSuchThing> {
        let joined = self.coderpad.join(pad, who, false, self.now);
        found(joined, pad)
    }

    /// A person opens a pad without the others seeing it.
    ///
    /// # Errors
    /// When there is no such pad.
    pub fn join_unseen(&mut self, pad: &PadId, who: Guest<'_>) -> Result<(), NoSuchThing> {
        let joined = self.coderpad.join(pad, who, true, self.now);
        found(joined, pad)
    }

    /// A person replaces the text of a file: the one at the path, or the first one.
    ///
    /// # Errors
    /// When there is no such pad or file.
    pub fn write_code(
        &mut self,
        pad: &PadId,
        who: Guest<'_>,
        path: Option<&str>,
        text: &str,
    ) -> Result<(), NoSuchThing> {
        let written = self
            .coderpad
            .type_into(pad, who, path, self.now, |_| text.to_owned());
        found(written, pad)
    }

    /// A person types at the end of a file: the one at the path, or the first one.
    ///
    /// # Errors
    /// When there is no such pad or file.
    pub fn type_code(
        &mut self,
        pad: &PadId,
        who: Guest<'_>,
        path: Option<&str>,
        text: &str,
    ) -> Result<(), NoSuchThing> {
        let typed = self
            .coderpad
            .type_into(pad, who, path, self.now, |before| format!("{before}{text}"));
        found(typed, pad)
    }

    /// A person runs the code.
    ///
    /// # Errors
    /// When there is no such pad.
    pub fn run_code(&mut self, pad: &PadId, who: Guest<'_>) -> Result<(), NoSuchThing> {
        let ran = self.coderpad.run(pad, who, self.now);
        found(ran, pad)
    }

    /// A person leaves.
    ///
    /// # Errors
    /// When there is no such pad.
    pub fn leave(&mut self, pad: &PadId, who: Guest<'_>) -> Result<(), NoSuchThing> {
        let left = self.coderpad.leave(pad, who, self.now);
        found(left, pad)
    }

    /// Opens another language in a pad, with its files. Gives the environment's number.
    ///
    /// # Errors
    /// When there is no such pad.
    pub fn open_environment(
        &mut self,
        pad: &PadId,
        language: &str,
        files: Vec<SourceFile>,
    ) -> Result<u64, NoSuchThing> {
        let (coderpad, mut moment) = self.coderpad_and_moment();
        coderpad
            .open(pad, language, files, &mut moment)
            .ok_or_else(|| missing("pad", pad.as_str()))
    }

    /// Opens a question in a pad. Gives the environment's number.
    ///
    /// # Errors
    /// When there is no such pad or question.
    pub fn open_question(
        &mut self,
        pad: &PadId,
        question: u64,
        who: Guest<'_>,
    ) -> Result<u64, NoSuchThing> {
        let (coderpad, mut moment) = self.coderpad_and_moment();
        let opened = coderpad.open_question(pad, question, who, &mut moment);
        opened.ok_or_else(|| missing("pad or question", pad.as_str()))
    }

    /// Gives a pad a field that only some have, such as `interview_highlights`, `transcript` or
    /// `drawing`.
    ///
    /// # Errors
    /// When there is no such pad.
    pub fn set_pad_field(
        &mut self,
        pad: &PadId,
        name: &str,
        value: Value,
    ) -> Result<(), NoSuchThing> {
        let set = self.coderpad.change(pad, self.now, |values| {
            values.extras.insert(name.to_owned(), value);
        });
        found(set, pad)
    }

    /// A whole interview, from the pad's making or half an hour ago until now, without its end.
    ///
    /// # Errors
    /// When there is no such pad.
    pub fn play_interview(&mut self, pad: &PadId, candidate: &str) -> Result<(), NoSuchThing> {
        let played = self.coderpad.play(pad, candidate, self.now);
        found(played, pad)
    }

    /// The interviewer presses End Interview.
    ///
    /// # Errors
    /// When there is no such pad, or when it is over.
    pub fn end_interview(&mut self, pad: &PadId) -> Result<(), NoSuchThing> {
        let owner = self.coderpad.pads.get(pad).map(|pad| pad.owner.clone());
        let email = owner.ok_or_else(|| missing("pad", pad.as_str()))?;
        let name = self
            .coderpad
            .people
            .get(&email)
            .map(|person| person.name.clone());
        let name = name.unwrap_or_else(|| "Interviewer".to_owned());
        let ended = self.coderpad.end_by(
            pad,
            Guest {
                name: &name,
                email: Some(&email),
            },
            self.now,
        );
        found(ended, pad)
    }

    /// A person reopens a pad that is over.
    ///
    /// # Errors
    /// When there is no such pad.
    pub fn reopen_pad(&mut self, pad: &PadId) -> Result<(), NoSuchThing> {
        let now = self.now;
        let reopened = self.coderpad.change(pad, now, |values| {
            values.state = State::Pending;
            values.times.ended_at = None;
        });
        found(reopened, pad)
    }

    /// A person deletes a pad.
    ///
    /// # Errors
    /// When there is no such pad.
    pub fn delete_pad(&mut self, pad: &PadId) -> Result<(), NoSuchThing> {
        let deleted = self.coderpad.delete(pad, self.now);
        found(deleted, pad)
    }
}

fn found(found: bool, pad: &PadId) -> Result<(), NoSuchThing> {
    if found {
        Ok(())
    } else {
        Err(missing("pad", pad.as_str()))
    }
}
