//! What people prove themselves with: passwords, second factors, recovery codes.

mod events;
mod hasher;
pub mod http;
mod policy;
mod recovery;
mod service;
pub(crate) mod store;
mod throttle;
mod totp;

pub use events::{PasswordChanged, RecoveryCodesMade, TotpDisabled, TotpEnabled};
pub(crate) use hasher::{hash, verify};
pub use policy::{PASSWORD_COMMON, PASSWORD_TOO_LONG, PASSWORD_TOO_SHORT, check as check_password};
pub use service::{CREDENTIALS_INVALID, TOTP_INVALID};
pub(crate) use service::{SecondFactor, check_own_password, check_second_factor, turn_off};
pub use throttle::TOO_MANY_ATTEMPTS;
pub(crate) use throttle::Throttle;
