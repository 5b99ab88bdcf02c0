//! The binary `heard`.

fn main() {}
