//! What other runtimes have and krandog has not, and what to use instead: names and modules.

/// What to write instead of a name that is global elsewhere; `line` is where it stands.
pub(super) fn instead_of(name: &str, line: &str) -> Option<String> {
    if name == "require" {
        return Some(require(line));
    }
    let found = GLOBALS.iter().find(|row| row.0.contains(&name))?;
    if let ("Deno" | "Bun", Some(member)) = (name, member_of(name, line))
        && let Some(row) = MEMBERS.iter().find(|row| row.0.contains(&member))
    {
        return Some(row.1.to_owned());
    }
    Some(found.1.to_owned())
}

const FETCH: &str = "write await fetch(url, { method, headers, body }), which is global";

/// Names that are global in browsers, Node.js, Deno or Bun.
const GLOBALS: &[(&[&str], &str)] = &[
    (&["module", "exports"], "krandog runs ES modules: write export for module.exports"),
    (&["__dirname"], "krandog runs ES modules: write import.meta.dirname"),
    (&["__filename"], "krandog runs ES modules: write import.meta.filename"),
    (&["XMLHttpRequest", "axios"], FETCH),
    (
        &["Bun"],
        "krandog is not Bun: serve(3000, (req) => 'hello') serves, and process, URL and WebSocket \
         are as in Node.js",
    ),
    (
        &["Deno"],
        "krandog is not Deno: serve(3000, (req) => 'hello') serves, and process, URL and WebSocket \
         are as in Node.js",
    ),
    (
        &["document", "HTMLElement", "Element", "Node", "alert", "prompt", "confirm", "history"],
        "this belongs to a page in a browser, and a script that krandog runs has no page",
    ),
    (
        &["window", "self"],
        "write globalThis for the global object, or the bare name of what is in it",
    ),
    (
        &["localStorage", "sessionStorage", "indexedDB"],
        "this belongs to a page in a browser; krandog:kv and krandog:sqlite keep things in a file",
    ),
    (
        &["location"],
        "this belongs to a page in a browser; a handler finds the address in req.pathname and \
         req.query",
    ),
    (
        &["SharedWorker", "importScripts"],
        "krandog has module workers: new Worker(new URL('./worker.js', import.meta.url))",
    ),
    (
        &["WebSocketServer", "io"],
        "serve(port, (req) => ..) accepts WebSockets: a message comes as req.type === 'websocket'",
    ),
    (&["express", "app"], "serve(port, (req) => ..) serves HTTP and WebSockets"),
    (&["print", "echo", "puts", "println"], "write console.log(…)"),
    (&["describe", "it"], "write import { describe, it } from 'node:test'"),
    (&["expect"], "write import assert from 'assert', and assert.equal(actual, expected)"),
];

/// Properties of `Deno` and `Bun`.
const MEMBERS: &[(&[&str], &str)] = &[
    (
        &["serve", "listen", "upgradeWebSocket", "serveHttp"],
        "write serve(3000, (req) => 'hello'), which answers WebSockets too",
    ),
    (&["env"], "write process.env.NAME"),
    (&["args", "argv"], "write process.argv"),
    (&["exit"], "write process.exit(code)"),
    (&["stdin", "stdout", "stderr"], "write process.stdin, process.stdout or process.stderr"),
    (&["cwd"], "write process.cwd()"),
    (
        &["readTextFile", "readFile", "writeTextFile", "writeFile", "file", "write", "open"],
        "write import { readFile, writeFile } from 'fs/promises'",
    ),
    (&["sleep"], "write await new Promise((done) => setTimeout(done, ms))"),
    (&["connect"], "write import { connect } from 'net', or use new WebSocket(url)"),
];

/// `serve` in `Deno.serve(..)`.
fn member_of<'a>(name: &str, line: &'a str) -> Option<&'a str> {
    let at = line.find(&format!("{name}."))? + name.len() + 1;
    let rest = &line[at..];
    let end = rest.find(|character: char| !character.is_alphanumeric()).unwrap_or(rest.len());
    Some(&rest[..end])
}

