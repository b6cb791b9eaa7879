//! A desktop without a desktop: what is stored, copied and opened is noted.

use std::collections::HashMap;
use std::sync::Mutex;

use async_trait::async_trait;
use lever::OpportunityId;
use padwatch_api::{
    About, Connection, ConnectionState, DemoStep, Desktop, LeverPlace, Places, ProxyChoice,
    SecretName, Times, Updates, Wanted,
};
use padwatch_domain::problem::Problem;
use sandbox::{CODERPAD_ROOT, LEVER_ROOT, SharedWorld};
use transport::{ApiRoot, SecretString};
use url::Url;

/// The desktop.
#[derive(Default)]
pub(crate) struct InMemory {
    pub(crate) places: Places,
    /// Lever's roots, in the usual region and in the EU, and CoderPad's.
    pub(crate) roots: Option<[ApiRoot; 3]>,
    pub(crate) noted: Mutex<Noted>,
    /// The sandbox, if this is the demo.
    pub(crate) demo: Option<SharedWorld>,
}

/// What it answers everything with, where that is set.
#[derive(Default)]
pub(crate) struct Problems {
    pub(crate) keyring: Option<Problem>,
    /// Another Padwatch works with the Lever key.
    pub(crate) claim: Option<Problem>,
    pub(crate) clipboard: Option<Problem>,
}

/// What was done to it.
#[derive(Default)]
pub(crate) struct Noted {
    pub(crate) secrets: HashMap<SecretName, SecretString>,
    /// The address that each was stored for.
    pub(crate) bound: HashMap<SecretName, String>,
    pub(crate) problems: Problems,
    pub(crate) clipboard: Option<String>,
    pub(crate) rich: Option<String>,
    pub(crate) saved: Option<String>,
    /// Secrets that no one may use again.
    pub(crate) forgotten: Vec<SecretName>,
    pub(crate) opened: Vec<Url>,
    pub(crate) copied: Vec<OpportunityId>,
    pub(crate) autostart: bool,
    pub(crate) samples: u32,
    pub(crate) connection: Connection,
    pub(crate) restarts: u32,
    pub(crate) wanted: Option<Wanted>,
    /// The programs that are installed.
    pub(crate) programs: Vec<&'static str>,
}

impl InMemory {
    /// The address that a secret is stored for.
    fn address(&self, name: SecretName) -> String {
        let (lever, coderpad) = self.roots();
        match name {
            SecretName::LeverKey => lever.host(),
            SecretName::CoderpadKey => coderpad.host(),
            SecretName::LeverSigningTokens => String::new(),
        }
    }

    fn keyring<T>(&self, use_it: impl FnOnce(&mut Noted) -> T) -> Result<T, Problem> {
        let mut noted = self.noted.lock().unwrap();
        match noted.problems.keyring.clone() {
            Some(problem) => Err(problem),
            None => Ok(use_it(&mut noted)),
        }
    }
}

#[async_trait]
impl Desktop for InMemory {
    async fn claim(&self, _lever_key: Option<&SecretString>) -> Result<(), Problem> {
        match self.noted.lock().unwrap().problems.claim.clone() {
            Some(problem) => Err(problem),
            None => Ok(()),
        }
    }

    async fn store(&self, name: SecretName, secret: SecretString) -> Result<(), Problem> {
        // A real keyring is slow: other calls run in between.
        tokio::task::yield_now().await;
        let address = self.address(name);
        self.keyring(|noted| {
            noted.secrets.insert(name, secret);
            noted.bound.insert(name, address);
        })
    }

    async fn load(&self, name: SecretName) -> Result<Option<SecretString>, Problem> {
        tokio::task::yield_now().await;
        let address = self.address(name);
        self.keyring(|noted| {
            let bound = noted.bound.get(&name);
            let stored = noted.secrets.get(&name).cloned();
            stored.filter(|_| bound.is_none_or(|bound| *bound == address))
        })
    }

    async fn stored_at(&self, name: SecretName) -> Result<Option<i64>, Problem> {
        self.keyring(|noted| noted.secrets.get(&name).map(|_| 1_000))
    }

    async fn delete(&self, name: SecretName) -> Result<(), Problem> {
        self.keyring(|noted| noted.secrets.remove(&name))
            .map(|_| ())
    }

    async fn forget(&self, name: SecretName) -> Result<(), Problem> {
        self.noted.lock().unwrap().forgotten.push(name);
        self.delete(name).await
    }

