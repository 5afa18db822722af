//! Hash slots of a cluster: which nodes have which.
//!
//! Spec: <https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/>

use std::ops::RangeInclusive;

use super::value::Value;

/// How many slots there are.
pub const SLOTS: u16 = 16_384;

/// The slots of some nodes: of a primary, and of its replicas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlotRange {
    /// The slots.
    pub slots: RangeInclusive<u16>,
    /// The primary and then the replicas, as `host:port`.
    pub nodes: Vec<String>,
}

/// Reads the reply to `CLUSTER SLOTS`. A node without an address is the one that was asked, at
/// `asked`. `None` if it is no such reply.
pub fn read_slots(reply: &Value<'_>, asked: &str) -> Option<Vec<SlotRange>> {
    let Value::Array(ranges) = reply else { return None };
    ranges.iter().map(|range| read_range(range, asked)).collect()
}

fn read_range(range: &Value<'_>, asked: &str) -> Option<SlotRange> {
    let Value::Array(parts) = range else { return None };
    let [Value::Int(first), Value::Int(last), nodes @ ..] = parts.as_slice() else { return None };
    let slot = |number: i64| u16::try_from(number).ok().filter(|slot| *slot < SLOTS);
    let nodes: Option<Vec<String>> = nodes.iter().map(|node| read_node(node, asked)).collect();
    Some(SlotRange {
        slots: slot(*first)?..=slot(*last)?,
        nodes: nodes.filter(|nodes| !nodes.is_empty())?,
    })
}

fn read_node(node: &Value<'_>, asked: &str) -> Option<String> {
    let Value::Array(parts) = node else { return None };
    let [host, Value::Int(port), ..] = parts.as_slice() else { return None };
    let port = u16::try_from(*port).ok()?;
    let host = std::str::from_utf8(host.as_bytes().unwrap_or_default()).ok()?;
    let own = asked.rsplit_once(':').map_or(asked, |(host, _)| host);
    Some(match host {
        "" | "?" => format!("{own}:{port}"),
        host if host.contains(':') => format!("[{host}]:{port}"),
        host => format!("{host}:{port}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_is_read_as_far_as_it_is_one() {
        let bytes = |text: &'static str| Value::Bytes(text.as_bytes().into());
        let node = |host, port| Value::Array(vec![bytes(host), Value::Int(port), bytes("id")]);
        let range = |nodes: Vec<Value<'static>>| {
            let mut parts = vec![Value::Int(5), Value::Int(9)];
            parts.extend(nodes);
            Value::Array(vec![Value::Array(parts)])
        };
        let nodes = vec![node("10.0.0.1", 7000), node("", 7001), node("::1", 7002)];
        let read = read_slots(&range(nodes), "example.org:7001").unwrap();
        assert_eq!(read[0].slots, 5..=9);
        assert_eq!(read[0].nodes, ["10.0.0.1:7000", "example.org:7001", "[::1]:7002"]);
        assert_eq!(read_slots(&range(vec![]), "a:1"), None);
        assert_eq!(read_slots(&range(vec![node("a", 70_000)]), "a:1"), None);
        assert_eq!(read_slots(&Value::Null, "a:1"), None);
        assert_eq!(read_slots(&Value::Array(vec![Value::Int(1)]), "a:1"), None);
    }
}
