//! When plans change: an old time, a pad that is no longer needed, and a pad that is replaced. A sandbox and
//! a program whose time runs faster.

use sandbox::{Effect, Matching, OpportunityId, OtherStatus, PadId, Service, World};
use serde_json::{Value, json};

use crate::harness::clipboard;
use crate::harness::desk::Desk;
use crate::harness::fast_office;
use crate::harness::menu::Menu;
use crate::harness::notifications::Notifications;
use crate::harness::page::Page;
use crate::harness::program::Program;
use crate::harness::sandbox::Sandbox;
use crate::harness::screen;
use crate::harness::tray::Tray;
use crate::harness::wait::until;

/// Tagged, and one stage before the watched one.
const NAME: &str = "Amara Nwosu";

/// One candidate whose link was copied, in the window.
struct Round {
    desk: Desk,
    sandbox: Sandbox,
    program: Program,
    menu: Menu,
    page: Page,
    who: OpportunityId,
    pad: PadId,
    _others: (Tray, Notifications, crate::harness::keyring::Keyring),
}

impl Round {
    async fn begin() -> Self {
        let (desk, tray, notifications, keyring, sandbox) = fast_office().await;
        let program = Program::start_fast(&desk, &sandbox);
        let menu = tray.menu().await;
        menu.row("Watching").await;
        sandbox.move_to(NAME, "Phone Screen").await;
        menu.click("Check now").await;
        let shown = notifications.titled(&format!("Pad ready: {NAME}, ")).await;
        notifications.press(&shown, "Copy link").await;
        let pad = sandbox.pads().await[0]["id"].clone();
        let who = sandbox.candidate(NAME).await["opportunity"].clone();
        menu.click("Open Padwatch").await;
        let page = program.page(&desk).await;
        page.press_row(NAME).await;
        page.is_about(NAME).await;
        Self {
            who: OpportunityId::from(who.as_str().unwrap()),
            pad: PadId::from(pad.as_str().unwrap()),
            desk,
            sandbox,
            program,
            menu,
            page,
            _others: (tray, notifications, keyring),
        }
    }

    fn with<T>(&self, act: impl FnOnce(&mut World) -> T) -> T {
        self.sandbox.with(act)
    }

    /// Something in Lever, as the control page does it. What is looked at next shows it.
    async fn in_lever(&self, what: Value) -> Value {
        let mut command = what;
        command["opportunity"] = json!(self.who);
        let said = self.sandbox.play("candidates", &command).await;
        self.menu.click("Check now").await;
        said
    }

    /// Requests of this kind get this answer.
    fn answers(&self, service: Service, method: &str, path: &str, status: u16) -> u64 {
        let matching = Matching::of(service, method, path);
        let effect = Effect::Status(OtherStatus::page(status));
        self.with(|world| world.faults.always(matching, effect))
    }

    fn is_ended(&self) -> bool {
        let pads = self.with(|world| world.pads());
        let own = pads.iter().find(|pad| pad.id == self.pad.as_str());
        own.unwrap().state == "ended"
    }

    fn links(&self) -> Vec<String> {
        self.with(|world| world.links_of(&self.who))
    }

    /// Waits until these words can no longer be read.
    async fn says_no_longer(&self, words: &str) {
        until(&format!("the page no longer says: {words}"), async || {
            let text = self.page.text().await;
            (!text.contains(words)).then_some(())
        })
        .await;
    }

