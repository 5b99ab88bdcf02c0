//! `heard user`: what the administrator of the machine can do without signing in.

use std::io::BufRead;

use heard_kernel::{Code, Error, REQUIRED, Result};
use heard_platform::{
    command_line::{self, UserToAdd},
    rights::{BuiltIn, Catalogue},
};
use heard_runtime::{Config, Ctx};

/// There is no built-in role of that key (`params.role`).
const BUILT_IN_ROLE_UNKNOWN: Code = Code::new("built_in_role_unknown", 422);

/// Adds a user with a password from standard input.
///
/// # Errors
/// `built_in_role_unknown`; as [`command_line::user_add`].
pub async fn add(config: Config, email: String, name: String, role: String) -> Result<()> {
    let role = BuiltIn::of_key(&role).ok_or_else(|| Error::new(BUILT_IN_ROLE_UNKNOWN).with("role", &role))?;
    let password = read_password()?;
    let ctx = ready(&config).await?;
    let result = command_line::user_add(&ctx, UserToAdd { name, email: email.clone(), password, role }).await;
    ctx.db().close().await;
    result?;
    println!("{email} can sign in now");
    Ok(())
}

/// Sets a new password from standard input and ends all sessions of the user.
///
/// # Errors
/// As [`command_line::reset_password`].
pub async fn reset_password(config: Config, email: String) -> Result<()> {
    let password = read_password()?;
    let ctx = ready(&config).await?;
    let result = command_line::reset_password(&ctx, &email, &password).await;
    ctx.db().close().await;
    result?;
    println!("{email} has a new password; all sessions have ended");
    Ok(())
}

async fn ready(config: &Config) -> Result<Ctx> {
    let ctx = crate::open(config).await?;
    ctx.db().migrate(&crate::features::migrations()).await?;
    Catalogue::install(&ctx, crate::features::RIGHTS);
    Ok(ctx)
}

/// One line of standard input. Passwords are no arguments, which other users of the machine could read.
fn read_password() -> Result<String> {
    eprintln!("Password (one line on standard input):");
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).map_err(Error::internal)?;
    let password = line.trim_end_matches(['\r', '\n']).to_owned();
    if password.is_empty() { Err(Error::field("password", REQUIRED)) } else { Ok(password) }
}
