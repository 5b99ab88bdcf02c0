//! What handlers ask of a request. Everything that is wrong with it becomes a stable code here.

mod decode;
mod headers;
mod json;
mod scan;
mod url;

pub use headers::{IfMatch, etag};
pub use json::{BodyLimit, JsonBody, OnceBody};
pub(crate) use scan::scan as check_json;
pub use url::{PathParams, QueryParams};
