//! The fuzzer. `FUZZ_TARGET` names what is fuzzed; all arguments are libFuzzer's.
#![no_main]

use std::env;
use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use multicluster_fuzz::{Target, target};

static TARGET: OnceLock<&Target> = OnceLock::new();

fuzz_target!(|bytes: &[u8]| {
    let target = TARGET.get_or_init(|| {
        let name = env::var("FUZZ_TARGET").expect("FUZZ_TARGET names what is fuzzed");
        target(&name).expect("FUZZ_TARGET is one of the targets")
    });
    (target.run)(bytes);
});
