//! The desktop as tray, window and notifications use it: what a click does, and what the calls of
//! `padwatch_api` need of it.

use std::sync::Arc;

use async_trait::async_trait;
use jiff::tz::TimeZone;
use lever::OpportunityId;
use padwatch_api::dto::candidates::Action;
use padwatch_api::dto::snapshot::PauseFor;
use padwatch_api::notifications::Press;
use padwatch_api::tray::menu::Click;
use padwatch_api::{
    About as AboutProgram, Call, Connection, ConnectionState, DemoStep, Desktop, LeverPlace,
    Places, SecretName, Times, Updates, Wanted, WhichTemplate, copy_shown_link,
};
use padwatch_domain::calendar::tomorrow_begins;
use padwatch_domain::problem::Problem;
use tokio::runtime;
use transport::{ApiRoot, SecretString};
use url::Url;

use crate::activation::ActivationToken;
use crate::clipboard::Content;
use crate::launch::{self, NotOpened};
use crate::notices::About;
use crate::sandbox::{ControlPage, demo};
use crate::shell::Shell;
use crate::{downloads, programs, quit};

impl Shell {
    /// Hears the clicks in the tray's menu from now on.
    pub(crate) fn hear_clicks(self: &Arc<Self>, runtime: &runtime::Handle) {
        let (shell, runtime) = (Arc::clone(self), runtime.clone());
        self.main_thread.hear_clicks(move |click, activation| {
            let shell = Arc::clone(&shell);
            runtime.spawn(async move { shell.click(click, activation).await });
        });
    }

    /// Finishes what is under way when the session ends.
    #[cfg(not(target_os = "linux"))]
    pub(crate) fn hear_session_end(self: &Arc<Self>, runtime: &runtime::Handle) {
        let (shell, runtime) = (Arc::clone(self), runtime.clone());
        let finish = move || runtime.block_on(quit::with_session(&shell));
        self.main_thread.hear_session_end(finish);
    }

    /// Does what a click in the tray means.
    async fn click(&self, click: Click, activation: Option<ActivationToken>) {
        let about = click.candidate().cloned();
        // What the last click could not do has been read.
        self.notices.set(About::Click, None);
        let call = match click {
            Click::OpenWindow => return self.window.open(activation),
            Click::OpenPage(page) => return self.open_at(Wanted::Page { page }, activation),
            Click::OpenCandidate(opportunity) => {
                return self.open_candidate(opportunity, false, activation);
            }
            Click::Quit => return quit::quit(self).await,
            Click::CopyLink { opportunity, link } => {
                let copied = copy_shown_link(&self.engine, self, opportunity, link).await;
                return self.tell_failure(copied.map(drop), about).await;
            }
            Click::CopyInvitation(opportunity) => copy_invitation(opportunity),
            Click::OpenInLever(opportunity) => Call::OpenProfile { opportunity },
            Click::MarkSent { opportunity, sent } => Call::Act {
                opportunity,
                action: Action::MarkSent { sent },
            },
            Click::PlayBack(opportunity) => Call::OpenPlayback { opportunity },
            Click::CheckNow => Call::CheckNow,
            Click::PauseHour => Call::Pause {
                time: PauseFor::Hour,
            },
            Click::PauseUntilTomorrow => Call::Pause {
                time: self.until_tomorrow(),
            },
            Click::PauseUntilResumed => Call::Pause {
                time: PauseFor::UntilResumed,
            },
            Click::Resume => Call::Resume,
            Click::OpenSandbox => Call::OpenSandbox,
        };
        self.ask_or_tell(call, about).await;
    }

    /// Does what a button of a notification means.
    pub(crate) async fn press(&self, press: Press, activation: Option<ActivationToken>) {
        let about = press.candidate().cloned();
        let call = match press {
            Press::OpenWindow => return self.window.open(activation),
            Press::CopyLink(opportunity) => Call::CopyLink { opportunity },
            Press::CopyInvitation(opportunity) => copy_invitation(opportunity),
            Press::CopyMessage(opportunity) => Call::CopyMessage { opportunity },
            Press::OpenPad(opportunity) => Call::OpenPad { opportunity },
            Press::OpenInLever(opportunity) => Call::OpenProfile { opportunity },
            Press::PlayBack(opportunity) => Call::OpenPlayback { opportunity },
            Press::OpenCandidate(opportunity) => {
                return self.open_candidate(opportunity, false, activation);
            }
            // A note is looked over before it is sent, and that takes the window.
            Press::AddCode(opportunity) => {
                return self.open_candidate(opportunity, true, activation);
            }
        };
        self.ask_or_tell(call, about).await;
    }

