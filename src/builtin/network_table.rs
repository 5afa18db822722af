//! The built-ins that speak with others: HTTP, WebSockets, sockets, names.

use super::{
    cookies, dgram, dns, event_source, fetch, files, frame, http, late_import, messages, net, sse,
    websocket,
};
use crate::js::loader::Builtin;

pub(super) const NETWORK: &[Builtin] = &[
    Builtin {
        name: "internal:event_source",
        source: include_str!("../../runtime/event_source.js"),
        ops: event_source::OPS,
    },
    Builtin {
        name: "internal:messages",
        source: include_str!("../../runtime/messages.js"),
        ops: messages::OPS,
    },
    Builtin {
        name: "internal:fetch",
        source: include_str!("../../runtime/fetch.js"),
        ops: fetch::OPS,
    },
    Builtin {
        name: "internal:http_health",
        source: include_str!("../../runtime/http_health.js"),
        ops: http::HEALTH_OPS,
    },
    Builtin {
        name: "internal:http_mistakes",
        source: include_str!("../../runtime/http_mistakes.js"),
        ops: late_import::OPS,
    },
    Builtin {
        name: "internal:http_clients",
        source: include_str!("../../runtime/http_clients.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:http_patterns",
        source: include_str!("../../runtime/http_patterns.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:http_routes",
        source: include_str!("../../runtime/http_routes.js"),
        ops: http::ROUTE_OPS,
    },
    Builtin {
        name: "internal:http_upgrade",
        source: include_str!("../../runtime/http_upgrade.js"),
        ops: &[],
    },
    Builtin { name: "http", source: include_str!("../../runtime/http.js"), ops: http::OPS },
    Builtin {
        name: "https",
        source: include_str!("../../runtime/https.js"),
        ops: http::SECURE_CLIENT_OPS,
    },
    Builtin {
        name: "internal:http_client",
        source: include_str!("../../runtime/http_client.js"),
        ops: fetch::NODE_OPS,
    },
    Builtin {
        name: "internal:http_incoming",
        source: include_str!("../../runtime/http_incoming.js"),
        ops: &[],
    },
    Builtin {
        name: "krandog:cookies",
        source: include_str!("../../runtime/cookies.js"),
        ops: cookies::OPS,
    },
    Builtin {
        name: "krandog:files",
        source: include_str!("../../runtime/files.js"),
        ops: files::OPS,
    },
    Builtin {
        name: "krandog:frame",
        source: include_str!("../../runtime/frame.js"),
        ops: frame::OPS,
    },
    Builtin {
        name: "internal:websocket_iterator",
        source: include_str!("../../runtime/websocket_iterator.js"),
        ops: websocket::ITERATOR_OPS,
    },
    Builtin {
        name: "internal:websocket_reader",
        source: include_str!("../../runtime/websocket_reader.js"),
        ops: &[],
    },
    Builtin {
        name: "internal:websocket_parts",
        source: include_str!("../../runtime/websocket_parts.js"),
        ops: websocket::STREAM_OPS,
    },
    Builtin {
        name: "internal:websocket_stream",
        source: include_str!("../../runtime/websocket_stream.js"),
        ops: &[],
    },
    Builtin { name: "krandog:sse", source: include_str!("../../runtime/sse.js"), ops: sse::OPS },
    Builtin {
        name: "internal:http_bodies",
        source: include_str!("../../runtime/http_bodies.js"),
        ops: http::BODY_OPS,
    },
    Builtin {
        name: "krandog:client",
        source: include_str!("../../runtime/client.js"),
        ops: websocket::CLIENT_OPS,
    },
    Builtin { name: "net", source: include_str!("../../runtime/net.js"), ops: net::OPS },
    Builtin {
        name: "internal:net_socket",
        source: include_str!("../../runtime/net_socket.js"),
        ops: net::OPS,
    },
    Builtin {
        name: "internal:net_connect",
        source: include_str!("../../runtime/net_connect.js"),
        ops: net::OPS,
    },
    Builtin {
        name: "internal:net_server",
        source: include_str!("../../runtime/net_server.js"),
        ops: net::OPS,
    },
    Builtin {
        name: "internal:net_addresses",
        source: include_str!("../../runtime/net_addresses.js"),
        ops: net::OPS,
    },
    Builtin {
        name: "internal:http_outgoing",
        source: include_str!("../../runtime/http_outgoing.js"),
        ops: late_import::OPS,
    },
    Builtin {
        name: "internal:http_node",
        source: include_str!("../../runtime/http_node.js"),
        ops: http::NODE_OPS,
    },
    Builtin {
        name: "internal:http_node_server",
        source: include_str!("../../runtime/http_node_server.js"),
        ops: http::NODE_OPS,
    },
    Builtin { name: "tls", source: include_str!("../../runtime/tls.js"), ops: net::TLS_OPS },
    Builtin {
        name: "internal:tls_identity",
        source: include_str!("../../runtime/tls_identity.js"),
        ops: net::TLS_OPS,
    },
    Builtin { name: "dgram", source: include_str!("../../runtime/dgram.js"), ops: dgram::OPS },
    Builtin { name: "dns", source: include_str!("../../runtime/dns.js"), ops: dns::OPS },
    Builtin {
        name: "dns/promises",
        source: include_str!("../../runtime/dns_promises.js"),
        ops: dns::OPS,
    },
    Builtin {
        name: "internal:dns_resolver",
        source: include_str!("../../runtime/dns_resolver.js"),
        ops: dns::OPS,
    },
];
