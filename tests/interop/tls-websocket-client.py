"""krandog's client over TLS: all that websocket-client.py looks at, with Python's own TLS."""

from peer import over_tls

over_tls("websocket-client.py")
