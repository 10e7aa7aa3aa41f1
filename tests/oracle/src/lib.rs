//! Temporal's own server code, and real shells, judge what the core crate writes.

pub mod judge;
