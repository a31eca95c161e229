//! The cluster's watches, fed into the index, and how fresh they are.
