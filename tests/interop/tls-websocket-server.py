"""krandog's server over TLS: all that websocket-server.py looks at, with Python's own TLS."""

from peer import over_tls

over_tls("websocket-server.py")
