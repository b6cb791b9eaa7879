use tokio::sync::mpsc::Receiver;

use super::*;
use crate::window::Opening;

fn profile(folder: &tempfile::TempDir) -> Profile {
    Profile::open(Some(folder.path()), false).unwrap()
}

async fn alone(profile: &Profile) -> Alone {
    match claim(profile, Start::Shown).await.unwrap() {
        Claim::Alone(alone) => alone,
        Claim::Second => panic!("there is another"),
    }
}

/// The first, which listens, and where its window is wanted.
async fn first(profile: &Profile) -> Receiver<Opening> {
    let (window, wanted) = Window::new();
    let nothing = || async { Err("Nothing is ready.".to_owned()) };
    tokio::spawn(alone(profile).await.listen(window, nothing, || ()));
    wanted.opened
}

/// The same, which copies whatever it is asked for.
async fn copying(profile: &Profile, copied: &'static str) {
    let (window, _) = Window::new();
    let copy = move || async move { Ok(copied.to_owned()) };
    tokio::spawn(alone(profile).await.listen(window, copy, || ()));
}

#[tokio::test]
async fn the_first_copies_and_a_second_start_says_what() {
    let folder = tempfile::tempdir().unwrap();
    let profile = profile(&folder);
    copying(&profile, "Copied Zoë’s link.").await;
    for _ in 0..2 {
        let told = ask_to_copy(&profile).await.unwrap();
        assert_eq!(told, Ok("Copied Zoë’s link.".to_owned()));
    }
}

#[tokio::test]
async fn what_was_not_copied_is_told_and_no_window_opens() {
    let folder = tempfile::tempdir().unwrap();
    let profile = profile(&folder);
    let mut wanted = first(&profile).await;
    let told = ask_to_copy(&profile).await.unwrap();
    assert_eq!(told, Err("Nothing is ready.".to_owned()));
    assert!(wanted.try_recv().is_err());
}

#[tokio::test]
async fn without_a_first_nothing_is_copied_and_nothing_starts() {
    let folder = tempfile::tempdir().unwrap();
    let profile = profile(&folder);
    let told = ask_to_copy(&profile).await;
    assert!(matches!(told, Err(NotClaimed::NotRunning)));
    // The lock that a former one left behind is no one's.
    drop(alone(&profile).await);
    let told = ask_to_copy(&profile).await;
    assert!(matches!(told, Err(NotClaimed::NotRunning)));
}

#[tokio::test]
async fn a_second_start_shows_the_window_of_the_first_unless_it_is_hidden() {
    let folder = tempfile::tempdir().unwrap();
    let profile = profile(&folder);
    let mut wanted = first(&profile).await;
    let hidden = claim(&profile, Start::Hidden).await.unwrap();
    assert!(matches!(hidden, Claim::Second));
    assert!(wanted.try_recv().is_err());
    for _ in 0..2 {
        let second = claim(&profile, Start::Shown).await.unwrap();
        assert!(matches!(second, Claim::Second));
        wanted.recv().await.unwrap();
    }
}

#[tokio::test]
async fn a_second_start_hands_on_the_permission_to_come_to_the_front() {
    let folder = tempfile::tempdir().unwrap();
    let profile = profile(&folder);
    let mut wanted = first(&profile).await;
    for (said, token) in [("s", None), ("stoken", Some("token"))] {
        drop(ask(&profile, said.as_bytes()).await.unwrap());
        let activation = token.and_then(ActivationToken::of);
        assert_eq!(wanted.recv().await, Some(Opening { activation }));
    }
}

#[tokio::test]
async fn one_that_is_asked_to_end_has_ended_when_the_asking_is_over() {
    let folder = tempfile::tempdir().unwrap();
    let profile = profile(&folder);
    // Where there is none, nothing is to be done.
    ask_to_quit(&profile).await.unwrap();
    let (window, mut wanted) = Window::new();
    let (told, mut quit) = tokio::sync::mpsc::unbounded_channel();
    let copy = || async { Err(String::new()) };
    let quitting = move || told.send(()).unwrap();
    let first = tokio::spawn(alone(&profile).await.listen(window, copy, quitting));
    let asking = ask_to_quit(&profile);
    tokio::pin!(asking);
    tokio::select! {
        _ = &mut asking => panic!("it has not ended"),
        asked = quit.recv() => assert_eq!(asked, Some(())),
    }
    // As long as it is busy with its end, it has not ended.
    assert!(timeout(BETWEEN_TRIES * 3, &mut asking).await.is_err());
    first.abort();
    asking.await.unwrap();
    assert!(wanted.opened.try_recv().is_err(), "no window opens");
}

#[tokio::test]
async fn a_start_that_takes_the_place_of_one_waits_for_its_end() {
    let folder = tempfile::tempdir().unwrap();
    let profile = profile(&folder);
    let ending = alone(&profile).await;
    let again = claim(&profile, Start::Again);
    tokio::pin!(again);
    assert!(timeout(BETWEEN_TRIES * 3, &mut again).await.is_err());
    drop(ending);
    assert!(matches!(again.await.unwrap(), Claim::Alone(_)));
}

#[tokio::test]
async fn a_second_start_leaves_the_lock_of_the_first_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let profile = profile(&folder);
    let place = profile.folder().join("running.lock");
    std::fs::write(&place, "kept").unwrap();
    let _first = alone(&profile).await;
    let second = claim(&profile, Start::Hidden).await.unwrap();
    assert!(matches!(second, Claim::Second));
    assert_eq!(std::fs::metadata(&place).unwrap().len(), 4);
}

#[tokio::test]
async fn another_folder_is_another_profile() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let _first = alone(&profile(&one)).await;
    alone(&profile(&other)).await;
}

// Windows leaves nothing behind.
#[cfg(unix)]
#[tokio::test]
async fn what_a_crash_left_behind_is_taken_over() {
    let folder = tempfile::tempdir().unwrap();
    let profile = profile(&folder);
    let first_one = alone(&profile).await;
    // The socket stays, as it does when no one can clean up.
    let socket = first_one.listener.unwrap();
    drop(first_one._lock);
    let mut wanted = first(&profile).await;
    claim(&profile, Start::Shown).await.unwrap();
    wanted.recv().await.unwrap();
    drop(socket);
}

#[tokio::test(start_paused = true)]
async fn one_that_does_not_answer_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let profile = profile(&folder);
    let mut silent = alone(&profile).await;
    silent.listener = None;
    let second = claim(&profile, Start::Shown).await;
    assert!(matches!(second, Err(NotClaimed::NoAnswer)));
}
