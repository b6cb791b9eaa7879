//! What a Super Admin is asked for is what Lever's page for keys has.

use lever::Permission;

use super::ENGLISH;

/// Every permission that Padwatch can use. Reading one user is within reading all.
const USED: [Permission; 22] = [
    Permission::FindAllOpportunities,
    Permission::FindAnOpportunity,
    Permission::FindAllStages,
    Permission::AddOpportunityLinks,
    Permission::FindAllPostings,
    Permission::FindAPosting,
    Permission::FindAllUsers,
    Permission::FindAllTags,
    Permission::FindAllInterviews,
    Permission::FindAllPanels,
    Permission::CreateAnOpportunityNote,
    Permission::FindAllNotes,
    Permission::DeleteAnOpportunityNote,
    Permission::UploadAnOpportunityFile,
    Permission::FindAllFiles,
    Permission::AddOpportunityTags,
    Permission::RemoveOpportunityTags,
    Permission::UpdateAPosting,
    Permission::RemoveOpportunityLinks,
    Permission::FindAllDeletedOpportunities,
    Permission::ConfidentialData,
    Permission::FindAllWebhooks,
];

#[test]
fn a_super_admin_is_asked_for_permissions_by_their_own_names() {
    let groups: Vec<&str> = ENGLISH
        .lines()
        .filter_map(|line| line.strip_prefix("    .all = "))
        .collect();
    let asked = groups.join(", ");
    let asked: Vec<&str> = asked.split(", ").collect();
    for permission in USED {
        assert!(asked.contains(&permission.check_box()), "{permission}");
    }
    // The two that change webhooks are the only others.
    assert_eq!(asked.len(), USED.len() + 2, "{asked:?}");
    assert_eq!(groups[0].split(", ").count(), 4);
}
