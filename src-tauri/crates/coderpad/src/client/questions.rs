//! `/api/questions`

use serde::Deserialize;
use transport::{ApiRoot, Listed, Request};

use super::Client;
use super::request::get;
use crate::{Error, Question, QuestionId, Questions};

impl Client {
    /// Questions by a text in them; an empty text asks for all. Reads at most `pages` pages of 50.
    /// The search is from 2026: a service that doesn't know it answers with all questions.
    ///
    /// # Errors
    /// Any page that can't be read.
    pub async fn questions(&self, search: &str, pages: usize) -> Result<Questions, Error> {
        let first = questions(self.root(), search).url;
        let paged = |page: RawPage| (page.questions, page.next_page);
        let (questions, complete) = self.gather("the questions", first, pages, paged).await?;
        Ok(Questions {
            complete: complete && questions.skipped.is_empty(),
            questions: questions.rows,
        })
    }

    /// One question.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn question(&self, id: QuestionId) -> Result<Question, Error> {
        self.read("this question", question(self.root(), id)).await
    }
}

/// The first page.
fn questions(root: &ApiRoot, search: &str) -> Request {
    let mut url = root.at(&["api", "questions"]);
    if !search.trim().is_empty() {
        url.query_pairs_mut().append_pair("text", search.trim());
    }
    get(url)
}

/// Below the question's id.
fn question(root: &ApiRoot, id: QuestionId) -> Request {
    get(root.at(&["api", "questions", &id.to_string()]))
}

#[derive(Deserialize)]
struct RawPage {
    questions: Listed<Question>,
    #[serde(default)]
    next_page: Option<String>,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::client::request::tests::{path, root};
    use crate::scripted::{client, reply};

    #[tokio::test(start_paused = true)]
    async fn a_question_that_cannot_be_read_makes_the_rest_incomplete() {
        let body = r#"{"questions":[{"id":1},{"id":"x"},7]}"#;
        let (client, _) = client([reply(200, body)]);
        let questions = client.questions("", 1).await.unwrap();
        assert_eq!((questions.questions.len(), questions.complete), (1, false));
    }

    #[tokio::test(start_paused = true)]
    async fn no_more_pages_of_questions_are_read_than_wanted() {
        let one = json!({"status": "OK", "next_page": "?text=sum&page=2",
            "questions": [{"id": 1, "title": "Two sums", "language": null}]});
        let (client, script) = client([reply(200, &one.to_string())]);
        let found = client.questions("sum", 1).await.unwrap();
        assert_eq!(found.questions[0].title.as_deref(), Some("Two sums"));
        assert!(!found.complete);
        assert_eq!(script.asked().len(), 1);
        assert_eq!(path(&script.asked()[0]), "/api/questions?text=sum");
    }

    #[test]
    fn questions_lie_where_the_documents_say() {
        let search = questions(&root(), " two sum ");
        assert_eq!(path(&search), "/api/questions?text=two+sum");
        assert_eq!(path(&questions(&root(), "")), "/api/questions");
        assert_eq!(path(&question(&root(), QuestionId(5))), "/api/questions/5");
    }
}
