//! The layers of the crate, held to what `src/lib.rs` says of them, and the habits of its files.
//!
//! Every `crate::x`, every `super::` that leaves its layer and every name of another crate is
//! looked up in one table. It reads tokens, not types: what it cannot see is a method called on a
//! value that came through an allowed layer.

use std::collections::BTreeSet;
use std::fs;

use krandog::builtin::BUILTINS;

use super::source::{files_below, is_name, is_test, module_path, relative, root, sources, tokens};

const LINES_MAX: usize = 600;

/// One layer: what it may use of this crate, and of others.
struct Layer {
    name: &'static str,
    uses: &'static [&'static str],
    crates: &'static [&'static str],
    /// Parts of the standard library that it must do without.
    not_std: &'static [&'static str],
}

/// Constants, identifiers, names of errors: open to all.
const OPEN: &[&str] = &["limits", "id", "errno"];

const LAYERS: &[Layer] = &[
    Layer { name: "limits", uses: &[], crates: &[], not_std: NO_SYSTEM },
    Layer { name: "id", uses: &[], crates: &[], not_std: NO_SYSTEM },
    Layer { name: "errno", uses: &[], crates: &["libc"], not_std: &["net", "process"] },
    Layer {
        name: "url",
        uses: &[],
        crates: &["idna"],
        not_std: &["fs", "io", "process", "thread"],
    },
    Layer { name: "logger", uses: &[], crates: &["log"], not_std: &["net", "process"] },
    Layer {
        name: "proto",
        uses: &[],
        crates: &[
            "base64",
            "brotli_decompressor",
            "flate2",
            "getrandom",
            "httparse",
            "memchr",
            "redis_protocol",
            "ring",
            "sha1",
            "simdutf8",
            "thiserror",
            "zstd_safe",
        ],
        not_std: NO_SYSTEM,
    },
    Layer {
        name: "net",
        uses: &[],
        crates: &[
            "libc",
            "log",
            "mio",
            "p12_keystore",
            "rcgen",
            "ring",
            "rustix",
            "rustls",
            "rustls_native_certs",
            "signal_hook",
            "socket2",
            "x509_parser",
        ],
        not_std: &[],
    },
    Layer {
        name: "host",
        uses: &["net", "proto"],
        crates: &["httpdate", "log", "slab"],
        not_std: &["process"],
    },
    Layer {
        name: "js",
        uses: &["url"],
        crates: &[
            "boa_engine",
            "boa_gc",
            "encoding_rs",
            "log",
            "memchr",
            "rustc_hash",
            "serde_json",
            "simdutf8",
            "strsim",
            "swc_common",
            "swc_ts_fast_strip",
            "thiserror",
        ],
        not_std: &["net", "process"],
    },
    Layer {
        name: "builtin",
        uses: &["host", "js", "net", "proto", "url"],
        crates: &[
            "aes",
            "aes_kw",
            "base64",
            "boa_engine",
            "boa_gc",
            "brotli",
            "cbc",
            "chacha20",
            "cipher",
            "ctr",
            "brotli_decompressor",
            "digest",
            "ecb",
            "ecdsa",
            "ed25519_dalek",
            "encoding_rs",
            "flate2",
            "getrandom",
            "ghash",
            "hkdf",
            "hmac",
            "httpdate",
            "if_addrs",
            "itoa",
            "k256",
            "libc",
            "log",
            "md5",
            "memchr",
            "p256",
            "p384",
            "p521",
            "pbkdf2",
            "pkcs8",
            "poly1305",
            "ring",
            "rsa",
            "rustix",
            "rusqlite",
            "ryu_js",
            "scoped_tls_hkt",
            "scrypt",
            "sec1",
            "self_cell",
            "sha1",
            "sha2",
            "simdutf8",
            "slab",
            "strsim",
            "subtle",
            "x25519_dalek",
            "x509_parser",
            "zlib_rs",
            "zstd_safe",
        ],
        not_std: &[],
    },
    Layer {
        name: "event_loop",
        uses: &["builtin", "host", "js", "net", "proto"],
        crates: &["boa_engine", "libc", "log"],
        not_std: &["net"],
    },
    Layer { name: "project", uses: &[], crates: &[], not_std: &["net", "process"] },
    Layer {
        name: "cli",
        uses: &["builtin", "event_loop", "js", "project"],
        crates: &["lexopt", "strsim"],
        not_std: &["net"],
    },
    Layer {
        name: "main",
        uses: &["cli", "logger", "net"],
        crates: &["mimalloc"],
        not_std: &["net"],
    },
];

