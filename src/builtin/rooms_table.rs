//! The built-ins that stand on rooms, and the clients of brokers.

use super::{hub, module_options, nats, redis};
use crate::js::loader::Builtin;

pub(super) const ROOMS: &[Builtin] = &[
    Builtin { name: "krandog:hub", source: include_str!("../../runtime/hub.js"), ops: hub::OPS },
    Builtin {
        name: "krandog:history",
        source: include_str!("../../runtime/history.js"),
        ops: module_options::HISTORY_OPS,
    },
    Builtin {
        name: "internal:history_common",
        source: include_str!("../../runtime/history_common.js"),
        ops: &[],
    },
    Builtin {
        name: "krandog:history/redis",
        source: include_str!("../../runtime/history_redis.js"),
        ops: module_options::REDIS_HISTORY_OPS,
    },
    Builtin {
        name: "krandog:history/nats",
        source: include_str!("../../runtime/history_nats.js"),
        ops: module_options::NATS_HISTORY_OPS,
    },
    Builtin { name: "krandog:nats", source: include_str!("../../runtime/nats.js"), ops: nats::OPS },
    Builtin {
        name: "krandog:presence",
        source: include_str!("../../runtime/presence.js"),
        ops: module_options::PRESENCE_OPS,
    },
    Builtin {
        name: "internal:presence_peers",
        source: include_str!("../../runtime/presence_peers.js"),
        ops: module_options::PRESENCE_PEERS_OPS,
    },
    Builtin {
        name: "krandog:redis",
        source: include_str!("../../runtime/redis.js"),
        ops: redis::OPS,
    },
    Builtin {
        name: "internal:redis_commands",
        source: include_str!("../../runtime/redis_commands.js"),
        ops: &[],
    },
    Builtin {
        name: "krandog:rpc",
        source: include_str!("../../runtime/rpc.js"),
        ops: module_options::RPC_OPS,
    },
];
