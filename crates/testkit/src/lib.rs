//! For tests: databases of both engines and a small world around them.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests fail by panicking")]

pub mod bench;
mod database;
mod overlap;
pub mod seed;
pub mod soak;

pub use database::{TestDb, base_config};
pub use overlap::{Gate, overlap};

/// Makes each named `async fn(TestDb)` a test on SQLite and one on PostgreSQL.
#[macro_export]
macro_rules! on_both_engines {
    ($($test:ident),* $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() { super::$test($crate::TestDb::sqlite().await).await; })*
        }
        mod on_postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() { super::$test($crate::TestDb::postgres().await).await; })*
        }
    };
}
