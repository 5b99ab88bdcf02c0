//! Where memory comes from, and gives what is not in use back to the system.
//!
//! Starting runs through much code and many short-lived allocations that are not needed again: more than half of the
//! resident memory afterwards. The only unsafe code of the product stands here (docs/adr/0024).

#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod linux;
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub use linux::{Allocator, give_back};

/// The allocator of the program: that of the system.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub use std::alloc::System as Allocator;

/// Does nothing on this system.
///
/// # Errors
/// None.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub fn give_back() -> std::io::Result<()> {
    Ok(())
}
