//! Connections whose bytes are a script's own.

use std::io::Write;
use std::net::Shutdown;

use super::World;
use crate::host::{Event, RawNews, ServerOptions};
use crate::id::ConnId;

fn options() -> ServerOptions {
    ServerOptions { raw: true, ..ServerOptions::default() }
}

/// Turns until there is news of which `find` makes something.
fn until<T>(world: &mut World, find: impl Fn(ConnId, &RawNews, &World) -> Option<T>) -> T {
    for _ in 0..1000 {
        for event in world.turn() {
            if let Event::Raw { conn, news } = event
                && let Some(found) = find(conn, &news, world)
            {
                return found;
            }
        }
    }
    panic!("it does not come");
}

fn accepted(world: &mut World) -> ConnId {
    until(world, |conn, news, _| matches!(news, RawNews::Accepted(_)).then_some(conn))
}

#[test]
fn nothing_is_read_until_the_script_wants_it() {
    let mut world = World::new(options());
    let conn = accepted(&mut world);
    world.send("hello");
    for _ in 0..3 {
        assert!(world.turn().is_empty());
    }
    world.host.read_raw(conn, true);
    let read = until(&mut world, |_, news, world| match news {
        RawNews::Data(range) => Some(world.input.bytes()[range.clone()].to_vec()),
        _ => None,
    });
    assert_eq!(read, b"hello");
}

#[test]
fn each_side_ends_by_itself() {
    let mut world = World::new(options());
    let conn = accepted(&mut world);
    world.host.read_raw(conn, true);
    world.client.shutdown(Shutdown::Write).unwrap();
    until(&mut world, |_, news, _| matches!(news, RawNews::End).then_some(()));
    assert_eq!(world.host.write_raw(conn, b"late"), Some(false));
    world.host.end_raw(conn);
    until(&mut world, |_, news, _| matches!(news, RawNews::Finished).then_some(()));
    assert_eq!(world.serve(b"late"), b"late");
    world.host.destroy_raw(conn, false);
    assert!(!world.host.has_connections());
    assert_eq!(world.host.write_raw(conn, b"x"), None);
}

#[test]
fn whoever_writes_too_much_is_told_to_wait_and_when_there_is_room() {
    let mut world = World::new(options());
    let conn = accepted(&mut world);
    let chunk = vec![b'x'; 1024 * 1024];
    while world.host.write_raw(conn, &chunk) == Some(false) {}
    world.client.set_nonblocking(false).unwrap();
    let mut client = world.client.try_clone().unwrap();
    let reader = std::thread::spawn(move || std::io::copy(&mut client, &mut std::io::sink()));
    until(&mut world, |_, news, _| matches!(news, RawNews::Room).then_some(()));
    world.host.end_raw(conn);
    until(&mut world, |_, news, _| matches!(news, RawNews::Finished).then_some(()));
    assert!(reader.join().unwrap().unwrap() >= 1024 * 1024);
}

#[test]
fn one_that_is_unreferenced_keeps_nothing_alive_and_is_counted_once() {
    let mut world = World::new(options());
    let conn = accepted(&mut world);
    let server = world.host.server_of(conn).unwrap();
    world.host.set_server_referenced(server, false);
    assert!(world.host.is_alive());
    world.host.set_raw_referenced(conn, false);
    world.host.set_raw_referenced(conn, false);
    assert!(!world.host.is_alive());
    world.host.set_raw_referenced(conn, true);
    assert!(world.host.is_alive());
    world.host.set_raw_referenced(conn, false);
    world.host.destroy_raw(conn, true);
    assert!(!world.host.is_alive());
    world.client.flush().unwrap();
}
