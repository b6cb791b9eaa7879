//! What is asked, as plain data, without the key. [`crate::Client`] adds the key and sends.

use http::{HeaderValue, Method, header};
use transport::{ApiRoot, Idempotency, Request};
use url::Url;
use url::form_urlencoded::Serializer;

use crate::listing::{Listing, Place};
use crate::new_pad::cut_title;
use crate::{EnvironmentId, NewPad, PadChange, PadId, PageRef, QuestionId};

/// `POST /api/pads`, form-encoded: the one form that the official page documents
/// (contracts/coderpad.md, 2.2). No second one may be sent.
#[must_use]
pub fn create_pad(root: &ApiRoot, new: &NewPad) -> Request {
    let mut form = Form::default();
    form.text("title", &cut_title(&new.title));
    form.text("language", new.language.as_deref().unwrap_or_default());
    form.text("notes", &new.notes);
    form.maybe("question_id", new.question);
    form.maybe("contents", new.contents.as_deref());
    form.maybe("private", new.private);
    form.maybe("execution_enabled", new.execution_enabled);
    form.text("user_email", new.owner_email.as_deref().unwrap_or_default());
    form.maybe("team_id", new.team.as_ref());
    form.send(
        Method::POST,
        root.at(&["api", "pads"]),
        Idempotency::NotIdempotent,
    )
}

/// `PUT /api/pads/:id`. For `ended` and `deleted` only the word `true` does anything.
#[must_use]
pub fn update_pad(root: &ApiRoot, id: &PadId, change: &PadChange) -> Request {
    let mut form = Form::default();
    form.maybe("title", change.title.as_deref().map(cut_title));
    form.maybe("language", change.language.as_deref());
    form.maybe("notes", change.notes.as_deref());
    form.maybe("private", change.private);
    form.maybe("execution_enabled", change.execution_enabled);
    form.maybe("ended", change.end.then_some(true));
    form.maybe("deleted", change.delete.then_some(true));
    let url = root.at(&["api", "pads", id.as_str()]);
    form.send(Method::PUT, url, Idempotency::Idempotent)
}

/// `GET /api/pads/:id`.
#[must_use]
pub fn pad(root: &ApiRoot, id: &PadId) -> Request {
    get(root.at(&["api", "pads", id.as_str()]))
}

/// One page of `GET /api/pads` or `GET /api/organization/pads`.
#[must_use]
pub fn pads_page(root: &ApiRoot, page: &PageRef) -> Request {
    match &page.place {
        Place::Next(url) => get(url.clone()),
        Place::First(sort) => {
            let mut url = match page.listing {
                Listing::Own => root.at(&["api", "pads"]),
                Listing::Organization => root.at(&["api", "organization", "pads"]),
            };
            url.query_pairs_mut().append_pair("sort", sort.as_query());
            get(url)
        }
    }
}

/// The first page of `GET /api/pads/:id/events`.
#[must_use]
pub fn events(root: &ApiRoot, id: &PadId) -> Request {
    get(root.at(&["api", "pads", id.as_str(), "events"]))
}

/// `GET /api/pad_environments/:id`.
#[must_use]
pub fn environment(root: &ApiRoot, id: EnvironmentId) -> Request {
    get(root.at(&["api", "pad_environments", &id.to_string()]))
}

/// `GET /api/quota`.
#[must_use]
pub fn quota(root: &ApiRoot) -> Request {
    get(root.at(&["api", "quota"]))
}

/// `GET /api/organization`.
#[must_use]
pub fn organization(root: &ApiRoot) -> Request {
    get(root.at(&["api", "organization"]))
}

/// `GET /api/user`.
#[must_use]
pub fn account(root: &ApiRoot) -> Request {
    get(root.at(&["api", "user"]))
}

/// The first page of `GET /api/questions`. An empty search asks for all.
#[must_use]
pub fn questions(root: &ApiRoot, search: &str) -> Request {
    let mut url = root.at(&["api", "questions"]);
    if !search.trim().is_empty() {
        url.query_pairs_mut().append_pair("text", search.trim());
    }
    get(url)
}

/// `GET /api/questions/:id`.
#[must_use]
pub fn question(root: &ApiRoot, id: QuestionId) -> Request {
    get(root.at(&["api", "questions", &id.to_string()]))
}

/// A read of an address, such as the next page of a list.
pub(crate) fn get(url: Url) -> Request {
    wanting_json(Request::get(url))
}

fn wanting_json(mut request: Request) -> Request {
    let json = HeaderValue::from_static("application/json");
    request.headers.insert(header::ACCEPT, json);
    request
}

