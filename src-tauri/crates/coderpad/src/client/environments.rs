//! `/api/pad_environments/:id`

use transport::{ApiRoot, Request};

use super::Client;
use super::request::get;
use crate::{Environment, EnvironmentId, Error};

impl Client {
    /// One environment with its files.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn environment(&self, id: EnvironmentId) -> Result<Environment, Error> {
        let request = environment(self.root(), id);
        self.read("the code of this pad", request).await
    }
}

fn environment(root: &ApiRoot, id: EnvironmentId) -> Request {
    get(root.at(&["api", "pad_environments", &id.to_string()]))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::client::request::tests::{path, root};
    use crate::scripted::{client, reply};

    #[tokio::test(start_paused = true)]
    async fn an_environment_is_read_with_its_files() {
        let environment = json!({"status": "OK", "id": 910_001, "pad_id": 5_550_001,
            "question_id": null, "example_question_id": "examples/000-python",
            "language": "python", "file_contents": [
                {"path": "main.py", "contents": "print('hi')\n",
                 "history": "https://coderpad-7.firebaseio.com/K7QWM3ZD/history.json"},
                {"path": "logo.png", "contents": null, "binary": true}],
            "created_at": "2026-03-02T10:00:00.123+01:00"});
        let odd =
            json!({"id": 910_001, "file_contents": [{"contents": "lost"}, {"path": "kept.py"}]});
        let (client, _) = client([
            reply(200, &environment.to_string()),
            reply(200, r#"{"id":910001,"file_contents":null}"#),
            reply(200, &odd.to_string()),
        ]);
        let id = EnvironmentId(910_001);
        let read = client.environment(id).await.unwrap();
        assert_eq!(
            read.files.rows[0].contents.as_deref(),
            Some("print('hi')\n")
        );
        assert!(read.files.rows[0].history.is_some() && !read.files.rows[0].binary);
        assert!(read.files.rows[1].binary && read.files.rows[1].contents.is_none());
        assert_eq!(client.environment(id).await.unwrap().files.count(), 0);
        let odd = client.environment(id).await.unwrap().files;
        assert_eq!(
            (odd.rows.len(), odd.skipped.count()),
            (1, 1),
            "and it is counted"
        );
        assert_eq!(odd.rows[0].path, "kept.py");
    }

    #[test]
    fn an_environment_lies_where_the_documents_say() {
        let request = environment(&root(), EnvironmentId(91));
        assert_eq!(path(&request), "/api/pad_environments/91");
    }
}
