//! Doing the first run.

use std::sync::OnceLock;

use heard_kernel::{Actor, Code, Error, Result, clean_name, codes};
use heard_runtime::Ctx;
use subtle::ConstantTimeEq as _;

use super::{
    furnish::{self, Answers, Furniture},
    http::Setup,
};
use crate::{
    credentials::{self, Throttle},
    directory::NewUser,
    rights::BuiltIn,
    secrets,
    sessions::{self, Browser, Opened},
    settings::{self, Document, clean_email, clean_time_zone},
    users::{self, Fresh},
};

/// The first run was done before: sign in.
pub const ALREADY_SET_UP: Code = Code::new("already_set_up", 409);
/// The token is not the one that was printed at start.
pub const SETUP_TOKEN_INVALID: Code = Code::new("setup_token_invalid", 403);

#[derive(Default)]
struct Token(OnceLock<String>);

/// The token of the first run, to be printed at start; none when it was done before.
///
/// # Errors
/// The storage codes.
pub async fn prepare(ctx: &Ctx) -> Result<Option<String>> {
    if settings::find(ctx).await?.is_some() { Ok(None) } else { Ok(Some(token(ctx))) }
}

fn token(ctx: &Ctx) -> String {
    ctx.shared::<Token>().0.get_or_init(|| secrets::token(ctx.secret())).clone()
}

/// Whether the token must be shown: Heard can be reached from other machines, or the caller sits at another one.
pub(super) fn token_required(ctx: &Ctx, browser: &Browser) -> bool {
    let local = browser.address.is_loopback() || browser.address.is_unspecified();
    !(ctx.config().server.listen.ip().is_loopback() && local)
}

/// Does the first run and signs the administrator in.
///
/// # Errors
/// `already_set_up`; `setup_token_invalid`; `too_many_attempts`; `validation_failed`; the storage codes.
pub(super) async fn run(ctx: &Ctx, browser: &Browser, body: Setup) -> Result<Opened> {
    if settings::find(ctx).await?.is_some() {
        return Err(Error::new(ALREADY_SET_UP));
    }
    if token_required(ctx, browser) {
        let attempt = Throttle::attempt(ctx, "setup", browser.address)?;
        let (given, wanted) = (body.token.as_deref().unwrap_or_default().trim(), token(ctx));
        if !bool::from(secrets::digest(given).ct_eq(&secrets::digest(&wanted))) {
            return Err(Error::new(SETUP_TOKEN_INVALID));
        }
        attempt.succeeded();
    }
    let time_zone = clean_time_zone("time_zone", &body.time_zone)?;
    let document =
        Document::new(clean_name("organization", &body.organization, 100)?, body.locale, time_zone.clone());
    let name = clean_name("name", &body.name, 60)?;
    let email = clean_email("email", &body.email)?;
    let own = [name.as_str(), email.as_str(), document.organization.as_str()];
    credentials::check_password("password", &body.password, document.password_min_length, &own)?;
    let answers = Answers {
        organization: document.organization.clone(),
        locale: body.locale,
        time_zone: time_zone.clone(),
    };
    let password_hash = credentials::hash(ctx, &body.password).await?;
    let fresh = Fresh {
        user: NewUser { id: ctx.new_id(), name, email, locale: body.locale, time_zone },
        password_hash,
        role_ids: vec![BuiltIn::Administrator.id()],
        team_ids: Vec::new(),
    };
    let (visitor, furniture) = (browser.clone(), Furniture::of(ctx));
    let mut actor = Actor::user(fresh.user.id.0, Default::default());
    actor.address = Some(browser.address.to_string().into());
    let done = ctx
        .tx(&actor, async move |tx| {
            settings::insert(tx, &document).await?;
            users::add(tx, &fresh).await?;
            furnish::furnish(furniture.as_ref(), tx, &answers).await?;
            let settings = document.clone().present(false, 1);
            sessions::open(tx, fresh.user.id, &visitor, false, &settings).await
        })
        .await;
    settings::forget(ctx);
    // Of two first runs at once the slower one finds the settings there.
    done.map_err(|error| if error.is(codes::ALREADY_EXISTS) { Error::new(ALREADY_SET_UP) } else { error })
}