    /// Opens the window with a candidate selected; `note`: to add a note about the interview.
    fn open_candidate(
        &self,
        opportunity: OpportunityId,
        note: bool,
        activation: Option<ActivationToken>,
    ) {
        self.open_at(Wanted::Candidate { opportunity, note }, activation);
    }

    fn open_at(&self, wanted: Wanted, activation: Option<ActivationToken>) {
        self.signals.wanted.send_replace(Some(wanted));
        self.window.open(activation);
    }

    fn until_tomorrow(&self) -> PauseFor {
        match tomorrow_begins(self.clock.now_ms(), &TimeZone::system()) {
            Some(until_ms) => PauseFor::Until { until_ms },
            None => PauseFor::UntilResumed,
        }
    }

    /// Some desktops let only a window copy: there the open one does.
    async fn put_on_clipboard(&self, content: Content) -> Result<(), Problem> {
        match self.clipboard.copy(content.clone()).await {
            Err(problem) if !self.window.copy(content).await => Err(problem),
            _ => Ok(()),
        }
    }

    /// Opens an address. A program that fails after the click was answered is told in a notification.
    async fn launch(&self, url: Url, in_words: fn(&NotOpened) -> Problem) -> Result<(), Problem> {
        let opened = launch::open(url).await.map_err(|why| in_words(&why))?;
        self.tell_later(async move { opened.failure().await.as_ref().map(in_words) });
        Ok(())
    }

    /// Opens the sandbox's page. That no browser comes for it is told too.
    async fn open_control_page(&self, page: &ControlPage) -> Result<(), Problem> {
        let is_asked_for = page.is_asked_for();
        let address = page.address.clone();
        let opened = launch::open_public(address.clone()).await;
        let opened = opened.map_err(|why| no_browser_for(&address, &why))?;
        self.tell_later(async move {
            tokio::select! {
                Some(why) = opened.failure() => Some(no_browser_for(&address, &why)),
                is_asked_for = is_asked_for => (!is_asked_for).then(|| not_asked_for(&address)),
            }
        });
        Ok(())
    }

    /// Tells in a notification what turns out wrong after the click was answered.
    fn tell_later(&self, wrong: impl Future<Output = Option<Problem>> + Send + 'static) {
        let failures = self.signals.failures.clone();
        tokio::spawn(async move {
            if let Some(problem) = wrong.await {
                // The receiver may have been dropped: Padwatch is ending.
                let _ = failures.send(problem.into()).await;
            }
        });
    }
}

#[async_trait]
impl Desktop for Shell {
    async fn claim(&self, lever_key: Option<&SecretString>) -> Result<(), Problem> {
        self.claim_account(lever_key)
    }

    async fn store(&self, name: SecretName, secret: SecretString) -> Result<(), Problem> {
        self.store_secret(name, secret).await
    }

    async fn load(&self, name: SecretName) -> Result<Option<SecretString>, Problem> {
        self.load_secret(name).await
    }

    async fn stored_at(&self, name: SecretName) -> Result<Option<i64>, Problem> {
        self.secret_stored_at(name).await
    }

    async fn delete(&self, name: SecretName) -> Result<(), Problem> {
        self.delete_secret(name).await
    }

    async fn forget(&self, name: SecretName) -> Result<(), Problem> {
        self.forget_secret(name).await
    }

    async fn copy(&self, text: String) -> Result<(), Problem> {
        self.put_on_clipboard(Content::plain(text)).await
    }

    async fn copy_rich(&self, html: String, plain: String) -> Result<(), Problem> {
        let html = Some(html);
        self.put_on_clipboard(Content { plain, html }).await
    }

    async fn write_mail(&self, mail: Url) -> Result<(), Problem> {
        self.launch(mail, no_mail_program).await
    }

    async fn save(&self, name: &str, text: String) -> Result<String, Problem> {
        downloads::save(name, &text)
    }

    async fn open(&self, url: Url) -> Result<(), Problem> {
        match &self.services.control_page {
            Some(page) if page.address == url => self.open_control_page(page).await,
            _ => self.launch(url, no_browser).await,
        }
    }

    async fn open_logs(&self) -> Result<(), Problem> {
        let folder = Url::from_directory_path(&self.start.logs);
        let folder = folder.map_err(|()| Problem::NoFileManager)?;
        let opened = launch::open_public(folder).await;
        opened.map(drop).map_err(|why| no_file_manager(&why))
    }

    async fn demo(&self, step: Option<DemoStep>) -> Result<bool, Problem> {
        let world = self.services.demo.as_ref();
        demo(world.ok_or(Problem::CallNotUnderstood)?, step)
    }