/// The import that does what this line does with `require`.
fn require(line: &str) -> String {
    let general = "krandog runs ES modules: write import name from 'module' for require('module')";
    let written = (|| {
        let (before, after) = line.split_once("require(")?;
        let quote = after.chars().next().filter(|quote| "'\"".contains(*quote))?;
        let (module, rest) = after[1..].split_once(quote)?;
        let target = before.trim().trim_end_matches('=').trim();
        let target = ["const ", "let ", "var "].iter().find_map(|word| target.strip_prefix(word));
        let target = target?.trim();
        let name = rest.strip_prefix(").").map(|rest| {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
            &rest[..end.unwrap_or(rest.len())]
        });
        let imported = match name {
            Some(name) if name == target => format!("{{ {name} }}"),
            Some(name) => format!("{{ {name} as {target} }}"),
            None => target.replace(": ", " as "),
        };
        Some(format!("krandog runs ES modules: write import {imported} from '{module}'"))
    })();
    written.unwrap_or_else(|| general.to_owned())
}

/// Why krandog cannot import this, and what it has instead.
pub(in crate::js) fn instead_of_module(specifier: &str) -> Option<String> {
    let name = specifier.strip_prefix("node:").unwrap_or(specifier);
    let name = name.strip_prefix("npm:").unwrap_or(name);
    let row = MODULES.iter().find(|row| row.0.contains(&name));
    if let Some(row) = row {
        return Some(row.1.replace("{}", name));
    }
    let (scheme, _) = specifier.split_once(':')?;
    match scheme {
        "node" => Some(format!("krandog has no '{name}'")),
        "bun" | "deno" | "npm" | "jsr" => Some(format!(
            "krandog has no modules of the kind {scheme}:; it runs files and built-ins"
        )),
        "http" | "https" => Some(
            "krandog loads no modules from the network: save it as a file, and import './name.js'"
                .to_owned(),
        ),
        _ => None,
    }
}

/// Modules of Node.js, and packages that people expect. `{}` is the name.
const MODULES: &[(&[&str], &str)] = &[
    (&["fs-extra", "graceful-fs"], "fs and fs/promises are built in"),
    (
        &["ws", "websocket", "isomorphic-ws", "uWebSockets.js", "faye-websocket"],
        "WebSocket is built in: new WebSocket(url) connects, and serve(port, (req) => ..) accepts",
    ),
    (
        &["socket.io", "socket.io-client", "engine.io", "sockjs", "primus"],
        "krandog speaks WebSocket itself: serve(port, (req) => ..) accepts, and \
         new WebSocket(url) connects",
    ),
    (
        &["express", "koa", "fastify", "connect", "restify", "polka", "@hapi/hapi"],
        "write serve(port, (req) => reply), and look at req.method and req.pathname",
    ),
    (&["http2"], "krandog has no '{}': import 'https' for HTTP/1.1, or put a proxy in front"),
    (&["axios", "node-fetch", "got", "undici", "request", "superagent"], FETCH),
    (&["piscina"], "Worker is built in, and so is the module worker_threads"),
    (&["readable-stream"], "the module stream is built in"),
    (&["krandog"], "serve, WebSocket and other globals need no import"),
    (&["chai"], "krandog has no '{}': import assert from 'assert'"),
    (
        &["test", "jest", "mocha", "vitest"],
        "write import { test } from 'node:test', and run krandog test",
    ),
    (&["repl"], "krandog has no '{}': the module readline reads lines"),
    (
        &["better-sqlite3", "sqlite", "sqlite3"],
        "import { Database } from 'krandog:sqlite', or { DatabaseSync } from 'node:sqlite'",
    ),
    (&["bcrypt"], "krandog loads no native add-ons: scrypt of the module crypto is for passwords"),
    (&["dotenv"], "process.loadEnvFile() is built in, and so is parseEnv of the module util"),
    (&["domain", "sea", "trace_events", "wasi"], "krandog has no '{}'"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn require_is_written_as_an_import() {
        let import =
            |line: &str| require(line).split_once("write ").map(|found| found.1.to_owned());
        let is = |line: &str, expected: &str| assert_eq!(import(line).as_deref(), Some(expected));
        is("const http = require('http');", "import http from 'http'");
        is("const { join, sep: s } = require(\"path\")", "import { join, sep as s } from 'path'");
        is("var on = require('events').once;", "import { once as on } from 'events'");
        is("load(require(name))", "import name from 'module' for require('module')");
    }

    #[test]
    fn modules_elsewhere_have_an_answer() {
        assert!(instead_of_module("node:repl").is_some_and(|text| text.contains("no 'repl'")));
        assert!(instead_of_module("node:whatever").is_some());
        assert!(instead_of_module("left-pad").is_none());
    }
}
