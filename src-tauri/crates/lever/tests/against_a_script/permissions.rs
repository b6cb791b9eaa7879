//! What a key may do is found out by reading alone.

use http::Method;
use lever::permissions::{Access, PermissionReport, probe};
use lever::{Error, Permission};
use serde_json::json;

use crate::scripted::{answer, client, complaint, one, page, raw};

/// What the report says about one permission; `None`: nothing.
fn access(report: &PermissionReport, permission: Permission) -> Option<Access> {
    let mut found = report.permissions.iter();
    let found = found.find(|(one, _)| *one == permission);
    found.map(|(_, access)| *access)
}

fn missing(report: &PermissionReport) -> Vec<Permission> {
    let denied = report.permissions.iter();
    let denied = denied.filter(|(_, access)| *access == Access::Denied);
    denied.map(|(permission, _)| *permission).collect()
}

fn denied() -> Result<transport::Reply, transport::Failure> {
    complaint(403, "Forbidden", "no")
}

fn empty() -> Result<transport::Reply, transport::Failure> {
    page(&[], None)
}

#[tokio::test(start_paused = true)]
async fn each_read_is_tried_once_and_nothing_is_written() {
    let (client, script) = client([
        page(&["o-1"], Some("more")),
        empty(),
        denied(),
        empty(),
        denied(),
        answer(200, &json!({ "data": [] })),
        one(&json!({ "id": "o-1" })),
        empty(),
        denied(),
        denied(),
    ]);
    let report = probe(&client).await.unwrap();
    let expected = [
        Permission::FindAllTags,
        Permission::FindAllPostings,
        Permission::FindAllNotes,
    ];
    assert_eq!(missing(&report), expected);
    assert_eq!(report.confidential, Access::Denied);
    assert_eq!(
        access(&report, Permission::FindAnOpportunity),
        Some(Access::Allowed)
    );
    assert_eq!(
        access(&report, Permission::AddOpportunityLinks),
        Some(Access::Unknown)
    );

    let asked = script.asked();
    assert_eq!(asked.len(), 10);
    assert!(asked.iter().all(|request| request.method == Method::GET));
    let lines = script.lines();
    assert!(lines[0].contains("limit=1&"), "{lines:?}");
    assert_eq!(lines[7], "GET /opportunities/o-1/interviews?limit=1");
    assert!(lines[9].contains("confidentiality=all"), "{lines:?}");
}

#[tokio::test(start_paused = true)]
async fn without_an_opportunity_its_reads_stay_unknown() {
    let (client, script) = client((0..7).map(|_| empty()));
    let report = probe(&client).await.unwrap();
    assert_eq!(
        access(&report, Permission::FindAllInterviews),
        Some(Access::Unknown)
    );
    assert_eq!(
        access(&report, Permission::FindAllWebhooks),
        Some(Access::Allowed)
    );
    assert_eq!(report.confidential, Access::Allowed);
    assert!(missing(&report).is_empty());
    assert_eq!(script.asked().len(), 7);
}

#[tokio::test(start_paused = true)]
async fn a_list_that_is_denied_says_nothing_about_confidential_data() {
    let mut answers = vec![denied()];
    answers.extend((0..5).map(|_| empty()));
    let (client, _) = client(answers);
    let report = probe(&client).await.unwrap();
    assert_eq!(
        access(&report, Permission::FindAllOpportunities),
        Some(Access::Denied)
    );
    assert_eq!(report.confidential, Access::Unknown);
}

#[tokio::test(start_paused = true)]
async fn a_wrong_key_ends_it_at_once() {
    let (client, script) = client([complaint(401, "UnauthorizedError", "no")]);
    assert_eq!(probe(&client).await.unwrap_err(), Error::WrongKey);
    assert_eq!(script.asked().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_read_that_fails_leaves_its_own_permission_unknown_alone() {
    let stubborn = |status, body: &'static str| {
        let mut failed = raw(body).unwrap();
        failed.status = http::StatusCode::from_u16(status).unwrap();
        failed
    };
    for (failed, asked) in [
        (stubborn(400, r#"{"code":"BadRequestError"}"#), 1),
        (
            stubborn(
                404,
                r#"{"code":"ResourceNotFound","message":"/v1/tags does not exist"}"#,
            ),
            1,
        ),
        (stubborn(404, "<html>"), 1),
        (stubborn(200, "not json"), 1),
        (stubborn(200, "[]"), 1),
        (stubborn(409, ""), 1),
        (stubborn(500, ""), 4),
        (stubborn(429, "{}"), 4),
    ] {
        let mut answers = vec![empty(), empty()];
        answers.extend((0..asked).map(|_| Ok(failed.clone())));
        answers.extend((0..4).map(|_| empty()));
        let (client, _) = client(answers);
        let report = probe(&client).await.unwrap();
        let status = failed.status;
        assert_eq!(
            access(&report, Permission::FindAllTags),
            Some(Access::Unknown),
            "{status}"
        );
        assert_eq!(
            access(&report, Permission::FindAllUsers),
            Some(Access::Allowed),
            "{status}"
        );
        assert_eq!(report.confidential, Access::Allowed, "{status}");
    }
}

#[tokio::test(start_paused = true)]
async fn any_no_to_confidential_data_beside_a_list_that_works_means_not_granted() {
    for (status, code) in [
        (400, "BadRequestError"),
        (401, "UnauthorizedError"),
        (403, "Forbidden"),
        (404, "ResourceNotFound"),
        (422, "Unprocessable"),
    ] {
        let mut answers: Vec<_> = (0..6).map(|_| empty()).collect();
        answers.push(complaint(status, code, "no"));
        let (client, _) = client(answers);
        let report = probe(&client).await.unwrap();
        assert_eq!(report.confidential, Access::Denied, "{status}");
    }
}
