//! The buses of hubs: what a script, or the command line, asks for, and what is said when one is away.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use boa_engine::{Context, JsResult};

use crate::builtin::broker::{is_broker, parse_broker};
use crate::builtin::context_data::{installed, with_host};
use crate::builtin::options::Given;
use crate::builtin::process::ProgramArguments;
use crate::host::{BrokerOptions, BusNews, HubHandle};
use crate::id::HubId;
use crate::js::convert::to_utf8;
use crate::js::error::node_error;
use crate::net::tls::ClientTls;

/// A bus.
#[derive(Clone)]
pub(in crate::builtin) enum BusWish {
    /// One of this process, by its name.
    Named(String),
    /// That of a broker.
    Broker(Box<BrokerOptions>),
}

/// What is known of the buses of brokers.
#[derive(Default)]
struct Buses {
    /// How many servers have been given the bus of the command line.
    servers: Cell<usize>,
    states: RefCell<HashMap<HubId, State>>,
}

#[derive(Clone, Copy, Default)]
struct State {
    has_been_up: bool,
    was_told: bool,
}

pub(super) fn install(context: &mut Context) {
    context.insert_data(Buses::default());
}

/// The option `bus`: a name, or the URL of a broker.
pub(in crate::builtin) fn bus_wish(given: &Given<'_>, context: &mut Context) -> JsResult<BusWish> {
    let must = "the name of a bus, or the URL of a broker such as redis://localhost";
    let name = given.value.as_string().map(|name| to_utf8(&name));
    let name = name.filter(|name| !name.is_empty());
    let name = name.ok_or_else(|| given.wrong_type(must, context))?;
    if !is_broker(&name) {
        return Ok(BusWish::Named(name));
    }
    let options = parse_broker(&name, &ClientTls::default());
    let options = options.map_err(|why| given.wrong_value(&why, context))?;
    Ok(BusWish::Broker(Box::new(options)))
}

/// Connects a hub.
pub(in crate::builtin) fn give_bus(hub: &HubHandle, wish: BusWish, context: &Context) {
    with_host(context, |host| match wish {
        BusWish::Named(name) => host.join_bus(hub.id(), &name),
        BusWish::Broker(options) => host.join_broker(hub, *options),
    });
}

/// The bus that the command line gives to the hubs of servers. That of the first server is the same
/// in every process that runs the program; so is that of the second, and another one.
pub(in crate::builtin) fn bus_of_servers(context: &mut Context) -> JsResult<Option<BusWish>> {
    let Some(text) = context.get_data::<ProgramArguments>().and_then(|given| given.bus.clone())
    else {
        return Ok(None);
    };
    let number = &installed::<Buses>(context).servers;
    number.set(number.get() + 1);
    let number = number.get();
    if !is_broker(&text) {
        return Ok(Some(BusWish::Named(text)));
    }
    let mut options = parse_broker(&text, &ClientTls::default()).map_err(|why| {
        let message = format!("the bus of the command line is wrong: {why}");
        node_error("ERR_INVALID_ARG_VALUE", message, context)
    })?;
    if number > 1 {
        options.prefix = format!("{}:{number}", options.prefix);
    }
    Ok(Some(BusWish::Broker(Box::new(options))))
}

/// Takes note of what has become of a bus. Says so where no script hears of it, once an outage; an
/// error if the program is not to run without it.
pub(super) fn note(
    hub: HubId,
    news: &BusNews,
    is_heard: bool,
    context: &Context,
) -> Result<(), String> {
    let buses = installed::<Buses>(context);
    let mut states = buses.states.borrow_mut();
    let state = states.entry(hub).or_default();
    match news {
        BusNews::Gap(_) => {}
        BusNews::Up => {
            if std::mem::replace(&mut state.was_told, false) {
                log::warn!("the bus is back");
            }
            state.has_been_up = true;
        }
        BusNews::Down(outage, retry) => {
            let required = context.get_data::<ProgramArguments>();
            if required.is_some_and(|given| given.bus_required) && !state.has_been_up {
                return Err(format!("there is no bus (--bus-required): {}", outage.message));
            }
            if !is_heard && !std::mem::replace(&mut state.was_told, true) {
                let after = match retry {
                    Some(_) => "; until it is back, messages stay in this process",
                    None => "",
                };
                log::warn!("the bus of a hub: {}{after}", outage.message);
            }
        }
    }
    Ok(())
}
