//! The binary `heard`.

use std::process::ExitCode;

use clap::Parser as _;
use heard_server::{cli::Cli, commands::report, run};

#[global_allocator]
static ALLOCATOR: heard_memory::Allocator = heard_memory::Allocator;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return report(&heard_kernel::Error::internal(error)),
    };
    match runtime.block_on(run(cli)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => report(&error),
    }
}
