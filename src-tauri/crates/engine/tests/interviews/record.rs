use padwatch_domain::announcement::News;
use padwatch_domain::lifecycle::Ending;
use padwatch_domain::problem::ProblemCode;
use padwatch_domain::record::code::CodeFile;
use padwatch_engine::snapshot::RowState;
use sandbox::coderpad::environments::SourceFile;
use sandbox::{Effect, FileContents, Matching, OtherStatus, Service};
use serde_json::json;

use crate::round::{MINUTE, NAME, Round, finished, guest};
use padwatch_domain::note::notice::{EditsTrouble, Notice};

/// All files of the code.
async fn files(round: &Round) -> (Vec<CodeFile>, Vec<Notice>) {
    let code = round.desk.handle.code(round.id.clone()).await.unwrap();
    let files = code.environments.into_iter().flat_map(|one| one.files);
    (files.collect(), code.notices)
}

fn text_of(round: &Round) -> String {
    round.services.world.with(|world| {
        let pad = &world.coderpad.pads[&round.pad];
        let first = pad.values.environments[0];
        world.coderpad.environments[&first].files[0]
            .text()
            .to_owned()
    })
}

#[tokio::test(start_paused = true)]
async fn the_finished_view_shows_when_how_long_who_and_what_was_run() {
    let round = Round::held(30).await;
    let view = round
        .desk
        .handle
        .finished_view(round.id.clone())
        .await
        .unwrap();
    assert_eq!((view.name.as_str(), view.ending), (NAME, Ending::Held));
    let names: Vec<&str> = view.people.iter().map(|one| one.name.as_str()).collect();
    assert!(names.contains(&NAME) && names.len() == 2, "{names:?}");
    assert_eq!(view.runs.len(), 1);
    assert_eq!(view.runs[0].runs, 2);
    let minutes = view.lasted_ms.unwrap() / 60_000;
    assert_eq!(
        minutes, 27,
        "both were there from the third minute of half an hour on"
    );
    assert!(view.complete && view.pad.playback.ends_with("/playback"));
    assert!(!view.drawing && !view.offers.transcript);
}

#[tokio::test(start_paused = true)]
async fn the_code_is_the_last_text_whatever_the_contents_are() {
    let round = Round::held(31).await;
    let last = text_of(&round);
    assert!(last.contains("sorted("), "the interview ends with an edit");
    let (shown, notices) = files(&round).await;
    assert_eq!(
        (shown[0].text.as_deref(), &shown[0].remark),
        (Some(&*last), &None)
    );
    assert_eq!(notices, []);
    round.services.world.with(|world| {
        world.switch(|switches| switches.coderpad.file_contents = FileContents::Initial);
    });
    let (shown, _) = files(&round).await;
    assert_eq!(shown[0].text.as_deref(), Some(&*last));
    assert_eq!(shown[0].remark, Some(Notice::EditsDiffer));
    round
        .services
        .world
        .with(|world| assert_eq!(world.journal.violations(), Vec::<String>::new()));
}

#[tokio::test(start_paused = true)]
async fn the_playback_is_where_coderpad_says() {
    let mut round = Round::new(47).await;
    let playback = format!("https://coderpad.io/{}/playback", round.pad);
    round.services.world.with(|world| {
        let said = json!(playback);
        world.set_pad_field(&round.pad, "playback", said).unwrap();
    });
    round.play_and_end().await;
    let told = round.desk.hears("the end", finished).await;
    let News::Finished { playback: told, .. } = told.news else {
        panic!("{told:?}")
    };
    let row = round.row().await.pad.unwrap().playback;
    let id = round.id.clone();
    let view = round.desk.handle.finished_view(id).await.unwrap();
    assert_eq!(
        [told, row, view.pad.playback],
        [(); 3].map(|()| playback.clone())
    );
}

