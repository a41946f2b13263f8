"""Who asks, as far as an address tells."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The address of who asks; None where none is known. Of IPv6 the first half alone: the rest is the client's choice.

    Behind a proxy, `CLIENT_ADDRESS_HEADER` names the header that it sets; the last address in it is the proxy's word.
    Where that is not set, no header is believed.
    """
    header = settings.CLIENT_ADDRESS_HEADER
    told = request.headers.get(header, "").rpartition(",")[2].strip() if header else ""
    try:
        address = ip_address(told or request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        address = address.ipv4_mapped or ip_network((address, 64), strict=False).network_address
    return str(address)
