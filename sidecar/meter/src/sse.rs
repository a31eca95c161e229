//! Server-sent events read as they pass by.
