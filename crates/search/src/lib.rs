//! Full-text search with Chinese tokens.