const NO_SYSTEM: &[&str] = &["env", "fs", "io", "net", "process", "thread"];

/// `proto::http1` is used by the opening handshake of `proto::ws`, and not the other way round.
const BELOW: &[(&str, &str)] = &[("src/proto/http1/", "proto::ws")];

#[test]
fn every_arrow_points_down() {
    let others = dependencies();
    let faults: Vec<String> =
        sources().iter().flat_map(|(path, text)| check(path, text, &others)).collect();
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn a_wrong_arrow_is_found() {
    let others = dependencies();
    let wrong = [
        ("src/proto/ws/frame.rs", "use crate::net::reactor::Reactor;"),
        ("src/proto/ws/frame.rs", "use mio::Token;"),
        ("src/proto/ws/frame.rs", "use std::{fmt, net::TcpStream};"),
        ("src/proto/http1/head.rs", "use crate::proto::ws::Opcode;"),
        ("src/net/stream.rs", "use crate::{limits, proto::ws};"),
        ("src/net/mod.rs", "use super::proto;"),
        ("src/net/stream.rs", "use super::super::host::Event;"),
        ("src/host/conn.rs", "fn f() { boa_engine::Context::default(); }"),
        ("src/host/conn.rs", "use crate::builtin;"),
        ("src/js/error.rs", "fn f(host: &crate::host::Host) {}"),
        (
            "src/builtin/os.rs",
            "use crate::{\n    event_loop::Runtime,\n    js::{error, loader},\n};",
        ),
        ("src/cli.rs", "use crate::host::Host;"),
        ("src/main.rs", "use krandog::host::Host;"),
        ("src/new_layer.rs", "fn f() {}"),
        ("src/host/conn.rs", "use crate::new_layer::X;"),
    ];
    for (path, text) in wrong {
        assert_eq!(check(path, text, &others).len(), 1, "{path}: {text}");
    }
}

#[test]
fn a_right_arrow_passes() {
    let others = dependencies();
    let right = [
        ("src/proto/ws/frame.rs", "use crate::{id::ConnId, limits::A, proto::ws::Opcode};"),
        ("src/proto/ws/frame.rs", "// crate::net is not used here\n/* nor mio::Poll */"),
        ("src/proto/ws/frame.rs", "const A: &str = \"crate::net\"; const B: char = '\"';"),
        ("src/proto/ws/frame.rs", "const A: &str = r#\"say \"mio::Poll\"\"#; fn f<'a>() {}"),
        ("src/proto/ws/tests/frame.rs", "use tungstenite::Message;"),
        ("src/host/mod.rs", "use super::proto; use crate::net::{stream, timers};"),
        ("src/builtin/os.rs", "use boa_engine::Context; use crate::host::Host;"),
        ("src/js/error.rs", "fn f() { value.log(crate::js::url::parse()) }"),
        ("src/main.rs", "use krandog::cli;"),
    ];
    for (path, text) in right {
        assert_eq!(check(path, text, &others), Vec::<String>::new(), "{path}: {text}");
    }
}

#[test]
fn every_file_opens_with_what_it_is_and_stays_short() {
    let mut faults = Vec::new();
    for (path, text) in sources() {
        if !text.starts_with("//! ") && !is_test(&path) {
            faults.push(format!("{path} does not open with a //! paragraph"));
        }
        faults.extend(too_long(&path, &text));
    }
    for path in files_below(&root().join("runtime"), "js") {
        let text = fs::read_to_string(&path).unwrap();
        let path = relative(&path);
        if !text.starts_with("// ") {
            faults.push(format!("{path} does not open with a comment that says what it is"));
        }
        faults.extend(too_long(&path, &text));
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn every_public_built_in_has_tests() {
    let missing: Vec<String> = BUILTINS
        .iter()
        .filter(|row| !row.name.starts_with("internal:"))
        .map(|row| format!("tests/js/{}", test_folder(row.name)))
        .filter(|folder| files_below(&root().join(folder), "js").is_empty())
        .collect();
    assert!(missing.is_empty(), "no tests in {}", missing.join(", "));
}

/// `krandog:hub` is tested in `hub`, `assert/strict` in `assert`.
fn test_folder(name: &str) -> &str {
    match name.trim_start_matches("krandog:").trim_start_matches("node:").split('/').next() {
        Some("perf_hooks") => "performance",
        Some("stream") => "streams",
        Some(folder) => folder,
        None => name,
    }
}

fn too_long(path: &str, text: &str) -> Option<String> {
    let lines = text.lines().count();
    (lines > LINES_MAX).then(|| format!("{path} has {lines} lines, more than {LINES_MAX}"))
}

/// What is wrong with the arrows of one file.
fn check(path: &str, text: &str, others: &BTreeSet<String>) -> Vec<String> {
    let module = module_path(path);
    let Some(layer) = LAYERS.iter().find(|layer| Some(layer.name) == module.first().copied())
    else {
        // The root only lists the layers.
        return if path == "src/lib.rs" { Vec::new() } else { vec![format!("{path}: no layer")] };
    };
    let tokens = tokens(text);
    let is_test = is_test(path);
    let mut faults = BTreeSet::new();
    for (at, token) in tokens.iter().enumerate() {
        if at > 0 && (tokens[at - 1] == "::" || tokens[at - 1] == ".") {
            continue;
        }
        if tokens.get(at + 1).map(String::as_str) != Some("::") {
            continue;
        }
        let (root, rest) = match token.as_str() {
            "crate" | "krandog" => ("crate", &tokens[at + 2..]),
            "super" => match climb(&tokens[at..], module.len()) {
                Some(rest) => ("super", rest),
                None => continue,
            },
            name => (name, &tokens[at + 2..]),
        };
        for path_used in first_names(rest) {
            let fault = match root {
                // From inside of a `mod tests { }`, it may be a name of the file itself.
                "super" if !is_layer(&path_used) => None,
                "crate" | "super" => wrong_layer(layer, &path_used, path),
                "std" => first(&path_used)
                    .filter(|part| layer.not_std.contains(part) && !is_test)
                    .filter(|_| !ADDRESSES.iter().any(|allowed| path_used.starts_with(allowed)))
                    .map(|part| format!("std::{part}")),
                name => (others.contains(name) && !layer.crates.contains(&name) && !is_test)
                    .then(|| name.to_owned()),
            };
            faults.extend(fault.map(|used| format!("{path}: {} may not use {used}", layer.name)));
        }
    }
    faults.into_iter().collect()
}

/// Plain data of the standard library in modules that otherwise do input and output.
const ADDRESSES: &[&str] = &["net::IpAddr", "net::Ipv4Addr", "net::Ipv6Addr", "net::SocketAddr"];

fn is_layer(path: &str) -> bool {
    first(path).is_some_and(|name| LAYERS.iter().any(|layer| layer.name == name))
}

fn first(path: &str) -> Option<&str> {
    path.split("::").next()
}

fn wrong_layer(layer: &Layer, used: &str, path: &str) -> Option<String> {
    let name = first(used)?;
    let known = name == layer.name || OPEN.contains(&name) || layer.uses.contains(&name);
    let climbs =
        BELOW.iter().any(|(below, above)| path.starts_with(below) && used.starts_with(above));
    (!known || climbs).then(|| format!("crate::{used}"))
}

/// What follows a chain of `super::` that reaches the root from this deep.
fn climb(tokens: &[String], depth: usize) -> Option<&[String]> {
    let steps = tokens.chunks(2).take_while(|pair| *pair == ["super", "::"]).count();
    (steps >= depth).then(|| &tokens[steps * 2..])
}

/// The paths after a `::`, two names deep: one, or those of a group in braces.
fn first_names(tokens: &[String]) -> Vec<String> {
    let two = |tokens: &[String]| match tokens {
        [first, colons, second, ..] if colons == "::" && is_name(second) => {
            format!("{first}::{second}")
        }
        [first, ..] => first.clone(),
        [] => String::new(),
    };
    match tokens.first().map(String::as_str) {
        Some("{") => {}
        Some(name) if is_name(name) => return vec![two(tokens)],
        _ => return Vec::new(),
    }
    let mut names = Vec::new();
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate() {
        match token.as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            name if depth == 1
                && is_name(name)
                && ["{", ","].contains(&tokens[at - 1].as_str()) =>
            {
                names.push(two(&tokens[at..]));
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    names
}

/// The names of the crates that `Cargo.toml` depends on, as they are written in Rust.
fn dependencies() -> BTreeSet<String> {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let mut names = BTreeSet::new();
    let mut inside = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line.ends_with("dependencies]");
        } else if let (true, Some((name, _))) = (inside, line.split_once('=')) {
            names.insert(name.trim().replace('-', "_"));
        }
    }
    names
}
