#![no_main]

use krandog_fuzz::{memory, targets};
use libfuzzer_sys::fuzz_target;

#[global_allocator]
static ALLOCATOR: memory::Counting = memory::Counting;

fuzz_target!(|data: &[u8]| memory::check(data, targets::proxy_header::run));