    async fn try_sample(&self) -> Result<(), Problem> {
        self.start
            .program
            .sample(self.start.profile.as_deref())
            .map_err(|error| not_started(&error))
    }

    fn connection(&self) -> ConnectionState {
        self.services.connections.state()
    }

    fn roots(&self) -> (ApiRoot, ApiRoot) {
        self.services.connections.roots()
    }

    fn other_lever(&self) -> Option<(LeverPlace, ApiRoot)> {
        self.services.connections.other_lever()
    }

    async fn set_connection(&self, connection: Connection) -> Result<(), Problem> {
        let connections = &self.services.connections;
        connections
            .keep(&connection)
            .map_err(|error| not_kept(&error))?;
        // Chosen again: what could not be read no longer counts.
        self.notices.set(About::Connection, None);
        Ok(())
    }

    async fn restart(&self) -> Result<(), Problem> {
        // Before anything is closed: Padwatch continues as it is if it can't be started again.
        self.start
            .program
            .prove()
            .await
            .map_err(|error| not_started(&error))?;
        quit::restart(self).await;
        Ok(())
    }

    async fn autostart(&self) -> Result<bool, Problem> {
        self.autostart.is_on().map_err(|error| no_autostart(&error))
    }

    async fn set_autostart(&self, on: bool) -> Result<(), Problem> {
        let set = if on {
            self.autostart.turn_on()
        } else {
            self.autostart.turn_off()
        };
        set.map_err(|error| no_autostart(&error))
    }

    fn has_program(&self, name: &str) -> bool {
        programs::is_installed(name)
    }

    fn copied(&self, opportunity: &OpportunityId) {
        self.signals
            .copied
            .send_replace(Some((opportunity.clone(), self.clock.now_ms())));
    }

    fn wanted(&self) -> Option<Wanted> {
        self.signals.wanted.send_replace(None)
    }

    fn places(&self) -> Places {
        let (lever, coderpad) = self.services.connections.roots();
        let control_page = self.services.control_page.as_ref();
        Places {
            roots: vec![lever, coderpad.clone()],
            coderpad: Some(coderpad),
            control: control_page.map(|page| page.address.clone()),
        }
    }

    /// The time zone may change while Padwatch runs: on a journey.
    fn times(&self) -> Times {
        Times::new(self.locale.clone(), TimeZone::system())
    }

    fn updates(&self) -> Option<Updates> {
        let found = self.signals.newer.as_ref()?.borrow();
        Some(Updates {
            newer: found.as_ref().map(ToString::to_string),
        })
    }

    fn about(&self) -> AboutProgram {
        let desktop = std::env::var("XDG_CURRENT_DESKTOP").unwrap_or_default();
        AboutProgram {
            version: env!("CARGO_PKG_VERSION"),
            system: format!(
                "{} {} {desktop}",
                std::env::consts::OS,
                std::env::consts::ARCH
            ),
            sandbox: self.is_sandbox(),
        }
    }

    fn notices(&self) -> Vec<Problem> {
        self.notices.all()
    }
}

/// The one for the candidate's job, without anything missing.
fn copy_invitation(opportunity: OpportunityId) -> Call {
    Call::CopyInvitation {
        opportunity,
        template: WhichTemplate::OfPosting,
        with_gaps: false,
    }
}

fn no_browser(why: &NotOpened) -> Problem {
    tracing::warn!(%why, "no program opened a link");
    Problem::NoBrowser
}

/// As [`no_browser`], for a page whose address can't be copied anywhere.
fn no_browser_for(page: &Url, why: &NotOpened) -> Problem {
    tracing::warn!(%why, "no program opened a page");
    Problem::NoBrowserFor {
        address: page.to_string(),
    }
}

fn not_asked_for(page: &Url) -> Problem {
    tracing::warn!("no browser asked for the sandbox's page");
    Problem::PageNotAskedFor {
        address: page.to_string(),
    }
}

fn no_file_manager(why: &NotOpened) -> Problem {
    tracing::warn!(%why, "no program opened the logs");
    Problem::NoFileManager
}

fn no_mail_program(why: &NotOpened) -> Problem {
    tracing::warn!(%why, "no program opened a mail");
    Problem::NoMailProgram
}

fn not_started(error: &std::io::Error) -> Problem {
    tracing::warn!(%error, "Padwatch could not be started");
    Problem::PadwatchNotStarted
}

fn not_kept(error: &std::io::Error) -> Problem {
    tracing::warn!(%error, "the connection could not be kept");
    Problem::ConnectionNotStored
}

fn no_autostart(error: &std::io::Error) -> Problem {
    tracing::warn!(%error, "starting at login could not be set");
    Problem::LoginEntryFailed
}
