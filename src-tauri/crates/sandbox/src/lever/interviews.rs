//! Interviews (contracts/lever.md, 4.1).

use super::interview::Interview;
use serde_json::{Value, json};

use super::call::{Call, Outcome};
use super::opportunities::Opportunity;
use super::paging;
use super::webhook::Event;
use super::{Lever, users::User};
use crate::ids::{Moment, OpportunityId, UserId};

impl Lever {
    /// Schedules an interview. Gives its id.
    pub(crate) fn schedule(
        &mut self,
        id: &OpportunityId,
        date: i64,
        minutes: u32,
        moment: &mut Moment<'_>,
    ) -> Option<String> {
        let (interview, panel, now) = (moment.ids.uuid(), moment.ids.uuid(), moment.now);
        let opportunity = self.opportunities.get_mut(id)?;
        let (stage, interviewer) = (opportunity.stage.clone(), opportunity.owner.clone());
        opportunity.interviews.push(Interview {
            id: interview.clone(),
            panel,
            subject: "Phone screen".to_owned(),
            date,
            duration: minutes,
            interviewer,
            reply: "accepted",
            stage,
            created_at: now,
            canceled_at: None,
        });
        opportunity.times.updated_at = Some(now);
        self.touched();
        self.tell_interview(Event::InterviewCreated, id, &interview, moment);
        Some(interview)
    }

    /// Changes an interview: its time, or that it was called off.
    pub(crate) fn change_interview(
        &mut self,
        id: &OpportunityId,
        interview: &str,
        moment: &mut Moment<'_>,
        change: impl FnOnce(&mut Interview),
    ) -> bool {
        let Some(opportunity) = self.opportunities.get_mut(id) else {
            return false;
        };
        let found = opportunity
            .interviews
            .iter_mut()
            .find(|known| known.id == interview);
        let Some(found) = found else { return false };
        change(found);
        opportunity.times.updated_at = Some(moment.now);
        self.touched();
        self.tell_interview(Event::InterviewUpdated, id, interview, moment);
        true
    }

    fn tell_interview(
        &mut self,
        event: Event,
        id: &OpportunityId,
        interview: &str,
        moment: &mut Moment<'_>,
    ) {
        let found = self
            .opportunities
            .get(id)
            .and_then(|of| of.interviews.iter().find(|known| known.id == interview));
        let Some(panel) = found.map(|found| found.panel.clone()) else {
            return;
        };
        self.tell(
            event,
            id,
            json!({ "interviewId": interview, "panelId": panel }),
            moment,
        );
    }
}

fn interviewers(lever: &Lever, of: &Interview) -> Vec<Value> {
    let user: Option<(&UserId, &User)> = of
        .interviewer
        .as_ref()
        .and_then(|id| Some((id, lever.users.get(id)?)));
    user.into_iter()
        .map(|(id, user)| json!({ "id": id, "name": user.name, "email": user.email, "feedbackTemplate": null }))
        .collect()
}

fn shown(lever: &Lever, id: &OpportunityId, opportunity: &Opportunity, of: &Interview) -> Value {
    let postings: Vec<&str> = opportunity
        .posting()
        .iter()
        .map(|posting| posting.as_str())
        .collect();
    json!({
        "id": of.id, "panel": of.panel, "subject": of.subject, "note": "",
        "interviewers": interviewers(lever, of), "timezone": "Europe/Lisbon",
        "createdAt": of.created_at, "date": of.date, "duration": of.duration, "location": "",
        "feedbackTemplate": null, "feedbackForms": [], "feedbackReminder": "once",
        "user": of.interviewer, "stage": of.stage, "canceledAt": of.canceled_at,
        "postings": postings, "gcalEventUrl": null, "opportunityId": id,
    })
}

/// What a list shows of one interview.
type Shown = fn(&Lever, &OpportunityId, &Opportunity, &Interview) -> Value;

/// One panel for each interview, as Lever makes them of those that are planned alone.
fn shown_panel(
    lever: &Lever,
    id: &OpportunityId,
    opportunity: &Opportunity,
    of: &Interview,
) -> Value {
    let mut interview = shown(lever, id, opportunity, of);
    let people = interview.pointer_mut("/interviewers");
    for person in people.and_then(Value::as_array_mut).into_iter().flatten() {
        if let Some(person) = person.as_object_mut() {
            person.insert("responseStatus".to_owned(), json!(of.reply));
        }
    }
    let ends = of.date + i64::from(of.duration) * 60_000;
    json!({
        "id": of.panel, "applications": [], "canceledAt": of.canceled_at,
        "createdAt": of.created_at, "start": of.date, "end": ends, "timezone": "Europe/Lisbon",
        "stage": of.stage, "user": of.interviewer, "note": "", "externallyManaged": false,
        "externalUrl": null, "feedbackReminder": "once", "interviews": [interview],
    })
}

pub(super) fn list(call: &mut Call<'_, '_>, path: &[&str]) -> Outcome {
    each(call, path, shown)
}

pub(super) fn panels(call: &mut Call<'_, '_>, path: &[&str]) -> Outcome {
    each(call, path, shown_panel)
}

fn each(call: &mut Call<'_, '_>, path: &[&str], shown: Shown) -> Outcome {
    let id = call.opportunity(path.get(1).copied().unwrap_or_default())?;
    let lever = &*call.lever;
    let opportunity = lever.opportunities.get(&id);
    let rows = opportunity
        .into_iter()
        .flat_map(|of| {
            of.interviews
                .iter()
                .map(|interview| shown(lever, &id, of, interview))
        })
        .collect();
    paging::by_place(rows, &call.incoming.query)
}
