use anyhow::Result;

use crate::project::Project;
use crate::{cargo, debian, page};

/// What is needed to run Padwatch from its sources.
pub(crate) fn to_run(project: &Project) -> Result<()> {
    debian::provide(debian::TO_RUN)?;
    page::install(project)
}

/// What is needed to run Padwatch and to check it.
pub(crate) fn everything(project: &Project) -> Result<()> {
    debian::provide(&[debian::TO_RUN, debian::TO_TEST].concat())?;
    cargo::provide_nextest(project)?;
    page::install(project)
}
