//! The candidates, with what can be done to them.

use super::parts::{Form, options};
use crate::escape::escape;
use crate::ids::OpportunityId;
use crate::lever::opportunities::Opportunity;
use crate::world::{PadSeen, World};

/// More are not shown; scripts see all.
const MOST: usize = 100;

pub(super) fn list(world: &World) -> String {
    let lever = &world.lever;
    let pads = world.pads();
    let mut all: Vec<(&OpportunityId, &Opportunity)> = lever.opportunities.iter().collect();
    all.sort_by_key(|(id, opportunity)| {
        (
            std::cmp::Reverse(opportunity.times.last_advanced_at),
            (*id).clone(),
        )
    });
    let total = all.len();
    let rows: String = all
        .into_iter()
        .take(MOST)
        .map(|(id, opportunity)| row(world, id, opportunity, &pads))
        .collect();
    let more = match total.saturating_sub(MOST) {
        0 => String::new(),
        more => format!("<p>And {more} more, who came to their stage earlier.</p>"),
    };
    format!(
        "<section id=\"candidates\"><h2>Candidates</h2><p class=\"hint\">Who moved last stands first.</p>\
             <ul class=\"cards\">{rows}</ul>{more}</section>"
    )
}

fn row(world: &World, id: &OpportunityId, opportunity: &Opportunity, pads: &[PadSeen]) -> String {
    let contact = world.lever.contacts.get(&opportunity.contact);
    let name = contact
        .map(|contact| contact.name.as_str())
        .filter(|name| !name.is_empty());
    let headline = contact
        .map(|contact| contact.headline.as_str())
        .unwrap_or_default();
    let posting = opportunity
        .posting()
        .and_then(|id| world.lever.postings.get(id));
    let links = contact
        .map(|contact| contact.links.as_slice())
        .unwrap_or_default();
    let anchor = format!("c-{id}");
    let state = match (&opportunity.archived, opportunity.confidential) {
        (Some(_), _) => "<span class=\"note\">Archived</span>",
        (None, true) => "<span class=\"note\">Confidential</span>",
        (None, false) => "",
    };
    format!(
        "<li id=\"{anchor}\" class=\"card\"><h3 dir=\"auto\">{}</h3><p class=\"hint\" dir=\"auto\">{}</p>\
         <p>{} {state}</p>{}{}{}{}</li>",
        escape(name.unwrap_or("No name")),
        escape(headline),
        escape(posting.map_or("No posting", |posting| &posting.title)),
        stage(world, id, opportunity, &anchor),
        tags(world, id, opportunity, &anchor),
        links_and_pads(id, links, pads, name.unwrap_or("Candidate"), &anchor),
        archive(id, opportunity, &anchor),
    )
}

fn stage(world: &World, id: &OpportunityId, opportunity: &Opportunity, anchor: &str) -> String {
    let stages = world.lever.stages.iter();
    let choice = options(stages.map(|stage| {
        (
            stage.id.as_str(),
            stage.text.as_str(),
            stage.id == opportunity.stage,
        )
    }));
    let hidden = [("opportunity", id.as_str())];
    let form = Form {
        to: "candidates",
        command: "move",
        hidden: &hidden,
        back: anchor,
    };
    form.around(&format!(
        "<label>Stage <select id=\"{anchor}-stage\" name=\"stage\">{choice}</select></label>\
         <button id=\"{anchor}-move\">Move</button>"
    ))
}

/// Its own tags can be taken off; those of the posting are only shown.
fn tags(world: &World, id: &OpportunityId, opportunity: &Opportunity, anchor: &str) -> String {
    let all = world.lever.tags_of(opportunity);
    let chips: String = all
        .into_iter()
        .map(|tag| {
            if !opportunity.tags.iter().any(|own| own == tag) {
                return format!("<li class=\"chip inherited\">{}</li>", escape(tag));
            }
            let hidden = [("opportunity", id.as_str()), ("tag", tag)];
            let form = Form {
                to: "candidates",
                command: "untag",
                hidden: &hidden,
                back: anchor,
            };
            let button = form.named_button("×", &format!("Take off the tag {tag}"));
            format!(
                "<li class=\"chip\"><span dir=\"auto\">{}</span>{button}</li>",
                escape(tag)
            )
        })
        .collect();
    let hidden = [("opportunity", id.as_str())];
    let form = Form {
        to: "candidates",
        command: "tag",
        hidden: &hidden,
        back: anchor,
    };
    let add = form.around(&format!(
        "<label>Tag <input id=\"{anchor}-tag\" name=\"tag\" value=\"coderpad\" required></label>\
         <button id=\"{anchor}-add\">Add</button>"
    ));
    format!("<ul class=\"chips\" aria-label=\"Tags\">{chips}</ul>{add}")
}

