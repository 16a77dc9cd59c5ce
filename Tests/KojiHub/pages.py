"""The HTML that Apache sends where a hub is not reached or not allowed."""

HEAD = ('<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN" '
        '"http://www.w3.org/TR/html4/strict.dtd">\n')


def page(title, heading, text):
    return (f"{HEAD}<html><head>\n<title>{title}</title>\n</head><body>\n"
            f"<h1>{heading}</h1>\n{text}</body></html>\n").encode()


FORBIDDEN = page(
    "403 Forbidden", "Forbidden",
    "<p>You don't have permission to access this resource."
    "Reason: Cannot perform Post-Handshake Authentication.<br /></p>\n")

UNAUTHORIZED = page(
    "401 Unauthorized", "Unauthorized",
    "<p>This server could not verify that you\n"
    "are authorized to access the document\n"
    "requested.  Either you supplied the wrong\n"
    "credentials (e.g., bad password), or your\n"
    "browser doesn't understand how to supply\n"
    "the credentials required.</p>\n")

BAD_GATEWAY = page(
    "502 Bad Gateway", "Bad Gateway",
    "<p>The proxy server received an invalid\r\n"
    "response from an upstream server.<br />\r\n</p>\n")

PROXY_ERROR = page(
    "502 Proxy Error", "Proxy Error",
    "<p>The proxy server received an invalid\r\n"
    "response from an upstream server.<br />\r\n"
    "The proxy server could not handle the request"
    "<p>Reason: <strong>Error reading from remote server</strong></p></p>\n")

UNAVAILABLE = page(
    "503 Service Unavailable", "Service Unavailable",
    "<p>The server is temporarily unable to service your\n"
    "request due to maintenance downtime or capacity\n"
    "problems. Please try again later.</p>\n")

NOT_FOUND = page(
    "404 Not Found", "Not Found",
    "<p>The requested URL was not found on this server.</p>\n")

LOGIN_PORTAL = page(
    "Sign in", "Sign in", "<p>Please sign in to use this network.</p>\n")
