"""RedirectMapView → the map as nginx, Apache or Caddy reads it. Pure.

Addresses hold no blank, quote or bracket (``fields.read_aliases``, ``scan``), so nothing needs to be escaped.
nginx: ``map $uri $target { include …; }`` (ngx_http_map_module). Apache: ``RewriteMap … txt:…`` (mod_rewrite).
Caddy: ``import`` into a site (directive ``redir``).
"""

from __future__ import annotations

from loa.views import RedirectMapView

_LINES = {"nginx": "{} {};\n", "apache": "{} {}\n", "caddy": "redir {} {} permanent\n"}


def redirect_map(view: RedirectMapView, base_path: str) -> bytes:
    """A line for each redirect, all below the path at which the site lies."""
    line = _LINES[view.format]
    return "".join(line.format(base_path + old, base_path + new) for old, new in view.rows).encode()
