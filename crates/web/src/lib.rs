//! HTTP glue: extractors, problem responses, OpenAPI, realtime hub, static files.
