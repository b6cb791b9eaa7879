//! Kinds of pad links that others put on a profile, and the situations in which one is met.

use std::time::Duration;

use padwatch_domain::settings::Settings;
use padwatch_engine::snapshot::{Action, ActionKind};
use sandbox::coderpad::interview::Guest;
use sandbox::{Candidate, Effect, Matching, OpportunityId, OtherStatus, PadId, Page, Service};
use tempfile::TempDir;

use crate::desk::{Desk, Services};
use crate::office::{MAKE, MINUTE, link_of, settings};

const YEAR: Duration = Duration::from_secs(400 * 24 * 3600);
const OUTSIDER: &str = "ada@home.test";
const COLLEAGUE: &str = "tomas.ferreira@example.test";
const SHORT: &str = "x7k2q";

/// What is to become of the candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Right {
    Adopts,
    CreatesBeside,
    Asks,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    LastYearsEnded,
    LastYearsOpen,
    AnotherJobs,
    /// No one of ours; CoderPad doesn't show it.
    Outsiders,
    /// The same, and CoderPad shows it to anyone who has its id.
    OutsidersReadable,
    OutsidersWithoutOrganization,
    ColleaguesUnlisted,
    ColleaguesListed,
    OtherIntegrations,
    NoPad,
    Answers(u16, Page),
    WrongTypes,
    HotelPage,
    OurOwnByHand,
    OurOwnWithoutOrganization,
    OurOwnInSmallLetters,
    OurOwnShort,
    ShortToNowhere,
    /// The person has another application, which is confidential.
    ConfidentialElsewhere,
}

pub(super) const TABLE: [(Kind, Right); 22] = [
    (Kind::LastYearsEnded, Right::CreatesBeside),
    (Kind::LastYearsOpen, Right::CreatesBeside),
    (Kind::AnotherJobs, Right::CreatesBeside),
    (Kind::Outsiders, Right::Asks),
    (Kind::OutsidersReadable, Right::Asks),
    (Kind::OutsidersWithoutOrganization, Right::Asks),
    (Kind::ColleaguesUnlisted, Right::Asks),
    (Kind::ColleaguesListed, Right::Adopts),
    (Kind::OtherIntegrations, Right::Adopts),
    (Kind::NoPad, Right::Asks),
    (Kind::Answers(400, Page::Json), Right::Asks),
    (Kind::Answers(403, Page::Json), Right::Asks),
    (Kind::Answers(422, Page::Html), Right::Asks),
    (Kind::Answers(500, Page::Json), Right::Asks),
    (Kind::WrongTypes, Right::Asks),
    (Kind::HotelPage, Right::Asks),
    (Kind::OurOwnByHand, Right::Adopts),
    (Kind::OurOwnWithoutOrganization, Right::Adopts),
    (Kind::OurOwnInSmallLetters, Right::Adopts),
    (Kind::OurOwnShort, Right::Adopts),
    (Kind::ShortToNowhere, Right::Asks),
    (Kind::ConfidentialElsewhere, Right::Asks),
];

/// When the link comes to the profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// Before the candidate comes to the stage.
    LinkFirst,
    /// After Padwatch has noticed the candidate there.
    LinkLater,
    /// Both were there before Padwatch first started; the person asks for a pad.
    BeforeTheFirstStart,
}

/// What Padwatch knows from before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ledger {
    /// Nothing.
    Fresh,
    /// An earlier application of the same person, with its pad, which is archived.
    Old,
}

/// An earlier application, and the folder of the Padwatch that served it.
pub(super) struct Earlier {
    candidate: OpportunityId,
    folder: TempDir,
}

/// A candidate, and the desk that noticed them.
pub(super) struct Staged {
    pub(super) candidate: OpportunityId,
    pub(super) desk: Desk,
    /// Links that were on the profile before any of this.
    pub(super) links_before: usize,
}

impl Ledger {
    pub(super) async fn opened(self, services: &Services, kind: Kind) -> Option<Earlier> {
        if kind.is_without_organization() {
            services.world.with(|world| {
                let owner = world.coderpad.keys.values().next().unwrap().email.clone();
                world.coderpad.people.get_mut(&owner).unwrap().role = None;
            });
        }
        if self == Self::Fresh {
            return None;
        }
        let candidate = services.candidate("Ada Example");
        let desk = services.desk(Settings::default()).await;
        desk.watching().await;
        services.to_phone_screen(&candidate);
        desk.linked(1).await;
        services
            .world
            .with(|world| world.archive(&candidate).unwrap());
        services.wait(15 * MINUTE).await;
        let folder = desk.close().await;
        Some(Earlier { candidate, folder })
    }
}

impl Kind {
    fn is_without_organization(self) -> bool {
        matches!(
            self,
            Self::OutsidersWithoutOrganization | Self::OurOwnWithoutOrganization
        )
    }
}

fn made_by(services: &Services, owner: &str) -> (PadId, String) {
    services.world.with(|world| {
        let pad = world.make_pad_by_hand(owner, "By hand", None);
        let link = link_of(&pad);
        (pad, link)
    })
}

/// A pad of someone who has nothing to do with us, which can be read by its id.
fn readable(services: &Services) -> String {
    services
        .world
        .with(|world| world.switch(|switches| switches.coderpad.foreign_pad_readable = true));
    made_by(services, OUTSIDER).1
}

/// A colleague's pad, which can't be read by its id.
pub(super) fn hidden(services: &Services) -> String {
    let (pad, link) = made_by(services, COLLEAGUE);
    services.world.with(|world| {
        let reading = Matching::of(Service::CoderPad, "GET", &format!("/api/pads/{pad}"));
        world
            .faults
            .always(reading, Effect::Status(OtherStatus::of(404)));
    });
    link
}

