//! `heard openapi`: the description of the API.

use heard_kernel::Result;

/// Prints the description.
///
/// # Errors
/// None; the signature is that of all commands.
pub fn run() -> Result<()> {
    print!("{}", heard_web::openapi(crate::features::routes()));
    Ok(())
}
