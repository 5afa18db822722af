//! Handlers whose argument certainly does not get out, and those whose argument may.

mod differential;
mod handlers;

use super::only_reads;

fn lets_go(function: &str) -> bool {
    only_reads(function, &["ws", "data"])
}

#[test]
fn reading_fields_is_harmless() {
    for function in [
        "() => 1",
        "(req) => req.ws.send(req.data)",
        "req => { req.ws.send(req.data.toUpperCase()) }",
        "function (req) { const { ws, data: text } = req; ws.send(text) }",
        "function handler(req) { if ((req).data === 'x') return; kept = req.data }",
        "({ ws, data }) => ws.send(data)",
        "(req) => { const { data } = req; all.forEach((ws) => ws.send(data)) }",
        "(req) => { let { data = 1 } = req; data = 2 }",
        "(req) => req.data?.length + req.ws?.send?.(req.data)",
        "(req, unused) => `${req.data}` + [req.data] + typeof req.data",
    ] {
        assert!(lets_go(function), "{function}");
    }
}

#[test]
fn keeping_or_changing_the_argument_is_not() {
    for function in [
        "(req) => { kept = req }",
        "(req) => req",
        "(req) => keep(req)",
        "(req) => (req.data, req)",
        "(req) => { (req.data); keep(req) }",
        "(req) => { keep({ req }) }",
        "(req) => { keep({ ...req }) }",
        "(req) => { const { data, ...rest } = req }",
        "(req) => { const { ['data']: x } = req }",
        "(req) => { const copy = req; copy.data }",
        "(req) => () => req.data",
        "(req) => { function later() { return req.data } later() }",
        "(req) => { const o = { get data() { return req.data } } }",
        "(req) => { const o = { data() { return req.data } } }",
        "(req) => { class C { x = req.data } }",
        "(req) => { class C { static { keep(req.data) } } }",
        "(req) => { queue((x = req.data) => x) }",
        "(req, later = () => req.data) => later",
        "(req) => { req.data = 1 }",
        "(req) => { req.data += 1 }",
        "(req) => { req.data++ }",
        "(req) => { delete req.data }",
        "(req) => { [req.data] = [1] }",
        "(req) => { ({ x: req.data } = { x: 1 }) }",
        "(req) => { for (req.data of [1]); }",
        "(req) => { for (const x in req); }",
        "(req) => req.data()",
        "(req) => (req.data)()",
        "(req) => req.data`x`",
        "(req) => req.data?.()",
        "(req) => (req.data)?.()",
        "(req) => req?.data",
        "(req) => req['data']",
        "(req) => req[name]",
        "(req) => req.other",
        "(req) => req.toJSON()",
        "(req) => 'data' in req",
        "(req) => { req = 1 }",
        "function (req) { keep(arguments) }",
        "function (req) { arguments[0].data }",
        "(req) => eval('req')",
        "(req) => { with (req) data }",
        "(...req) => req.data",
        "({ data, ...rest }) => rest",
        "({ [data]: x }) => x",
        "([data]) => data",
        "(req = {}) => req.data",
        "async (req) => req.data",
        "async function (req) { req.data }",
        "function* (req) { req.data }",
        "async function* (req) { req.data }",
        "class { constructor(req) { req.data } }",
        "function () { [native code] }",
        "handler(req) { req.data }",
        "(req) => { x = y\n<!--keep(req)\nreq.data }",
        "(req) => { x = y\n-->keep(req)\nreq.data }",
        "(req) => 1); keep((req) => 1",
        "",
    ] {
        assert!(!lets_go(function), "{function}");
    }
}

#[test]
fn an_argument_by_another_name_or_in_a_pattern_is_found() {
    for function in [
        "(r\\u0065q) => keep(r\\u{65}q)",
        "function (req) { keep(argum\\u0065nts) }",
        "(req) => ev\\u0061l('req')",
        "(req) => import(req)",
        "(req) => { const { data: { x = req } } = req }",
        "(req) => { try { throw req } catch (error) { keep(error) } }",
        "(req) => { for ({ x = req } of [{}]); }",
        "(req, { x = req }) => x",
        "(req, ...[x = req]) => x",
        "({ data = arguments }) => data",
    ] {
        assert!(!lets_go(function), "{function}");
    }
}
