//! Model, rules and writers for Temporal multi-cluster replication configuration.
//!
//! ```text
//!  what was typed            what is true                      what leaves
//!  Draft (strings) ─resolve─▶ Plan (proved types) ───render───▶ Artifact (annotated lines)
//!     ▲                       + Diagnostics
//!     └── Edit (form, fix, undo)
//! ```
//!
//! This crate is pure: no input or output, no clock, no randomness, no web. The same draft gives
//! the same bytes.
//!
//! ```
//! use multicluster_core::{Draft, resolve};
//!
//! let resolution = resolve(&Draft::default());
//! assert!(resolution.diagnostics().iter().all(|found| !found.is_error()));
//! let text = resolution.render_all()[0].text();
//! assert!(text.starts_with("# clusterA · Temporal 1.14 and later\nclusterMetadata:\n"));
//! ```
#![forbid(unsafe_code)]

mod by_key;
pub mod change;
pub mod decode;
pub mod diagnostics;
mod draft;
pub mod edit;
pub mod explain;
pub mod failover;
pub mod link;
pub mod model;
pub mod observed;
pub mod picture;
mod plan;
pub mod presets;
mod reading;
pub mod release;
pub mod render;
mod resolve;
mod rules;
mod server_messages;
mod settings;
mod taken;

pub use diagnostics::{Code, Diagnostic, Fix, MOST_HELP, Path, Severity, pack_help, unpack_help};
pub use draft::{ClusterDraft, ClusterId, Draft, Running};
pub use edit::{ClusterField, Edit};
pub use plan::{Cluster, ConfigFile, Member, Plan};
pub use render::{Artifact, ArtifactId};
pub use resolve::{Output, Resolution, resolve};
pub use rules::{RuleText, rule_texts};
pub use settings::{Setting, Settings};
