//! JSON read as it passes by.
