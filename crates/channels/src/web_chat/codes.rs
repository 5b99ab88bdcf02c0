//! Codes of this slice.

use heard_kernel::Code;

/// The proof of identity does not fit the inbox's secret.
pub const IDENTITY_INVALID: Code = Code::new("identity_invalid", 403);
/// The inbox talks only to visitors whom the host page vouches for.
pub const IDENTITY_REQUIRED: Code = Code::new("identity_required", 403);
/// The address of a file was signed too long ago, or not here.
pub const UPLOAD_SIGNATURE_INVALID: Code = Code::new("attachment_link_expired", 403);
/// The value is none of those offered.
pub(super) const NOT_AN_OPTION: Code = Code::new("not_an_option", 422);
/// The visitor must agree first.
pub(super) const CONSENT_REQUIRED: Code = Code::new("consent_required", 422);