fn links_and_pads(
    id: &OpportunityId,
    links: &[String],
    pads: &[PadSeen],
    name: &str,
    anchor: &str,
) -> String {
    let shown: String = links
        .iter()
        .map(|link| match pads.iter().find(|pad| &pad.url == link) {
            Some(pad) => pad_row(pad, name, anchor),
            None => format!("<li>{}</li>", escape(link)),
        })
        .collect();
    let unlinked = pads
        .iter()
        .filter(|pad| pad.notes.contains(id.as_str()) && !links.contains(&pad.url));
    let unlinked: String = unlinked.map(|pad| pad_row(pad, name, anchor)).collect();
    if shown.is_empty() && unlinked.is_empty() {
        return String::new();
    }
    let apart = match unlinked.is_empty() {
        true => String::new(),
        false => {
            format!("<p class=\"hint\">Pads that are not on the profile</p><ul>{unlinked}</ul>")
        }
    };
    format!("<ul aria-label=\"Links on the profile\">{shown}</ul>{apart}")
}

fn pad_row(pad: &PadSeen, name: &str, anchor: &str) -> String {
    let state = match (pad.deleted_at, pad.state) {
        (Some(_), _) => "deleted",
        (None, "pending") => "not started",
        (None, "started") => "under way",
        (None, _) => "finished",
    };
    let link = format!(
        "<a href=\"{0}\" target=\"_blank\" rel=\"noreferrer\">{0}</a> <span class=\"note\">{state}</span>",
        escape(&pad.url)
    );
    if pad.deleted_at.is_some() {
        return format!("<li>{link}</li>");
    }
    let button = |command, text, more: &[(&str, &str)]| {
        let mut hidden = more.to_vec();
        hidden.push(("pad", pad.id.as_str()));
        Form {
            to: "pads",
            command,
            hidden: &hidden,
            back: anchor,
        }
        .button(text)
    };
    let open = if pad.state == "ended" {
        String::new()
    } else {
        button("play", "Play an interview", &[("name", name)])
            + &button("end", "Finish interview", &[])
    };
    format!(
        "<li>{link}<div class=\"row\">{open}{}</div></li>",
        button("delete", "Delete pad", &[])
    )
}

fn archive(id: &OpportunityId, opportunity: &Opportunity, anchor: &str) -> String {
    let hidden = [("opportunity", id.as_str())];
    let (command, text) = match opportunity.archived {
        Some(_) => ("unarchive", "Take out of the archive"),
        None => ("archive", "Archive"),
    };
    Form {
        to: "candidates",
        command,
        hidden: &hidden,
        back: anchor,
    }
    .button(text)
}

/// The form for a new candidate. It stands still, so that no one loses what they type.
pub(super) fn new_one(world: &World) -> String {
    let lever = &world.lever;
    let stages = lever.stages.iter().map(|stage| {
        (
            stage.id.as_str(),
            stage.text.as_str(),
            stage.text == "Phone Screen",
        )
    });
    let postings = lever
        .postings
        .iter()
        .map(|(id, posting)| (id.as_str(), posting.title.as_str(), false));
    let form = Form {
        to: "candidates",
        command: "add",
        hidden: &[],
        back: "new",
    };
    let fields = format!(
        "<label>Name <input name=\"name\" placeholder=\"made up, if empty\"></label>\
         <label>Posting <select name=\"posting\">{}</select></label>\
         <label>Stage <select name=\"stage\">{}</select></label>\
         <label>Tag <input name=\"tags\" value=\"coderpad\"></label><button>Add candidate</button>",
        options(postings),
        options(stages),
    );
    format!(
        "<section id=\"new\"><h2>A new candidate</h2>{}</section>",
        form.around(&fields)
    )
}
