//! What people do in a pad (contracts/coderpad.md, 2.8).

use super::CoderPad;
use super::environments::{Environment, SourceFile};
use super::languages;
use super::pad_event::{Event, Kind};
use super::pads::State;
use crate::ids::{Moment, PadId};

/// A pad that was started and that no one ends, ends itself after so long, in ms.
const ENDS_ITSELF_AFTER_MS: i64 = 7 * 24 * 3_600_000;

/// Who does something.
#[derive(Debug, Clone, Copy)]
pub struct Guest<'a> {
    /// The name as it was typed.
    pub name: &'a str,
    /// The address, for people with an account.
    pub email: Option<&'a str>,
}

impl Guest<'_> {
    fn did(self, kind: Kind, at: i64) -> Event {
        Event::by(
            kind,
            Some(self.name.to_owned()),
            self.email.map(str::to_owned),
            at,
        )
    }
}

impl CoderPad {
    /// A person opens the pad, seen by the others or not.
    pub(crate) fn join(&mut self, id: &PadId, who: Guest<'_>, invisible: bool, at: i64) -> bool {
        self.change(id, at, |values| {
            if !values.participants.iter().any(|name| name == who.name) {
                values.participants.push(who.name.to_owned());
            }
            values.active_environment = values
                .active_environment
                .or(values.environments.first().copied());
            values.events.push(who.did(Kind::Joined { invisible }, at));
        })
    }

    /// A person changes a file: the one at the path, or the first one. `None`: no such file.
    pub(crate) fn type_into(
        &mut self,
        id: &PadId,
        who: Guest<'_>,
        path: Option<&str>,
        at: i64,
        change: impl FnOnce(&str) -> String,
    ) -> bool {
        let environment = self.pads.get(id).and_then(|pad| {
            pad.values
                .active_environment
                .or(pad.values.environments.first().copied())
        });
        if !self.write(environment, path, who.name, at, change) {
            return false;
        }
        self.begin(id, at);
        self.change(id, at, |_| {})
    }

    /// A person runs the code.
    pub(crate) fn run(&mut self, id: &PadId, who: Guest<'_>, at: i64) -> bool {
        let ran = self.change(id, at, |values| {
            let language = values.language.clone();
            values.events.push(who.did(Kind::Ran(language), at));
        });
        self.begin(id, at);
        ran
    }

    /// A person leaves.
    pub(crate) fn leave(&mut self, id: &PadId, who: Guest<'_>, at: i64) -> bool {
        self.change(id, at, |values| values.events.push(who.did(Kind::Left, at)))
    }

    /// A person presses End Interview.
    pub(crate) fn end_by(&mut self, id: &PadId, who: Guest<'_>, at: i64) -> bool {
        self.end(id, at, who.did(Kind::Ended, at))
    }

    /// Another language is opened in the pad, with its files. It is on screen from now on.
    pub(crate) fn open(
        &mut self,
        id: &PadId,
        language: &str,
        files: Vec<SourceFile>,
        moment: &mut Moment<'_>,
    ) -> Option<u64> {
        self.pads.get(id)?;
        let environment = Environment::new(id.clone(), language, None, files, moment.now);
        Some(self.show_on_screen(id, environment, moment))
    }

    /// A question is opened in the pad. It is on screen from now on.
    pub(crate) fn open_question(
        &mut self,
        id: &PadId,
        question: u64,
        who: Guest<'_>,
        moment: &mut Moment<'_>,
    ) -> Option<u64> {
        self.pads.get(id)?;
        let (now, found) = (moment.now, self.questions.get(&question)?);
        let language = found
            .language
            .clone()
            .unwrap_or_else(|| "plaintext".to_owned());
        let (path, _) = languages::first_file(&language);
        let files = vec![SourceFile::new(path, &found.contents, who.name, now)];
        let environment = Environment::new(id.clone(), &language, Some(question), files, now);
        let number = self.show_on_screen(id, environment, moment);
        self.change(id, now, |values| {
            values.question_ids.push(question);
            values
                .events
                .push(who.did(Kind::AddedQuestion(question), now));
        });
        Some(number)
    }

    fn show_on_screen(
        &mut self,
        id: &PadId,
        environment: Environment,
        moment: &mut Moment<'_>,
    ) -> u64 {
        let number = moment.ids.number();
        self.environments.insert(number, environment);
        self.change(id, moment.now, |values| {
            values.environments.push(number);
            values.active_environment = Some(number);
        });
        number
    }

    /// A whole interview, from the pad's making or half an hour ago until now. It is not ended.
    pub(crate) fn play(&mut self, id: &PadId, candidate: &str, now: i64) -> bool {
        let Some(pad) = self.pads.get(id) else {
            return false;
        };
        let owner = pad.owner.clone();
        let host_name = self
            .people
            .get(&owner)
            .map_or("Interviewer", |person| &person.name)
            .to_owned();
        let host = Guest {
            name: &host_name,
            email: Some(&owner),
        };
        let guest = Guest {
            name: candidate,
            email: None,
        };
        let start = pad.created_at.max(now - 1_800_000);
        let at = |part: i64| start + (now - start) * part / 10;
        self.join(id, host, false, at(0));
        self.join(id, guest, false, at(1));
        for (part, line) in (2..).zip(LINES) {
            self.type_into(id, guest, None, at(part), |text| format!("{text}{line}"));
        }
        self.run(id, guest, at(7));
        self.type_into(id, guest, None, at(8), |text| {
            text.replace("reversed(", "sorted(")
        });
        self.run(id, guest, at(9));
        self.leave(id, guest, at(10)) && self.leave(id, host, at(10))
    }

    /// Ends what has been going on for seven days. No one's name stands on it.
    pub(crate) fn end_what_is_old(&mut self, now: i64) {
        let is_old = |started: i64| started + ENDS_ITSELF_AFTER_MS <= now;
        let running = self
            .pads
            .values()
            .filter(|pad| pad.values.state == State::Started);
        let old: Vec<PadId> = running
            .filter(|pad| pad.values.times.started_at.is_some_and(is_old))
            .map(|pad| pad.id.clone())
            .collect();
        for id in old {
            let started = self
                .pads
                .get(&id)
                .and_then(|pad| pad.values.times.started_at)
                .unwrap_or(now);
            let at = started + ENDS_ITSELF_AFTER_MS;
            self.end(&id, at, Event::by(Kind::AutoEnded, None, None, at));
        }
    }

    fn begin(&mut self, id: &PadId, at: i64) {
        let pending = self
            .pads
            .get(id)
            .is_some_and(|pad| pad.values.state == State::Pending);
        if pending {
            self.change(id, at, |values| {
                values.state = State::Started;
                values.times.started_at = Some(at);
                values.events.push(Event::by(Kind::Started, None, None, at));
            });
        }
    }
}

const LINES: [&str; 5] = [
    "\n# Group words that are anagrams of each other\n",
    "def groups(words):\n    found = {}\n",
    "    for word in words:\n        key = ''.join(reversed(word.lower()))\n",
    "        found.setdefault(key, []).append(word)\n    return list(found.values())\n",
    "\nprint(groups(['Enlist', 'Silent', 'café', 'google']))  # 🙂\n",
];
