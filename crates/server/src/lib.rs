//! The binary `heard`: what the product consists of, and what can be done with it from the command line.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "the command line talks to people")]

pub mod cli;
pub mod commands;
pub mod features;
mod logs;
mod pages;
mod setup;

pub use setup::{configuration, open};

use heard_kernel::Result;

use crate::cli::{Cli, ClockCommand, Command, UserCommand};

/// Does what was asked for.
///
/// # Errors
/// Whatever the command fails with, for [`commands::report`].
pub async fn run(cli: Cli) -> Result<()> {
    let config = configuration(&cli.options)?;
    match cli.command.unwrap_or(Command::Serve) {
        Command::Serve => {
            logs::start(&config.log)?;
            commands::serve::run(config).await
        }
        Command::Migrate => commands::migrate::run(config).await,
        Command::Backup { file } => commands::backup::backup(config, &file).await,
        Command::Restore { file } => commands::backup::restore(config, &file).await,
        Command::User(UserCommand::Add { email, name, role }) => {
            commands::user::add(config, email, name, role).await
        }
        Command::User(UserCommand::ResetPassword { email }) => {
            commands::user::reset_password(config, email).await
        }
        Command::Openapi => commands::openapi::run(),
        Command::Config { defaults } => commands::config::run(&config, defaults),
        Command::Doctor => commands::doctor::run(config).await,
        Command::Clock(ClockCommand::Eval { explain, calendars }) => {
            commands::clock::eval(calendars.as_deref(), explain)
        }
    }
}