/// Flat names and values as a browser's form sends them.
struct Form(Serializer<'static, String>);

impl Default for Form {
    fn default() -> Self {
        Self(Serializer::new(String::new()))
    }
}

impl Form {
    /// Adds a text, unless it is empty.
    fn text(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.0.append_pair(name, value);
        }
    }

    /// Adds a value, if there is one. An empty one empties what is there.
    fn maybe(&mut self, name: &str, value: Option<impl ToString>) {
        if let Some(value) = value {
            self.0.append_pair(name, &value.to_string());
        }
    }

    fn send(mut self, method: Method, url: Url, idempotency: Idempotency) -> Request {
        let request = Request::new(method, url, idempotency);
        wanting_json(request).with_body("application/x-www-form-urlencoded", self.0.finish())
    }
}

#[cfg(test)]
mod tests {
    use transport::Body;

    use super::*;
    use crate::{PadSort, TeamId};

    fn root() -> ApiRoot {
        ApiRoot::parse("https://app.coderpad.io").unwrap()
    }

    fn form(request: &Request) -> Vec<(String, String)> {
        let Body::Bytes { media_type, bytes } = &request.body else {
            panic!("no body");
        };
        assert_eq!(media_type, "application/x-www-form-urlencoded");
        url::form_urlencoded::parse(bytes).into_owned().collect()
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        let owned = expected.iter().map(|(n, v)| ((*n).into(), (*v).into()));
        owned.collect()
    }

    #[test]
    fn a_creation_is_a_flat_form_that_nobody_may_send_again() {
        let new = NewPad {
            title: "Ada & Bob / 50% + ünï".into(),
            language: Some("python".into()),
            notes: "line 1\nline 2".into(),
            question: Some(QuestionId(12)),
            contents: None,
            private: Some(false),
            execution_enabled: Some(true),
            owner_email: Some("rec+x@example.test".into()),
            team: Some(TeamId("t-1".into())),
        };
        let request = create_pad(&root(), &new);
        assert_eq!(request.idempotency, Idempotency::NotIdempotent);
        assert_eq!(request.method, Method::POST);
        assert_eq!(request.url.as_str(), "https://app.coderpad.io/api/pads");
        let expected = pairs(&[
            ("title", "Ada & Bob / 50% + ünï"),
            ("language", "python"),
            ("notes", "line 1\nline 2"),
            ("question_id", "12"),
            ("private", "false"),
            ("execution_enabled", "true"),
            ("user_email", "rec+x@example.test"),
            ("team_id", "t-1"),
        ]);
        assert_eq!(form(&request), expected);
    }

    #[test]
    fn what_is_not_given_is_left_to_the_account() {
        assert_eq!(form(&create_pad(&root(), &NewPad::default())), pairs(&[]));
    }

    #[test]
    fn a_long_title_is_cut_between_characters() {
        let title = "ü".repeat(300);
        let new = NewPad {
            title,
            ..NewPad::default()
        };
        let sent = form(&create_pad(&root(), &new));
        assert_eq!(sent[0].1, "ü".repeat(255));
    }

    #[test]
    fn a_change_sends_what_changes_and_nothing_else() {
        let id = PadId::parse("K7QWM3ZD").unwrap();
        let change = PadChange {
            notes: Some(String::new()),
            end: true,
            ..PadChange::default()
        };
        let request = update_pad(&root(), &id, &change);
        assert_eq!(request.method, Method::PUT);
        assert_eq!(request.idempotency, Idempotency::Idempotent);
        let at = "https://app.coderpad.io/api/pads/K7QWM3ZD";
        assert_eq!(request.url.as_str(), at);
        assert_eq!(form(&request), pairs(&[("notes", ""), ("ended", "true")]));
    }

    #[test]
    fn reads_lie_where_the_documents_say() {
        let root = root();
        let id = PadId::parse("K7QWM3ZD").unwrap();
        let of_organization = PageRef::first_of_organization(PadSort::UpdatedNewest);
        for (request, path) in [
            (pad(&root, &id), "/api/pads/K7QWM3ZD"),
            (events(&root, &id), "/api/pads/K7QWM3ZD/events"),
            (
                pads_page(&root, &PageRef::first(PadSort::CreatedNewest)),
                "/api/pads?sort=created_at%2Cdesc",
            ),
            (
                pads_page(&root, &of_organization),
                "/api/organization/pads?sort=updated_at%2Cdesc",
            ),
            (
                environment(&root, EnvironmentId(91)),
                "/api/pad_environments/91",
            ),
            (quota(&root), "/api/quota"),
            (organization(&root), "/api/organization"),
            (account(&root), "/api/user"),
            (questions(&root, " two sum "), "/api/questions?text=two+sum"),
            (questions(&root, ""), "/api/questions"),
            (question(&root, QuestionId(5)), "/api/questions/5"),
        ] {
            assert_eq!(request.method, Method::GET);
            assert_eq!(request.idempotency, Idempotency::Safe);
            let expected = format!("https://app.coderpad.io{path}");
            assert_eq!(request.url.as_str(), expected);
        }
    }
}
