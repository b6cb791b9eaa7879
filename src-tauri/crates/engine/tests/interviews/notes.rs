use std::time::Duration;

use padwatch_domain::announcement::News;
use padwatch_domain::note::{CodeIn, NoteChoice, NoteState, NoteStatus, PreparedNote};
use padwatch_domain::problem::ProblemCode;
use padwatch_engine::Answer;
use padwatch_engine::record::NoteToSend;
use padwatch_engine::snapshot::RowState;
use sandbox::{Effect, Matching, OtherStatus, Rule, Service};
use serde_json::json;

use crate::desk::Services;
use crate::round::{HOUR, MINUTE, NAME, Round, acting, finished, guest};
use padwatch_domain::activity::Activity;

pub(crate) const POST: &str = "POST /v1/opportunities/:id/notes";

pub(crate) fn sending_notes() -> Matching {
    Matching::of(Service::Lever, "POST", "/v1/opportunities/*/notes")
}

fn sending_files() -> Matching {
    Matching::of(Service::Lever, "POST", "/v1/opportunities/*/files")
}

fn into(code: CodeIn) -> Option<NoteChoice> {
    Some(NoteChoice {
        code: Some(code),
        ..NoteChoice::default()
    })
}

impl Round {
    pub(crate) async fn prepare(&self, choice: Option<NoteChoice>) -> PreparedNote {
        let prepared = self.desk.handle.prepare_note(self.id.clone(), choice);
        prepared.await.unwrap()
    }

    pub(crate) async fn send(&self, text: &str) -> Answer<NoteStatus> {
        let note = NoteToSend {
            text: text.to_owned(),
            secret: false,
        };
        self.desk.handle.send_note(self.id.clone(), note).await
    }

    pub(crate) fn notes(&self) -> Vec<String> {
        self.services.world.with(|world| world.notes_of(&self.who))
    }

    fn files(&self) -> Vec<String> {
        self.services.world.with(|world| {
            let files = &world.lever.opportunities[&self.who].files;
            files.iter().map(|file| file.name.clone()).collect()
        })
    }

    pub(crate) fn fault(&self, matching: Matching, effect: Effect, times: u32) {
        let (name, times) = (String::new(), Some(times));
        self.services.world.with(|world| {
            world.faults.set(Rule {
                name,
                matching,
                effect,
                times,
            })
        });
    }

    async fn note(&self) -> NoteStatus {
        self.row().await.note.unwrap()
    }

