//! By whom each call can fail. The engine's answers are put together from several sources, so
//! this can't be read from a type: it is written down here, once for each call.

use Party::{Arguments, CoderPad, Desktop, Engine, Keyring, Lever, State};

/// What a call depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Party {
    /// The engine itself, and its ledger.
    Engine,
    Lever,
    CoderPad,
    Keyring,
    /// Clipboard, browser, mail program, files, the entry for the login.
    Desktop,
    /// What was given with the call.
    Arguments,
    /// The state that the candidate is in by now.
    State,
}

impl Party {
    pub(crate) const ALL: [Self; 7] = [
        Self::Engine,
        Self::Lever,
        Self::CoderPad,
        Self::Keyring,
        Self::Desktop,
        Self::Arguments,
        Self::State,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Engine => "engine",
            Self::Lever => "Lever",
            Self::CoderPad => "CoderPad",
            Self::Keyring => "keyring",
            Self::Desktop => "desktop",
            Self::Arguments => "arguments",
            Self::State => "state",
        }
    }

    /// The codes that it answers with.
    pub(crate) fn codes(self) -> &'static [&'static str] {
        match self {
            Self::Engine => &[
                "closing",
                "ledgerUnusable",
                "ledgerNewer",
                "settingsUnreadable",
                "profileInUse",
                "profileUnusable",
            ],
            Self::Lever => &[
                "keyMissing",
                "leverKeyWrong",
                "leverNotAllowed",
                "actingUserNeeded",
                "gone",
                "refused",
                "offline",
                "serviceDown",
                "notTheService",
                "notSecure",
            ],
            Self::CoderPad => &[
                "keyMissing",
                "coderpadKeyWrong",
                "coderpadNotAllowed",
                "overQuota",
                "gone",
                "refused",
                "offline",
                "serviceDown",
                "notTheService",
                "notSecure",
            ],
            Self::Keyring => &["keyringMissing", "keyringLocked", "notValid"],
            Self::Desktop => &["desktopUnable"],
            Self::Arguments => &["notValid"],
            Self::State => &["gone", "tooLate"],
        }
    }
}

const FAILURES: &[(&str, &[Party])] = &[
    ("snapshot", &[]),
    ("accounts", &[]),
    ("setLeverKey", &[Engine, Lever, Keyring, Arguments]),
    ("setCoderpadKey", &[Engine, CoderPad, Keyring, Arguments]),
    ("testLever", &[Engine, Lever]),
    ("testCoderpad", &[Engine, CoderPad]),
    ("deleteLeverKey", &[Engine, Keyring]),
    ("deleteCoderpadKey", &[Engine, Keyring]),
    ("leverUsers", &[Engine, Lever]),
    ("stages", &[Engine, Lever]),
    ("tagSpellings", &[Engine, Lever]),
    ("postings", &[Engine, Lever]),
    ("postingEffect", &[Engine, Lever]),
    ("tagPosting", &[Engine, Lever]),
    ("questions", &[Engine, CoderPad]),
    ("settings", &[Engine]),
    ("changeSettings", &[Engine, Arguments]),
    ("list", &[Engine]),
    ("detail", &[Engine, State]),
    ("act", &[Engine, Lever, CoderPad, Arguments, State]),
    ("serve", &[Engine, State]),
    ("go", &[Engine]),
    ("useThisAccount", &[Engine]),
    ("setUpAt", &[Engine]),
    ("checkNow", &[]),
    ("pause", &[Engine]),
    ("resume", &[Engine]),
    ("copyLink", &[Engine, Desktop, State]),
    ("previewInvitation", &[Engine, Arguments, State]),
    ("copyInvitation", &[Engine, Desktop, Arguments, State]),
    ("mailInvitation", &[Engine, Desktop, Arguments, State]),
    ("openPad", &[Engine, Desktop, Arguments, State]),
    ("openPlayback", &[Engine, Desktop, Arguments, State]),
    ("finishedView", &[Engine, CoderPad, State]),
    ("interviewCode", &[Engine, CoderPad, State]),
    (
        "openDrawing",
        &[Engine, CoderPad, Desktop, Arguments, State],
    ),
    ("copyText", &[Desktop]),
    ("prepareNote", &[Engine, Lever, CoderPad, Arguments, State]),
    ("sendNote", &[Engine, Lever, Arguments, State]),
    ("discardNote", &[Engine, State]),
    ("wanted", &[]),
    ("openProfile", &[Engine, Desktop, Arguments, State]),
    ("openSandbox", &[Desktop, State]),
    ("autostart", &[Desktop]),
    ("setAutostart", &[Desktop]),
    ("webhookStatus", &[Engine]),
    ("setWebhooks", &[Engine, Lever, Keyring, Arguments]),
    ("addSigningToken", &[Engine, Keyring, Arguments]),
    ("deleteSigningTokens", &[Engine, Keyring]),
    ("setUpWebhooksForMe", &[Engine, Lever, Keyring, Arguments]),
    ("removeWebhooks", &[Engine, Lever, Keyring]),
    ("diagnostics", &[Engine]),
    ("export", &[Engine, Desktop]),
    ("forgetEverything", &[Engine, Keyring]),
];

/// By whom a call can fail; `None`: nobody has said so yet.
pub(crate) fn parties(kind: &str) -> Option<&'static [Party]> {
    let (_, parties) = FAILURES.iter().find(|(known, _)| *known == kind)?;
    Some(parties)
}

/// The calls of which it is said.
#[cfg(test)]
pub(crate) fn known() -> impl Iterator<Item = &'static str> {
    FAILURES.iter().map(|(kind, _)| *kind)
}
