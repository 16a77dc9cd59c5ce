"""XML-RPC in the exact spelling of a Koji hub.

Reading goes through the standard library, which is what a hub uses, so that its
habits come along: a boolean must be 0 or 1, gzip is not XML. Writing is done here,
because the bytes matter (no line break after nil, i8 past 32 bits, only & < > are
escaped) and because replies of thousands of rows must be cheap.
"""

import xmlrpc.client
from xml.parsers import expat

from errors import BadRequest

MAX_REQUEST = 4 * 1024 * 1024

HEADER = "<?xml version='1.0'?>\n"


class Row(dict):
    """A struct that never changes once made. It keeps its own text."""

    __slots__ = ("text",)


def escape(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def write_value(value, out):
    kind = type(value)
    if kind is str:
        out.append("<value><string>" + escape(value) + "</string></value>\n")
    elif kind is int:
        write_int(value, out)
    elif value is None:
        out.append("<value><nil/></value>")
    elif kind is bool:
        out.append(f"<value><boolean>{value:d}</boolean></value>\n")
    elif kind is float:
        out.append(f"<value><double>{value!r}</double></value>\n")
    elif kind is Row:
        if not hasattr(value, "text"):
            own = []
            write_struct(value, own)
            value.text = "".join(own)
        out.append(value.text)
    elif kind is dict:
        write_struct(value, out)
    elif kind in (list, tuple):
        out.append("<value><array><data>\n")
        for item in value:
            write_value(item, out)
        out.append("</data></array></value>\n")
    else:
        raise TypeError(f"cannot marshal {kind} objects")


def write_int(value, out):
    if not -2**63 <= value < 2**63:
        raise OverflowError("long int exceeds XML-RPC limits")
    tag = "int" if -2**31 <= value < 2**31 else "i8"
    out.append(f"<value><{tag}>{value}</{tag}></value>\n")


def write_struct(value, out):
    out.append("<value><struct>\n")
    for key, item in value.items():
        if type(key) is not str:
            raise TypeError("dictionary key must be string")
        out.append("<member>\n<name>" + escape(key) + "</name>\n")
        write_value(item, out)
        out.append("</member>\n")
    out.append("</struct></value>\n")


def response(value):
    """The body of a successful call."""
    out = [HEADER, "<methodResponse>\n<params>\n<param>\n"]
    write_value(value, out)
    out.append("</param>\n</params>\n</methodResponse>\n")
    return "".join(out).encode("utf-8", "surrogatepass")


def fault(code, text):
    """The body of a failed call."""
    out = [HEADER, "<methodResponse>\n<fault>\n"]
    write_value({"faultCode": code, "faultString": text}, out)
    out.append("</fault>\n</methodResponse>\n")
    return "".join(out).encode("utf-8", "surrogatepass")


def request(method, params):
    """The body of a call, for programs that talk to a hub."""
    out = [HEADER, "<methodCall>\n<methodName>", escape(method), "</methodName>\n<params>\n"]
    for value in params:
        out.append("<param>\n")
        write_value(value, out)
        out.append("</param>\n")
    out.append("</params>\n</methodCall>\n")
    return "".join(out).encode()


def read_request(body):
    """(method, params) of a request body."""
    if not body:
        raise BadRequest("Invalid request: Empty request")
    if len(body) > MAX_REQUEST:
        raise BadRequest("Invalid request: Request too long")
    parser, unmarshaller = xmlrpc.client.getparser()
    try:
        parser.feed(body)
        parser.close()
        params = unmarshaller.close()
    except (expat.ExpatError, xmlrpc.client.Error, ValueError, TypeError,
            KeyError, IndexError, AttributeError) as error:
        raise BadRequest(f"Invalid request: {error}") from None
    method = unmarshaller.getmethodname()
    if method is None:
        raise BadRequest("Invalid request: no method name")
    return method, list(params)


def split_named(params):
    """Positional and named arguments: the named ones come last, marked."""
    if params and isinstance(params[-1], dict) and params[-1].get("__starstar"):
        named = dict(params[-1])
        del named["__starstar"]
        return params[:-1], named
    return params, {}