    /// Until what is on its way has arrived.
    async fn added(&mut self) {
        while self.note().await.state != NoteState::Added {
            self.wait(Duration::from_secs(5)).await;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn from_the_pad_over_the_interview_to_one_note_on_the_candidate() {
    let mut round = Round::held(50).await;
    round.forget_requests();
    let prepared = round.prepare(None).await;
    assert_eq!((prepared.parts, &prepared.file), (1, &None));
    assert!(prepared.text.contains("/playback") && prepared.text.contains("sorted("));
    assert!(prepared.text.contains("participants:") && prepared.text.contains("runs: "));
    assert_eq!(
        round.notes(),
        Vec::<String>::new(),
        "nothing is sent before the yes"
    );
    let mine = format!("{}\nGood with dictionaries.", prepared.text);
    let status = round.send(&mine).await.unwrap();
    assert_eq!(status.state, NoteState::Added);
    let notes = round.notes();
    assert_eq!(notes.len(), 1);
    assert!(notes[0].starts_with(&mine) && notes[0].contains("padwatch-note-"));
    assert_eq!(round.asked(POST), 1);
    let row = round.row().await;
    assert_eq!(row.state, RowState::NoteAdded);
    assert_eq!(row.times.since_ms, row.note.map(|note| note.since_ms));
    let again = round.send(&mine).await.unwrap_err();
    assert_eq!(again.code(), ProblemCode::TooLate);
    let twice = round.desk.handle.prepare_note(round.id.clone(), None).await;
    assert_eq!(twice.unwrap_err().code(), ProblemCode::TooLate);
    round.wait(2 * HOUR).await;
    assert_eq!(round.notes().len(), 1);
    let timeline = round
        .desk
        .handle
        .detail(round.id.clone())
        .await
        .unwrap()
        .timeline;
    assert_eq!(timeline.last().unwrap().what, Activity::NoteAdded);
    assert!(
        round.desk.announcements.try_recv().is_err(),
        "who waits is not told twice"
    );
}

#[tokio::test(start_paused = true)]
async fn whatever_happens_to_the_answer_there_is_one_note() {
    let done = |status: OtherStatus| {
        Effect::Status(OtherStatus {
            done: true,
            ..status
        })
    };
    let effects = [
        Effect::DropBefore,
        Effect::DropAfter,
        Effect::Status(OtherStatus::of(500)),
        done(OtherStatus::of(500)),
        Effect::Status(OtherStatus::page(503)),
        done(OtherStatus::page(503)),
        Effect::Status(OtherStatus::of(408)),
        Effect::WithoutId,
        Effect::Truncated,
        Effect::CutOff,
        Effect::ProxyPage,
        Effect::Delay { ms: 60_000 },
        Effect::Drip { over_ms: 60_000 },
        Effect::Redirect {
            to: "https://evil.example/".into(),
        },
        Effect::Late { after_ms: 3_000 },
        Effect::Late { after_ms: 90_000 },
    ];
    for (seed, effect) in (60..).zip(effects) {
        let mut round = Round::held(seed).await;
        let prepared = round.prepare(None).await;
        round.fault(sending_notes(), effect.clone(), 1);
        let status = round.send(&prepared.text).await.unwrap();
        if status.state != NoteState::Added {
            assert_eq!(status.state, NoteState::Uncertain, "{effect:?}");
            let told = round
                .desk
                .hears("the note", |news| matches!(news, News::NoteAdded { .. }))
                .await;
            assert!(matches!(&told.news, News::NoteAdded { who } if who.name == NAME));
        }
        round.added().await;
        assert_eq!(round.notes().len(), 1, "{effect:?}: {:?}", round.notes());
        round.wait(HOUR).await;
        assert_eq!(round.notes().len(), 1, "{effect:?}, an hour later");
        round.desk.close().await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_note_that_arrives_after_it_was_sent_again_is_taken_off() {
    let mut round = Round::held(80).await;
    let prepared = round.prepare(None).await;
    // Longer than three looks over two minutes: no look can know.
    round.fault(sending_notes(), Effect::Late { after_ms: 150_000 }, 1);
    round.send(&prepared.text).await.unwrap();
    round.added().await;
    round.wait(HOUR).await;
    assert_eq!(round.asked(POST), 2);
    assert_eq!(round.notes().len(), 1, "{:?}", round.notes());
}

#[tokio::test(start_paused = true)]
async fn a_refused_note_says_why_keeps_what_was_written_and_can_be_sent_later() {
    for (seed, effect, code) in [
        (81, OtherStatus::of(403), ProblemCode::LeverNotAllowed),
        (82, OtherStatus::of(401), ProblemCode::LeverKeyWrong),
        (83, OtherStatus::of(400), ProblemCode::Refused),
        (84, OtherStatus::of(429), ProblemCode::ServiceDown),
    ] {
        let round = Round::held(seed).await;
        round.prepare(None).await;
        round.fault(sending_notes(), Effect::Status(effect), 1);
        let problem = round.send("What I wrote").await.unwrap_err();
        assert_eq!(problem.code(), code);
        assert_eq!(round.notes(), Vec::<String>::new());
        let status = round.note().await;
        assert_eq!(status.state, NoteState::Prepared);
        assert_eq!(status.problem.unwrap().code(), code);
        let kept = round.prepare(None).await;
        assert_eq!(kept.text, "What I wrote");
        round.wait(HOUR).await;
        assert_eq!(round.asked(POST), 1, "it waits for the person");
        assert_eq!(
            round.send(&kept.text).await.unwrap().state,
            NoteState::Added
        );
        assert_eq!(round.notes().len(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn where_lever_wants_a_user_it_is_said_and_nothing_is_lost() {
    let services = Services::new(85);
    let mut round = Round::with(services, padwatch_domain::settings::Settings::default()).await;
    round.play_and_end().await;
    round.desk.hears("the end", finished).await;
    round
        .services
        .world
        .with(|world| world.switch(|switches| switches.lever.require_perform_as = true));
    let prepared = round.prepare(None).await;
    let problem = round.send(&prepared.text).await.unwrap_err();
    assert_eq!(problem.code(), ProblemCode::ActingUserNeeded);
    assert_eq!(round.note().await.state, NoteState::Prepared);
    let file = round
        .desk
        .handle
        .prepare_note(round.id.clone(), into(CodeIn::File));
    assert_eq!(
        file.await.unwrap_err().code(),
        ProblemCode::ActingUserNeeded
    );
}

#[tokio::test(start_paused = true)]
async fn lever_down_between_preview_and_sending_keeps_the_note() {
    let round = Round::held(86).await;
    let prepared = round.prepare(None).await;
    let offline = |on| {
        round
            .services
            .world
            .with(|world| world.switch(|switches| switches.lever.offline = on));
    };
    offline(true);
    let problem = round.send(&prepared.text).await.unwrap_err();
    assert_eq!(problem.code(), ProblemCode::Offline);
    round.wait(10 * MINUTE).await;
    let problem = round.send("Changed meanwhile").await.unwrap_err();
    assert_eq!(problem.code(), ProblemCode::Offline, "{problem:?}");
    offline(false);
    round.wait(5 * MINUTE).await;
    assert_eq!(round.notes(), Vec::<String>::new());
    assert_eq!(round.prepare(None).await.text, "Changed meanwhile");
    round.send("Changed meanwhile").await.unwrap();
    assert_eq!(round.notes().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn code_in_a_file_is_attached_once_and_the_note_names_it() {
    for (seed, effect) in [
        (90, None),
        (91, Some(Effect::DropAfter)),
        (92, Some(Effect::DropBefore)),
        (93, Some(Effect::Status(OtherStatus::page(503)))),
    ] {
        let mut round = Round::held(seed).await;
        let prepared = round.prepare(into(CodeIn::File)).await;
        let file = prepared.file.unwrap();
        assert!(prepared.text.contains(&file.name) && !prepared.text.contains("sorted("));
        if let Some(effect) = effect {
            round.fault(sending_files(), effect, 1);
        }
        round.send(&prepared.text).await.unwrap();
        round.added().await;
        assert_eq!(round.files(), [file.name]);
        assert_eq!(round.notes().len(), 1);
        let bytes = round
            .services
            .world
            .with(|world| world.lever.opportunities[&round.who].files[0].bytes.clone());
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        assert!(text.contains("sorted("), "{text}");
    }
}

#[tokio::test(start_paused = true)]
async fn long_code_is_split_and_resumes_where_it_was_refused() {
    let mut round = Round::new(95).await;
    round.wait(20 * MINUTE).await;
    round.services.world.with(|world| {
        let ada = guest(NAME);
        world.join(&round.pad, ada).unwrap();
        let long = "value = '@somebody'\n".repeat(3_000);
        world.write_code(&round.pad, ada, None, &long).unwrap();
        world.end_interview(&round.pad).unwrap();
    });
    round.desk.hears("the end", finished).await;
    let prepared = round.prepare(into(CodeIn::Note)).await;
    assert_eq!(prepared.parts, 4);
    let second = Matching {
        skip: 1,
        ..sending_notes()
    };
    round.fault(second, Effect::Status(OtherStatus::of(403)), 1);
    let problem = round.send(&prepared.text).await.unwrap_err();
    assert_eq!(problem.code(), ProblemCode::LeverNotAllowed);
    let status = round.note().await;
    assert_eq!(
        (status.state, status.parts_there, status.parts),
        (NoteState::Halted, 1, 4)
    );
    let status = round.send("this is not looked at").await.unwrap();
    assert_eq!(status.state, NoteState::Added);
    let notes = round.notes();
    assert_eq!(notes.len(), 4);
    for (number, note) in (1..).zip(&notes) {
        assert!(note.contains(&format!("part: {number}/4")), "{number}");
        assert!(!note.contains("@somebody"));
    }
}

#[tokio::test(start_paused = true)]
async fn a_restart_while_a_note_is_unclear_adds_no_second_one() {
    for (seed, effect) in [(96, Effect::DropAfter), (97, Effect::DropBefore)] {
        let round = Round::held(seed).await;
        let prepared = round.prepare(None).await;
        round.fault(sending_notes(), effect, 1);
        let status = round.send(&prepared.text).await.unwrap();
        assert_eq!(status.state, NoteState::Uncertain);
        let Round {
            services,
            desk,
            who,
            ..
        } = round;
        let folder = desk.close().await;
        let settings = acting(&services);
        let mut again = services.desk_in(folder, settings).await;
        again
            .hears("the note", |news| matches!(news, News::NoteAdded { .. }))
            .await;
        services.clock.sleep(HOUR).await;
        let notes = services.world.with(|world| world.notes_of(&who));
        assert_eq!(notes.len(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_key_that_may_write_notes_and_not_read_them_asks_the_person() {
    let mut round = Round::held(98).await;
    round.services.world.with(|world| {
        for key in world.lever.keys.values_mut() {
            key.missing.insert("Find all opportunity notes".to_owned());
        }
    });
    let prepared = round.prepare(None).await;
    round.fault(sending_notes(), Effect::DropAfter, 1);
    round.send(&prepared.text).await.unwrap();
    let told = round
        .desk
        .hears("the doubt", |news| matches!(news, News::NoteRefused { .. }))
        .await;
    assert!(format!("{told:?}").contains("NoteUnknown"), "{told:?}");
    assert_eq!(round.note().await.state, NoteState::Halted);
    round.wait(HOUR).await;
    assert_eq!(round.asked(POST), 1, "nothing is sent again without a word");
    round
        .desk
        .handle
        .discard_note(round.id.clone())
        .await
        .unwrap();
    assert_eq!(round.row().await.note, None);
}

#[tokio::test(start_paused = true)]
async fn what_was_chosen_is_in_the_note_and_secret_stays_secret() {
    let round = Round::held(99).await;
    round.services.world.with(|world| {
        let said = json!([{"speaker": NAME, "text": "I would sort @them"}]);
        world.set_pad_field(&round.pad, "transcript", said).unwrap();
    });
    let plain = round.prepare(None).await;
    assert!(plain.offers.transcript && !plain.text.contains("I would sort"));
    let choice = NoteChoice {
        code: Some(CodeIn::Nowhere),
        transcript: true,
        ..NoteChoice::default()
    };
    let chosen = round.prepare(Some(choice)).await;
    assert!(chosen.text.contains("I would sort @ them") && !chosen.text.contains("sorted("));
    let note = NoteToSend {
        text: chosen.text,
        secret: true,
    };
    round
        .desk
        .handle
        .send_note(round.id.clone(), note)
        .await
        .unwrap();
    let secret = round.services.world.with(|world| {
        let notes = &world.lever.opportunities[&round.who].notes;
        notes.iter().map(|note| note.secret).collect::<Vec<_>>()
    });
    assert_eq!(secret, [true]);
    // Another one, on the person's explicit word.
    let more = round.prepare(into(CodeIn::Note)).await;
    round.send(&more.text).await.unwrap();
    assert_eq!(round.notes().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn an_empty_or_endless_note_is_not_sent() {
    let round = Round::held(100).await;
    let without = round.send("Hello").await.unwrap_err();
    assert_eq!(without.code(), ProblemCode::TooLate, "nothing was prepared");
    round.prepare(None).await;
    for text in [" \n ".to_owned(), "x\n".repeat(200_000)] {
        let problem = round.send(&text).await.unwrap_err();
        assert_eq!(problem.code(), ProblemCode::NotValid);
    }
    assert_eq!(round.asked(POST), 0);
}
