//! What the ledger holds that restrains Padwatch: settings, pause, creation off, the search for pads
//! and whom the last look covered. What can't be read of it never means "create".

use padwatch_domain::announcement::News;
use padwatch_domain::change::{Change, StateKey};
use padwatch_domain::creation_off::CreationOff;
use padwatch_domain::identity::Bindings;
use padwatch_domain::pad_search::PadSearch;
use padwatch_domain::pause::Pause;
use padwatch_domain::problem::Problem;
use padwatch_domain::scope::Scope;
use padwatch_domain::set_up::SetUp;
use padwatch_domain::settings::Settings;
use padwatch_ledger::{Ledger, LedgerError, Stored};

/// What the person decided, and what keeps Padwatch from creating pads until they do.
pub(crate) struct Policy {
    /// The settings; as far as they can be read while `settings_unreadable`.
    pub(crate) settings: Settings,
    /// Nothing is done before the person has reviewed and saved the settings.
    pub(crate) settings_unreadable: bool,
    /// Nothing is created before it is finished.
    pub(crate) set_up: SetUp,
    pub(crate) paused: Option<Pause>,
    pub(crate) creation_off: Option<CreationOff>,
}

/// What restrains Padwatch from the start.
pub(crate) struct Restraints {
    pub(crate) policy: Policy,
    pub(crate) pad_search: Option<PadSearch>,
    /// Whom the last look covered; `None` before the first.
    pub(crate) scope: Option<Scope>,
}

impl Restraints {
    /// Reads them. What can't be read is replaced by the most careful value, and told, in one
    /// transaction; settings stay as they are until the person saves them. `fixed` are settings that
    /// stand in for those in the ledger.
    pub(crate) fn read(
        ledger: &mut Ledger,
        fixed: Option<&Settings>,
        now_ms: i64,
    ) -> Result<Self, LedgerError> {
        let (settings, settings_unreadable) = match fixed {
            Some(fixed) => (fixed.clone(), false),
            None => stored_settings(ledger)?,
        };
        let paused: Stored<Pause> = ledger.stored(StateKey::Pause)?;
        let off: Stored<bool> = ledger.stored(StateKey::CreationOff)?;
        let search: Stored<PadSearch> = ledger.stored(StateKey::PadSearch)?;
        let scope: Stored<Scope> = ledger.stored(StateKey::FirstLook)?;
        // Without them, another account would be taken for the ledger's own.
        let accounts: Stored<Bindings> = ledger.stored(StateKey::Accounts)?;
        let mut changes = Vec::new();
        if accounts.is_unreadable() {
            changes.push(Change::Dropped(StateKey::Accounts));
        }
        if paused.is_unreadable() {
            changes.extend(pause_until_resumed(now_ms));
        }
        if scope.is_unreadable() {
            changes.push(Change::Dropped(StateKey::FirstLook));
        }
        let is_off_unreadable = off.is_unreadable()
            || search.is_unreadable()
            || scope.is_unreadable()
            || accounts.is_unreadable();
        if is_off_unreadable {
            let why = CreationOff::Unreadable;
            changes.extend(why.stop(why.news()));
        }
        ledger.commit(&changes, now_ms)?;
        let because: Option<CreationOff> = ledger.load(StateKey::CreationOffBecause)?;
        let is_off = is_off_unreadable || matches!(off, Stored::Read(true));
        let set_up = match fixed {
            // A host that brings its settings has no pages to go through.
            Some(_) => SetUp::default(),
            None => stored_set_up(ledger)?,
        };
        Ok(Self {
            policy: Policy {
                settings,
                settings_unreadable,
                set_up,
                paused: paused.or_when_unreadable(Pause::until_resumed(now_ms)),
                creation_off: is_off.then(|| because.unwrap_or(CreationOff::Damaged)),
            },
            pad_search: if is_off_unreadable {
                Some(PadSearch::AfterDamage)
            } else {
                search.or_when_unreadable(PadSearch::AfterDamage)
            },
            scope: match scope {
                Stored::Read(scope) => Some(scope),
                Stored::Missing | Stored::Unreadable => None,
            },
        })
    }
}

/// What a person reads while the settings can't be read.
pub(crate) fn unreadable_settings() -> Problem {
    Problem::SettingsUnreadable
}

fn stored_set_up(ledger: &Ledger) -> Result<SetUp, LedgerError> {
    Ok(match ledger.stored(StateKey::SetUp)? {
        Stored::Missing => SetUp::default(),
        Stored::Read(step) => SetUp::stopped_at(step),
        Stored::Unreadable => SetUp::unreadable(),
    })
}

fn stored_settings(ledger: &Ledger) -> Result<(Settings, bool), LedgerError> {
    Ok(match ledger.stored_text(StateKey::Settings)? {
        Stored::Missing => (Settings::default(), false),
        Stored::Unreadable => (Settings::default(), true),
        Stored::Read(text) => match Settings::parse(&text) {
            Ok(settings) => (settings, false),
            Err(_) => (Settings::salvaged(&text), true),
        },
    })
}

fn pause_until_resumed(now_ms: i64) -> Vec<Change> {
    let pause = serde_json::to_string(&Pause::until_resumed(now_ms));
    let kept = pause.map(|text| Change::Kept(StateKey::Pause, text));
    let told = Change::Announced(News::Hindered {
        problem: Problem::PauseUnreadable,
    });
    kept.into_iter().chain([told]).collect()
}
