//! A socket of datagrams (UDP), which never blocks. What they mean is nobody's business here.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};

use mio::event::Source;
use mio::net::UdpSocket;
use mio::{Interest, Registry, Token};
use socket2::{Domain, InterfaceIndexOrAddress, Protocol, SockRef, Socket, Type};

/// How a socket is bound.
#[derive(Clone, Copy, Debug, Default)]
pub struct Binding {
    /// Others may be bound to the same address, or may have been just now.
    pub reuse_address: bool,
    /// The kernel deals datagrams out among all that are bound to it.
    pub reuse_port: bool,
    /// A socket of IPv6 is none of IPv4.
    pub only_v6: bool,
    /// Bytes that the kernel keeps of what comes.
    pub receive_bytes: Option<usize>,
    /// The same of what goes.
    pub send_bytes: Option<usize>,
}

/// A bound socket.
#[derive(Debug)]
pub struct Datagram {
    socket: UdpSocket,
    binding: Binding,
    address: SocketAddr,
}

impl Datagram {
    /// Binds a socket. Port 0 lets the system pick one.
    pub fn bind(address: SocketAddr, binding: Binding) -> io::Result<Self> {
        let socket = Socket::new(Domain::for_address(address), Type::DGRAM, Some(Protocol::UDP))?;
        if address.is_ipv6() {
            socket.set_only_v6(binding.only_v6)?;
        }
        socket.set_reuse_address(binding.reuse_address)?;
        if binding.reuse_port {
            socket.set_reuse_port(true)?;
        }
        if let Some(bytes) = binding.receive_bytes {
            socket.set_recv_buffer_size(bytes)?;
        }
        if let Some(bytes) = binding.send_bytes {
            socket.set_send_buffer_size(bytes)?;
        }
        socket.set_nonblocking(true)?;
        socket.bind(&address.into())?;
        let socket = UdpSocket::from_std(socket.into());
        let address = socket.local_addr()?;
        Ok(Self { socket, binding, address })
    }

    /// A new one in the place of this, which has let go of its address.
    pub fn renewed(self) -> io::Result<Self> {
        let Self { socket, binding, address } = self;
        drop(socket);
        Self::bind(address, binding)
    }

    /// Takes datagrams of this peer alone from here on, and sends to it.
    pub fn connect(&self, peer: SocketAddr) -> io::Result<()> {
        self.socket.connect(peer)
    }

    /// Where it is bound.
    pub fn local_addr(&self) -> SocketAddr {
        self.socket.local_addr().unwrap_or(self.address)
    }

    /// Whom it is connected to.
    pub fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.socket.peer_addr()
    }

    /// Sends one datagram: to whom it is connected, without an address. False where the kernel has no
    /// room for it now.
    pub fn send(&self, bytes: &[u8], to: Option<SocketAddr>) -> io::Result<bool> {
        loop {
            let sent = match to {
                Some(to) => self.socket.send_to(bytes, to),
                None => self.socket.send(bytes),
            };
            return match sent {
                Ok(_) => Ok(true),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(false),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => Err(error),
            };
        }
    }

    /// Takes one datagram, with its sender's address; `None` when there is none.
    pub fn receive(&self, buffer: &mut [u8]) -> io::Result<Option<(usize, SocketAddr)>> {
        loop {
            return match self.socket.recv_from(buffer) {
                Ok(received) => Ok(Some(received)),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(None),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => Err(error),
            };
        }
    }

    /// Whether it may send to all at once.
    pub fn set_broadcast(&self, wanted: bool) -> io::Result<()> {
        self.socket.set_broadcast(wanted)
    }

    /// How many networks what it sends may cross.
    pub fn set_ttl(&self, ttl: u32) -> io::Result<()> {
        let socket = SockRef::from(&self.socket);
        if self.address.is_ipv6() {
            socket.set_unicast_hops_v6(ttl)
        } else {
            socket.set_ttl_v4(ttl)
        }
    }

    /// The same for what it sends to groups.
    pub fn set_multicast_ttl(&self, ttl: u32) -> io::Result<()> {
        let socket = SockRef::from(&self.socket);
        if self.address.is_ipv6() {
            socket.set_multicast_hops_v6(ttl)
        } else {
            socket.set_multicast_ttl_v4(ttl)
        }
    }

    /// Whether what it sends to a group comes back to this machine.
    pub fn set_multicast_loop(&self, wanted: bool) -> io::Result<()> {
        if self.address.is_ipv6() {
            self.socket.set_multicast_loop_v6(wanted)
        } else {
            self.socket.set_multicast_loop_v4(wanted)
        }
    }

    /// The interface from which it sends to groups: its address, or for IPv6 its number.
    pub fn set_multicast_interface(&self, v4: Ipv4Addr, v6: u32) -> io::Result<()> {
        let socket = SockRef::from(&self.socket);
        if self.address.is_ipv6() {
            socket.set_multicast_if_v6(v6)
        } else {
            socket.set_multicast_if_v4(&v4)
        }
    }

    /// Joins a group of IPv4 on the interface with this address, or leaves it.
    pub fn set_member_v4(
        &self,
        group: Ipv4Addr,
        interface: Ipv4Addr,
        joins: bool,
    ) -> io::Result<()> {
        let socket = SockRef::from(&self.socket);
        let interface = InterfaceIndexOrAddress::Address(interface);
        if joins {
            socket.join_multicast_v4_n(&group, &interface)
        } else {
            socket.leave_multicast_v4_n(&group, &interface)
        }
    }

    /// The same of IPv6, on the interface with this number.
    pub fn set_member_v6(&self, group: Ipv6Addr, interface: u32, joins: bool) -> io::Result<()> {
        if joins {
            self.socket.join_multicast_v6(&group, interface)
        } else {
            self.socket.leave_multicast_v6(&group, interface)
        }
    }

    /// Joins a group of IPv4 for what this source sends to it, or leaves it.
    pub fn set_source_member_v4(
        &self,
        (source, group): (Ipv4Addr, Ipv4Addr),
        interface: Ipv4Addr,
        joins: bool,
    ) -> io::Result<()> {
        let socket = SockRef::from(&self.socket);
        if joins {
            socket.join_ssm_v4(&source, &group, &interface)
        } else {
            socket.leave_ssm_v4(&source, &group, &interface)
        }
    }

    /// Bytes that the kernel keeps: of what comes, and of what goes.
    pub fn buffer_sizes(&self) -> io::Result<(usize, usize)> {
        let socket = SockRef::from(&self.socket);
        Ok((socket.recv_buffer_size()?, socket.send_buffer_size()?))
    }

    /// Has the kernel keep so much of what comes.
    pub fn set_receive_buffer(&self, bytes: usize) -> io::Result<()> {
        SockRef::from(&self.socket).set_recv_buffer_size(bytes)
    }

    /// Has the kernel keep so much of what goes.
    pub fn set_send_buffer(&self, bytes: usize) -> io::Result<()> {
        SockRef::from(&self.socket).set_send_buffer_size(bytes)
    }
}

impl Source for Datagram {
    fn register(
        &mut self,
        registry: &Registry,
        token: Token,
        interest: Interest,
    ) -> io::Result<()> {
        self.socket.register(registry, token, interest)
    }

    fn reregister(
        &mut self,
        registry: &Registry,
        token: Token,
        interest: Interest,
    ) -> io::Result<()> {
        self.socket.reregister(registry, token, interest)
    }

    fn deregister(&mut self, registry: &Registry) -> io::Result<()> {
        self.socket.deregister(registry)
    }
}
