"""A web server for each mirror, with logs of its own, and one for metalinks: nginx."""
import os
import re

NGINX = """\
daemon off;
master_process off;
{user}
pid {directory}/nginx.pid;
error_log {directory}/nginx-errors warn;
events {{ worker_connections 512; }}
http {{
  access_log off;
  keepalive_requests 10000000;
  sendfile on;
  client_body_temp_path {directory}/nginx-body;
  proxy_temp_path {directory}/nginx-proxy;
  fastcgi_temp_path {directory}/nginx-fastcgi;
  uwsgi_temp_path {directory}/nginx-uwsgi;
  scgi_temp_path {directory}/nginx-scgi;
{servers}
}}
"""
MIRROR = """\
  server {{
    listen 127.0.0.1:{port};
    root {root};
    access_log {log} combined;
  }}
"""
RESPONDER = """\
  server {{
    listen 127.0.0.1:{port};
    root {root};
    access_log {log} combined;
    location = /metalink {{
      default_type application/metalink+xml;
      try_files /$arg_repo+$arg_arch =404;
    }}
    location = /mirrorlist {{
      default_type text/plain;
      try_files /paths/$arg_path/mirrors =404;
    }}
  }}
"""
# A line of a log in combined format.
LINE = re.compile(r'(\S+) \S+ \S+ \[[^]]*\] "(\S+) (\S+) [^"]*" (\d+) \S+ "[^"]*" "([^"]*)"')
# zypper looks for media that come in volumes and for signatures, whether there are any or not.
OPTIONAL = re.compile(r"/(media\.1/media|repodata/repomd\.xml\.(asc|key))$")


def serve(world, mirrors, responder):
    """Starts nginx for all of them."""
    servers = "".join(
        MIRROR.format(port=mirror.port, root=os.path.dirname(mirror.pub),
                      log=world.log(mirror.name)) for mirror in mirrors)
    servers += RESPONDER.format(port=responder.port, root=responder.directory,
                                log=world.log("responder"))
    path = os.path.join(world.directory, "nginx.conf")
    with open(path, "w", encoding="utf-8") as stream:
        stream.write(NGINX.format(
            directory=world.directory, servers=servers,
            user="user root;" if os.geteuid() == 0 else ""))
    return world.start(["nginx", "-c", path, "-e", f"{world.directory}/nginx-errors"],
                       mirrors[0].port)


def faults_in_log(path):
    """What a server's log says that no client should meet: kind and sentence; and how many
    requests there were."""
    found, count = [], 0
    with open(path, encoding="utf-8") as stream:
        for line in stream:
            matched = LINE.match(line)
            if matched is None:
                found.append(("server", f"a line that is not one: {line.strip()}"))
                continue
            count += 1
            _, method, target, status, agent = matched.groups()
            said = f"{method} {target} {status} to {agent or 'nobody'}"
            if status.startswith("5"):
                found.append(("server", said))
            elif (status == "404" and not OPTIONAL.search(target)
                  # To the program, that is an answer.
                  and not agent.startswith("epel-compose/")):
                found.append(("missing", said))
    return found, count
