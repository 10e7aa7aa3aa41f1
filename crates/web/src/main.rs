//! The program of the page. Being there, it does nothing yet: boot.js calls what `multicluster_web` offers.

// Or nothing of it would be linked.
use multicluster_web as _;

fn main() {}
