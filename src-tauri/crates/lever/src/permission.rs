//! What a key may do, in the words of the check boxes that are ticked when it is created.
//!
//! A key can't be changed afterwards (contracts/lever.md, 1.3), so all that is missing has to be
//! named at once, in the words that Lever shows.

macro_rules! permissions {
    ($($(#[$doc:meta])+ $name:ident = $text:literal)+) => {
        /// One check box of Lever's "Generate new key" page.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Permission {
            $($(#[$doc])+ $name,)+
        }

        impl Permission {
            /// The words beside the check box.
            ///
            /// "Find all opportunities", "Find an opportunity", "Find all stages", "Find all
            /// postings", "Find a posting", "Add opportunity tags", "Create an opportunity note"
            /// and "Upload an opportunity file" were seen so; the others follow their pattern
            /// (contracts/lever.md, 1.3).
            #[must_use]
            pub fn check_box(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)+
                }
            }
        }
    };
}

permissions! {
    /// List opportunities.
    FindAllOpportunities = "Find all opportunities"
    /// Read one opportunity.
    FindAnOpportunity = "Find an opportunity"
    /// List deleted opportunities.
    FindAllDeletedOpportunities = "Find all deleted opportunities"
    /// List stages.
    FindAllStages = "Find all stages"
    /// List tags.
    FindAllTags = "Find all tags"
    /// List users.
    FindAllUsers = "Find all users"
    /// Read one user.
    FindAUser = "Find a user"
    /// List postings.
    FindAllPostings = "Find all postings"
    /// Read one posting.
    FindAPosting = "Find a posting"
    /// List an opportunity's interviews.
    FindAllInterviews = "Find all opportunity interviews"
    /// List an opportunity's panels.
    FindAllPanels = "Find all opportunity panels"
    /// List an opportunity's notes.
    FindAllNotes = "Find all opportunity notes"
    /// List an opportunity's files.
    FindAllFiles = "Find all opportunity files"
    /// List webhooks.
    FindAllWebhooks = "Find all webhooks"
    /// See confidential opportunities and postings.
    ConfidentialData = "Allow access to confidential data"
    /// Add links.
    AddOpportunityLinks = "Add opportunity links"
    /// Remove links.
    RemoveOpportunityLinks = "Remove opportunity links"
    /// Add tags.
    AddOpportunityTags = "Add opportunity tags"
    /// Remove tags.
    RemoveOpportunityTags = "Remove opportunity tags"
    /// Write a note.
    CreateAnOpportunityNote = "Create an opportunity note"
    /// Delete a note.
    DeleteAnOpportunityNote = "Delete an opportunity note"
    /// Upload a file.
    UploadAnOpportunityFile = "Upload an opportunity file"
    /// Change a posting.
    UpdateAPosting = "Update a posting"
    /// Register a webhook.
    CreateAWebhook = "Create a webhook"
    /// Delete a webhook.
    DeleteAWebhook = "Delete a webhook"
}

impl std::fmt::Display for Permission {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.check_box())
    }
}