#[tokio::test(start_paused = true)]
async fn edits_on_the_first_text_come_to_the_last_one() {
    let round = Round::held(38).await;
    let last = text_of(&round);
    for contents in [FileContents::Initial, FileContents::Latest] {
        round.services.world.with(|world| {
            world.switch(|switches| {
                switches.coderpad.file_contents = contents;
                switches.coderpad.history_from_first_text = true;
            });
        });
        let (shown, _) = files(&round).await;
        assert_eq!(shown[0].text.as_deref(), Some(&*last), "{contents:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_edit_that_does_not_fit_is_named_and_what_follows_counts() {
    for (seed, place) in [(39, 1), (46, 3)] {
        for contents in [FileContents::Initial, FileContents::Latest] {
            let round = Round::held(seed).await;
            let last = text_of(&round);
            round.services.world.with(|world| {
                world.switch(|switches| switches.coderpad.file_contents = contents);
                let first = world.coderpad.pads[&round.pad].values.environments[0];
                let environment = world.coderpad.environments.get_mut(&first).unwrap();
                environment.files[0].misplace_edit(place);
            });
            let (shown, _) = files(&round).await;
            assert_eq!(shown[0].text.as_deref(), Some(&*last), "{contents:?}");
            let remark = shown[0].remark.clone();
            if contents == FileContents::Initial {
                let first = place + 1;
                let left_out = Notice::EditsLeftOut { count: 1, first };
                assert_eq!(remark, Some(left_out), "{contents:?}");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn every_environment_and_file_is_shown_and_binary_files_are_named() {
    let mut round = Round::new(32).await;
    let ada = guest(NAME);
    round.wait(20 * MINUTE).await;
    let now = round.now_ms();
    round.services.world.with(|world| {
        world.join(&round.pad, ada).unwrap();
        world
            .type_code(&round.pad, ada, None, "first = '🙂'\n")
            .unwrap();
        let files = vec![
            SourceFile::new("src/main.zig", "const a = 1;", NAME, now),
            SourceFile::new("src/b.zig", "", NAME, now),
            SourceFile::binary("logo.png"),
        ];
        world
            .open_environment(&round.pad, "zig-9000", files)
            .unwrap();
        world
            .type_code(&round.pad, ada, Some("src/b.zig"), "const b = '😁';")
            .unwrap();
        world
            .write_code(&round.pad, ada, Some("src/b.zig"), "const b = '😀';")
            .unwrap();
        // What goes in one file leaves the others alone.
        world
            .write_code(&round.pad, ada, Some("src/main.zig"), "const a;")
            .unwrap();
        world
            .write_code(&round.pad, ada, Some("src/b.zig"), "'😀';")
            .unwrap();
        world.end_interview(&round.pad).unwrap();
    });
    round.desk.hears("the end", finished).await;
    let code = round.desk.handle.code(round.id.clone()).await.unwrap();
    assert_eq!(code.environments.len(), 2);
    let (one, two) = (&code.environments[0], &code.environments[1]);
    assert!(one.files[0].text.as_ref().unwrap().contains("first = '🙂'"));
    assert_eq!((two.language.as_str(), two.on_screen), ("zig-9000", true));
    assert_eq!(two.files[0].text.as_deref(), Some("const a;"));
    assert_eq!(two.files[1].text.as_deref(), Some("'😀';"));
    assert!(two.files[2].binary && two.files[2].text.is_none());
}

#[tokio::test(start_paused = true)]
async fn edits_that_cannot_be_replayed_leave_coderpads_own_text() {
    let round = Round::held(33).await;
    let last = text_of(&round);
    for effect in [
        Effect::Status(OtherStatus::of(403)),
        Effect::ProxyPage,
        Effect::Truncated,
        Effect::DropBefore,
        Effect::Redirect {
            to: "https://evil.example/history.json".into(),
        },
    ] {
        round.services.world.with(|world| {
            world.faults.clear();
            let logs = Matching::all_of(Service::History);
            world.faults.always(logs, effect.clone());
        });
        let (shown, _) = files(&round).await;
        assert_eq!(shown[0].text.as_deref(), Some(&*last), "{effect:?}");
        let is_own = matches!(shown[0].remark, Some(Notice::OwnText { .. }));
        assert!(is_own, "{effect:?}: {:?}", shown[0].remark);
    }
    round.services.world.with(|world| world.faults.clear());
    let site = "https://evil.example".to_owned();
    round
        .services
        .world
        .with(|world| world.coderpad.history_site = site);
    let (shown, _) = files(&round).await;
    let trouble = EditsTrouble::OtherHost;
    assert_eq!(shown[0].remark, Some(Notice::OwnText { trouble }));
}

#[tokio::test(start_paused = true)]
async fn no_files_a_thousand_files_and_twenty_megabytes_are_said_in_a_sentence() {
    let mut round = Round::new(34).await;
    round.wait(20 * MINUTE).await;
    let now = round.now_ms();
    round.services.world.with(|world| {
        world.join(&round.pad, guest(NAME)).unwrap();
        let first = world.coderpad.pads[&round.pad].values.environments[0];
        world
            .coderpad
            .environments
            .get_mut(&first)
            .unwrap()
            .files
            .clear();
        world.end_interview(&round.pad).unwrap();
    });
    round.desk.hears("the end", finished).await;
    let (none, notices) = files(&round).await;
    assert_eq!((none.len(), notices.len()), (0, 1), "{notices:?}");

    round.services.world.with(|world| {
        let many = (0..1005).map(|n| SourceFile::new(&format!("f{n}.py"), "x", NAME, now));
        world
            .open_environment(&round.pad, "multifile_python", many.collect())
            .unwrap();
    });
    let (many, notices) = files(&round).await;
    assert_eq!(many.len(), 1000);
    assert!(
        notices.contains(&Notice::MoreFiles {
            more: 5,
            shown: 1000
        }),
        "{notices:?}"
    );

    round.services.world.with(|world| {
        let large = "0123456789abcde\n".repeat(500_000);
        let files = (0..3).map(|n| SourceFile::new(&format!("big{n}.py"), &large, NAME, now));
        let first = world.coderpad.pads[&round.pad].values.environments[1];
        world.coderpad.environments.get_mut(&first).unwrap().files = files.collect();
    });
    let (large, notices) = files(&round).await;
    let shown: Vec<bool> = large.iter().map(|file| file.text.is_some()).collect();
    assert_eq!(shown, [true, true, false]);
    assert!(notices.contains(&Notice::MoreText), "{notices:?}");
}

#[tokio::test(start_paused = true)]
async fn an_old_pad_without_environments_shows_its_one_text() {
    let round = Round::held(35).await;
    let last = text_of(&round);
    round.services.world.with(|world| {
        world.switch(|switches| {
            switches.coderpad.no_environments = true;
            switches.coderpad.history_in_read = true;
        });
    });
    let (shown, _) = files(&round).await;
    assert_eq!(shown.len(), 1);
    assert_eq!(shown[0].text.as_deref(), Some(&*last));
}

#[tokio::test(start_paused = true)]
async fn a_drawing_is_linked_afresh_and_what_coderpad_offers_is_said() {
    let round = Round::held(36).await;
    let nothing = round
        .desk
        .handle
        .drawing(round.id.clone())
        .await
        .unwrap_err();
    assert_eq!(nothing.code(), ProblemCode::Gone);
    for signature in ["one", "two"] {
        let link = format!("https://drawings.example/x?signature={signature}");
        round.services.world.with(|world| {
            world
                .set_pad_field(&round.pad, "drawing", json!(link))
                .unwrap();
            let said = json!([{"speaker": NAME, "text": "Hello"}]);
            world.set_pad_field(&round.pad, "transcript", said).unwrap();
        });
        let drawing = round.desk.handle.drawing(round.id.clone()).await.unwrap();
        assert_eq!(drawing, link);
    }
    let view = round
        .desk
        .handle
        .finished_view(round.id.clone())
        .await
        .unwrap();
    assert!(view.drawing && view.offers.transcript && !view.offers.summary);
}

#[tokio::test(start_paused = true)]
async fn a_pad_that_is_gone_or_somebody_elses_by_now_is_a_clear_problem() {
    let round = Round::held(37).await;
    round
        .services
        .world
        .with(|world| world.delete_pad(&round.pad).unwrap());
    let view = round
        .desk
        .handle
        .finished_view(round.id.clone())
        .await
        .unwrap_err();
    assert_eq!(view.code(), ProblemCode::Gone);
    let code = round.desk.handle.code(round.id.clone()).await.unwrap_err();
    assert_eq!(code.code(), ProblemCode::Gone);
    let note = round.desk.handle.prepare_note(round.id.clone(), None).await;
    assert_eq!(note.unwrap_err().code(), ProblemCode::Gone);
    assert_eq!(round.row().await.state, RowState::Ended, "what was, was");
}
