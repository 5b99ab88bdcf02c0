//! What can be typed after `heard`.

use std::{net::SocketAddr, path::PathBuf};

use clap::{Args, Parser, Subcommand};

/// Heard, an intelligent customer-service platform. Without a command it serves.
#[derive(Parser, Debug)]
#[command(name = "heard", version, max_term_width = 100)]
pub struct Cli {
    /// Options that every command understands.
    #[command(flatten)]
    pub options: Options,
    /// What to do; serve when absent.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Options that every command understands.
#[derive(Args, Debug, Default)]
pub struct Options {
    /// Configuration file; `heard config` prints one with all defaults
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Data directory [default: data]
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// postgres://…; the embedded database when absent
    #[arg(long, global = true, value_name = "URL", hide_env_values = true)]
    pub database: Option<String>,
    /// Address and port to listen on [default: 127.0.0.1:8080]
    #[arg(long, global = true, value_name = "ADDR:PORT")]
    pub listen: Option<SocketAddr>,
}

/// The commands.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Serve console, widget and API
    Serve,
    /// Bring the database up to date and exit
    Migrate,
    /// Copy database and attachments into one archive, also while Heard serves
    Backup {
        /// Where to write the archive
        file: PathBuf,
    },
    /// Fill an empty database and data directory from an archive
    Restore {
        /// The archive
        file: PathBuf,
    },
    /// Users
    #[command(subcommand)]
    User(UserCommand),
    /// Print the description of the API (OpenAPI 3.1)
    Openapi,
    /// Print the configuration in force, or with --defaults the commented defaults
    Config {
        /// Print the commented defaults
        #[arg(long)]
        defaults: bool,
    },
    /// Check database, disk, time, mail and audit, and say what to do
    Doctor,
    /// Working-time calculations
    #[command(subcommand)]
    Clock(ClockCommand),
}

/// Commands on users.
#[derive(Subcommand, Debug)]
pub enum UserCommand {
    /// Add a user; the password is read from standard input
    Add {
        /// E-mail address to sign in with
        email: String,
        /// Name as shown
        #[arg(long)]
        name: String,
        /// Key of a built-in role
        #[arg(long, default_value = "agent")]
        role: String,
    },
    /// Set a new password, read from standard input, and end all sessions of the user
    ResetPassword {
        /// E-mail address of the user
        email: String,
    },
}

/// Commands on clocks.
#[derive(Subcommand, Debug)]
pub enum ClockCommand {
    /// Answer questions given as JSON lines on standard input (see docs/calendar.md)
    Eval {
        /// Add the spans that counted
        #[arg(long)]
        explain: bool,
        /// More calendars, as TOML or JSON
        #[arg(long, value_name = "FILE")]
        calendars: Option<PathBuf>,
    },
}
