//! The proved types: private fields, built only by parsing, so that a wrong value cannot exist.
//!
//! ```
//! use multicluster_core::model::{FailoverVersionIncrement, HostPort};
//!
//! assert_eq!(FailoverVersionIncrement::parse("100").map(|it| it.capacity()), Ok(99));
//! assert!(HostPort::parse("[::1]:7233").is_ok());
//! // As Go reads it: without a port it is no address.
//! assert!(HostPort::parse("temporal.example").is_err());
//! ```

mod cluster_name;
mod failover_version;
mod file_path;
mod host_port;
mod number;
mod redirection_policy;
mod shard_count;
mod tool;

pub(crate) use cluster_name::is_unusable;
pub use cluster_name::{ClusterName, ClusterNameError};
pub use failover_version::{
    FailoverVersion, FailoverVersionIncrement, InitialFailoverVersion, lowest_free,
};
pub use file_path::FilePath;
pub(crate) use host_port::MachineKey;
pub(crate) use host_port::split as split_host_port;
pub use host_port::{HostName, HostPort, HostPortError};
pub use number::NumberError;
pub use redirection_policy::RedirectionPolicy;
pub use shard_count::ShardCount;
pub use tool::Tool;
