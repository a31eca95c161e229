//! How many tokens a text is, where the provider never said.