pub(super) fn list_is_forbidden(services: &Services) {
    services.world.with(|world| {
        let all = Matching::of(Service::CoderPad, "GET", "/api/organization/pads");
        let no = Effect::Status(OtherStatus::of(403));
        world.faults.always(all, no);
    });
}

/// The link of such a pad as it stands on the profile, and as CoderPad writes it. A pad of last
/// year is created before the candidate applies.
pub(super) async fn prepared(services: &Services, kind: Kind) -> (String, String) {
    let at = |path: &str| format!("{}/{path}", sandbox::CODERPAD_ROOT);
    let link = match kind {
        Kind::LastYearsEnded | Kind::LastYearsOpen => last_years(services, kind).await,
        Kind::AnotherJobs => {
            let marked =
                "padwatch:11111111-1111-4111-8111-111111111111:00112233445566778899aabbccddeeff";
            services.pad_by_hand(Some(marked)).1
        }
        Kind::Outsiders => made_by(services, OUTSIDER).1,
        Kind::OutsidersReadable | Kind::OutsidersWithoutOrganization => readable(services),
        Kind::ColleaguesUnlisted => {
            list_is_forbidden(services);
            hidden(services)
        }
        Kind::ColleaguesListed => hidden(services),
        Kind::OtherIntegrations => made_by(services, COLLEAGUE).1,
        Kind::NoPad => at("NOWHERE1"),
        Kind::ShortToNowhere => at(SHORT),
        Kind::Answers(..) | Kind::WrongTypes | Kind::HotelPage => odd(services, kind),
        Kind::OurOwnByHand | Kind::OurOwnWithoutOrganization | Kind::ConfidentialElsewhere => {
            services.pad_by_hand(None).1
        }
        Kind::OurOwnInSmallLetters => {
            let (pad, link) = services.pad_by_hand(None);
            return (at(&pad.as_str().to_lowercase()), link);
        }
        Kind::OurOwnShort => {
            let (pad, link) = services.pad_by_hand(None);
            services.world.with(|world| {
                world.coderpad.short_links.insert(SHORT.to_owned(), pad);
            });
            return (at(SHORT), link);
        }
    };
    (link.clone(), link)
}

async fn last_years(services: &Services, kind: Kind) -> String {
    let (pad, link) = services.pad_by_hand(None);
    if kind == Kind::LastYearsEnded {
        services.world.with(|world| {
            let guest = Guest {
                name: "Ada",
                email: None,
            };
            world.join(&pad, guest).unwrap();
            world.end_interview(&pad).unwrap();
        });
    }
    services.wait(YEAR).await;
    link
}

/// A pad of our own that is read oddly.
pub(super) fn odd(services: &Services, kind: Kind) -> String {
    let (pad, link) = services.pad_by_hand(None);
    services.world.with(|world| {
        let effect = match kind {
            Kind::Answers(status, body) => Effect::Status(OtherStatus {
                status,
                body,
                ..OtherStatus::default()
            }),
            Kind::WrongTypes => Effect::Truncated,
            _ => Effect::ProxyPage,
        };
        let path = format!("/api/pads/{pad}");
        let reading = Matching::of(Service::CoderPad, "GET", &path);
        world.faults.always(reading, effect);
    });
    list_is_forbidden(services);
    link
}

/// The person applies, again if there was an earlier time.
fn applies(services: &Services, kind: Kind, earlier: Option<&OpportunityId>) -> OpportunityId {
    let ada = match earlier {
        Some(earlier) => services.second_candidacy(earlier),
        None => services.candidate("Ada Example"),
    };
    if kind == Kind::ConfidentialElsewhere {
        services.world.with(|world| {
            let contact = world.lever.opportunities[&ada].contact.clone();
            let elsewhere = Candidate {
                contact: Some(contact),
                confidential: true,
                ..Candidate::default()
            };
            world.add_candidate(elsewhere).unwrap();
        });
    }
    ada
}

/// The candidate in the stage with the link on the profile, and a desk to which they are new or
/// were there at its first start and are chosen.
pub(super) async fn stage(
    services: &Services,
    kind: Kind,
    link: &str,
    when: When,
    earlier: Option<Earlier>,
) -> Staged {
    let candidate = applies(services, kind, earlier.as_ref().map(|one| &one.candidate));
    let links_before = services.links(&candidate).len();
    let put = || {
        services
            .world
            .with(|world| world.add_link(&candidate, link).unwrap());
    };
    if when == When::BeforeTheFirstStart {
        put();
        services.to_phone_screen(&candidate);
        let desk = services.desk(Settings::default()).await;
        desk.watching().await;
        services.wait(MINUTE).await;
        assert_eq!(services.count(MAKE), 0, "listed, not served");
        let row = desk.row(&candidate).await;
        if row.actions.contains(&ActionKind::MakeNow) {
            desk.act(&candidate, Action::MakeNow).await;
        }
        return Staged {
            candidate,
            desk,
            links_before,
        };
    }
    let hold = settings(|settings| settings.guards.hold_seconds = 60);
    let desk = match earlier {
        Some(earlier) => services.desk_in(earlier.folder, hold).await,
        None => services.desk(hold).await,
    };
    desk.watching().await;
    if when == When::LinkFirst {
        put();
    }
    services.to_phone_screen(&candidate);
    desk.until("noticed", |snapshot| snapshot.counts.waiting == 1)
        .await;
    if when == When::LinkLater {
        put();
    }
    Staged {
        candidate,
        desk,
        links_before,
    }
}