    async fn end(self) {
        self.page.leave().await;
        assert!(self.program.end().await.success());
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn a_rescheduled_interview_has_its_new_invitation_at_hand() {
    let round = Round::begin().await;
    let first = json!({"do": "scheduleInterview", "inMinutes": 60, "minutes": 45});
    let interview = round.in_lever(first).await["interview"].clone();
    round.page.says("Interview scheduled").await;
    let old = "Old time in invitation";
    assert!(!round.page.text().await.contains(old));

    // While Lever doesn't say when it is, nothing is called old.
    let interviews = "/v1/opportunities/*/interviews";
    let silent = round.answers(Service::Lever, "GET", interviews, 503);
    let mut moved = json!({"do": "moveInterview", "inMinutes": 90, "interview": interview});
    round.in_lever(moved.clone()).await;
    until("Lever was asked when the interview is", async || {
        let kind = "GET /v1/opportunities/:id/interviews";
        let asked = round.with(|world| world.journal.count(kind));
        (asked > 1).then_some(())
    })
    .await;
    assert!(!round.page.text().await.contains(old));
    round.with(|world| world.faults.remove(silent));
    moved["inMinutes"] = json!(120);
    round.in_lever(moved).await;
    round.page.says(old).await;
    round.page.says("Copy the invitation again").await;
    screen::picture_of_part(&round.desk, "440x232+0+0", "guide-old-time");

    clipboard::replace(&round.desk, "something else");
    round.page.press("Copy invitation").await;
    let text = clipboard::starting_with(&round.desk, "Hi Amara").await;
    assert!(text.contains("When: "), "{text}");
    round.says_no_longer(old).await;
    round.end().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn a_pad_that_is_no_longer_needed_is_kept_or_ended_and_never_under_someone() {
    let round = Round::begin().await;
    round.in_lever(json!({"do": "archive"})).await;
    round.page.says("Archived – pad open").await;
    screen::picture(&round.desk, "pad-unneeded");

    // Someone is there.
    let ada = json!({"do": "join", "pad": round.pad, "name": NAME});
    round.sandbox.play("pads", &ada).await;
    round.page.press("End pad…").await;
    round.page.press("End pad").await;
    round.page.says("Someone is in the pad.").await;
    assert!(!round.is_ended());
    screen::picture(&round.desk, "pad-unneeded-in-use");
    round.page.press("Cancel").await;
    let left = json!({"do": "leave", "pad": round.pad, "name": NAME});
    round.sandbox.play("pads", &left).await;

    // CoderPad doesn't say who is there.
    let silent = round.answers(Service::CoderPad, "GET", "/api/pads/*/events", 503);
    round.page.press("End pad…").await;
    round.page.press("End pad").await;
    round.page.says("CoderPad is having problems.").await;
    assert!(!round.is_ended());
    round.with(|world| world.faults.remove(silent));
    round.page.press("End pad").await;
    round.page.says("You ended the pad.").await;
    assert!(round.is_ended());
    screen::picture(&round.desk, "pad-ended");
    round.end().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn a_pad_that_is_kept_is_no_longer_asked_about() {
    let round = Round::begin().await;
    let scheduled = json!({"do": "scheduleInterview", "inMinutes": 60, "minutes": 45});
    let interview = round.in_lever(scheduled).await["interview"].clone();
    round.page.says("Interview scheduled").await;
    let canceled = json!({"do": "cancelInterview", "interview": interview});
    round.in_lever(canceled).await;
    round.page.says("Canceled – pad open").await;
    screen::picture(&round.desk, "pad-unneeded-canceled");
    round.page.press("Keep pad").await;
    round.says_no_longer("Canceled – pad open").await;
    round.page.says("You kept the pad.").await;
    // Moved back, and once more to the stage.
    round
        .in_lever(json!({"do": "move", "stage": "New applicant"}))
        .await;
    round.page.says("Moved back – pad open").await;
    round
        .in_lever(json!({"do": "move", "stage": "Phone Screen"}))
        .await;
    round.says_no_longer("Moved back – pad open").await;
    assert!(!round.is_ended());
    round.end().await;
}

/// The pad ended before its interview, and another is created.
async fn replace(round: &Round) {
    let scheduled = json!({"do": "scheduleInterview", "inMinutes": 240, "minutes": 45});
    round.in_lever(scheduled).await;
    round.page.says("Interview scheduled").await;
    round.with(|world| world.end_interview(&round.pad).unwrap());
    round.menu.click("Check now").await;
    round.page.says("Ended before the interview").await;
    round.page.press("Create pad").await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn the_link_of_a_replaced_pad_leaves_the_profile_once_lever_answers() {
    let round = Round::begin().await;
    let old = round.links().remove(0);
    let remove = "/v1/opportunities/*/removeLinks";
    let silent = round.answers(Service::Lever, "POST", remove, 503);
    replace(&round).await;
    until("both links are on the profile", async || {
        (round.links().len() == 2).then_some(())
    })
    .await;
    round.with(|world| world.faults.remove(silent));
    round.menu.click("Check now").await;
    round.page.says(&format!("It replaces {old}")).await;
    let links = round.links();
    assert_eq!((links.len(), links.contains(&old)), (1, false), "{links:?}");
    screen::picture(&round.desk, "pad-replaced");
    round.end().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a desktop: cargo xtask test --only desktop"]
async fn an_old_link_that_may_not_be_removed_is_named_on_the_row() {
    let round = Round::begin().await;
    let old = round.links().remove(0);
    round.with(|world| {
        for key in world.lever.keys.values_mut() {
            key.missing.insert("Remove opportunity links".to_owned());
        }
    });
    replace(&round).await;
    round.page.says("Pad ready – old link still in Lever").await;
    round.page.says("Remove opportunity links").await;
    round.page.says(&old).await;
    assert!(round.links().contains(&old));
    screen::picture(&round.desk, "pad-replaced-old-link");
    round.end().await;
}
