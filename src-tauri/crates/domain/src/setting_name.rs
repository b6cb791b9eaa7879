//! Settings by name, for problems that are about one of them.

use serde::{Deserialize, Serialize};

/// What has a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SettingName {
    PollSeconds,
    BulkLimit,
    DelaySeconds,
    LowQuota,
    MissingLinkSeconds,
    DaysInTray,
    RetentionDays,
    ReminderMinutes,
    CheckMinutes,
    LateMinutes,
    Tag,
    Jobs,
    StageName,
    Stages,
    Templates,
    TemplateName,
    TemplateSubject,
    TemplateBody,
    Language,
    Owner,
}
