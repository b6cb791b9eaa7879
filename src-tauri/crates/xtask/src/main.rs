//! `cargo xtask`: sets Padwatch up, runs it, checks it and measures it.
//!
//! Few dependencies, and no Tauri among them: this has to be there in seconds, on a computer that
//! doesn't yet have what Padwatch needs.

mod accounts;
mod arguments;
mod audit;
mod bench;
mod bindings;
mod cargo;
mod checks;
mod cross;
mod debian;
mod dev;
mod display;
mod foreign_clients;
mod ipc;
mod mutants;
mod nsis;
mod package;
mod page;
mod programs;
mod project;
mod python;
mod run;
mod say;
mod sbom;
mod session;
mod set_up;
mod steps;
mod stress;
mod table;
mod weight;
mod workflows;

use std::process::ExitCode;

use anyhow::Result;

use crate::arguments::{Packages, Task};
use crate::project::Project;

fn main() -> ExitCode {
    match carry_out() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say::problem(&error);
            ExitCode::FAILURE
        }
    }
}

fn carry_out() -> Result<()> {
    let task = arguments::parse(lexopt::Parser::from_env())?;
    let project = Project::find()?;
    match task {
        Task::Help => {
            say::line(arguments::HELP);
            Ok(())
        }
        Task::SetUp => set_up::everything(&project),
        Task::Run(wish) => run::run(&project, &wish),
        Task::Dev(rest) => dev::run(&project, &rest),
        Task::ListSteps => {
            say::line(checks::list());
            Ok(())
        }
        Task::Test { only, extent } => checks::run(&project, &only, extent),
        Task::Bindings => bindings::renew(&project),
        Task::Ipc => ipc::renew(&project),
        Task::Fuzz(options) => stress::fuzz(&project, &options),
        Task::Soak(options) => stress::soak(&project, &options),
        Task::Mutants(sample) => mutants::run(&project, sample),
        Task::Bench { quick } => bench::run(&project, quick),
        Task::Package(Packages::Windows) => package::windows::run(&project),
        Task::Package(packages) => package::run(&project, packages == Packages::LinuxTried),
        Task::Audit => audit::run(&project),
    }
}