    async fn copy(&self, text: String) -> Result<(), Problem> {
        let mut noted = self.noted.lock().unwrap();
        match noted.problems.clipboard.clone() {
            Some(problem) => Err(problem),
            None => {
                noted.clipboard = Some(text);
                Ok(())
            }
        }
    }

    async fn copy_rich(&self, html: String, plain: String) -> Result<(), Problem> {
        self.copy(plain).await?;
        self.noted.lock().unwrap().rich = Some(html);
        Ok(())
    }

    async fn write_mail(&self, mail: Url) -> Result<(), Problem> {
        self.noted.lock().unwrap().opened.push(mail);
        Ok(())
    }

    async fn save(&self, name: &str, text: String) -> Result<String, Problem> {
        self.noted.lock().unwrap().saved = Some(text);
        Ok(name.to_owned())
    }

    async fn open(&self, url: Url) -> Result<(), Problem> {
        self.noted.lock().unwrap().opened.push(url);
        Ok(())
    }

    async fn try_sample(&self) -> Result<(), Problem> {
        self.noted.lock().unwrap().samples += 1;
        Ok(())
    }

    async fn open_logs(&self) -> Result<(), Problem> {
        let folder = Url::parse("file:///logs/").map_err(|_| Problem::NoFileManager)?;
        self.open(folder).await
    }

    async fn demo(&self, step: Option<DemoStep>) -> Result<bool, Problem> {
        let world = self.demo.as_ref().ok_or(Problem::CallNotUnderstood)?;
        world.with(|world| {
            if let Some(step) = step {
                play(step).take(world).map_err(|_| Problem::NothingInDemo)?;
            }
            Ok(sandbox::has_outage(world))
        })
    }

    fn times(&self) -> Times {
        Times::default()
    }

    fn connection(&self) -> ConnectionState {
        let chosen = self.noted.lock().unwrap().connection.clone();
        ConnectionState {
            needs_restart: chosen.proxy != ProxyChoice::default(),
            chosen,
            overruled: false,
        }
    }

    fn roots(&self) -> (ApiRoot, ApiRoot) {
        let usual = [LEVER_ROOT, LEVER_ROOT, CODERPAD_ROOT].map(|it| ApiRoot::parse(it).unwrap());
        let [lever, eu, coderpad] = self.roots.clone().unwrap_or(usual);
        match self.noted.lock().unwrap().connection.lever {
            LeverPlace::Eu => (eu, coderpad),
            _ => (lever, coderpad),
        }
    }

    fn other_lever(&self) -> Option<(LeverPlace, ApiRoot)> {
        let [lever, eu, _] = self.roots.clone()?;
        let place = self.noted.lock().unwrap().connection.lever.other_region()?;
        let root = if place == LeverPlace::Eu { eu } else { lever };
        Some((place, root))
    }

    async fn set_connection(&self, connection: Connection) -> Result<(), Problem> {
        self.noted.lock().unwrap().connection = connection;
        Ok(())
    }

    async fn restart(&self) -> Result<(), Problem> {
        self.noted.lock().unwrap().restarts += 1;
        Ok(())
    }

    async fn autostart(&self) -> Result<bool, Problem> {
        Ok(self.noted.lock().unwrap().autostart)
    }

    async fn set_autostart(&self, on: bool) -> Result<(), Problem> {
        self.noted.lock().unwrap().autostart = on;
        Ok(())
    }

    fn has_program(&self, name: &str) -> bool {
        self.noted.lock().unwrap().programs.contains(&name)
    }

    fn copied(&self, opportunity: &OpportunityId) {
        self.noted.lock().unwrap().copied.push(opportunity.clone());
    }

    fn wanted(&self) -> Option<Wanted> {
        self.noted.lock().unwrap().wanted.take()
    }

    fn places(&self) -> Places {
        self.places.clone()
    }

    fn updates(&self) -> Option<Updates> {
        None
    }

    fn about(&self) -> About {
        About {
            version: env!("CARGO_PKG_VERSION"),
            system: std::env::consts::OS.to_owned(),
            sandbox: self.places.control.is_some(),
        }
    }

    fn notices(&self) -> Vec<Problem> {
        Vec::new()
    }
}

fn play(step: DemoStep) -> sandbox::DemoStep {
    match step {
        DemoStep::AskWhichJob => sandbox::DemoStep::AskWhichJob,
        DemoStep::MoveCandidate => sandbox::DemoStep::MoveCandidate,
        DemoStep::EndInterview => sandbox::DemoStep::EndInterview,
        DemoStep::StartOutage => sandbox::DemoStep::Outage(true),
        DemoStep::EndOutage => sandbox::DemoStep::Outage(false),
    }
}
