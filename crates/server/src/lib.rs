//! The binary `heard`.
