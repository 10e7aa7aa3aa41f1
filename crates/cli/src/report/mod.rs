//! How problems are shown: one file per form.

pub(crate) mod human;
pub(crate) mod json;
pub(crate) mod sarif;
