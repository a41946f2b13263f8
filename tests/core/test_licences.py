"""Where licences can be read."""

import pytest

from core.licences import OWN, licence_url


@pytest.mark.parametrize(
    ("name", "url"),
    [
        (OWN, "https://creativecommons.org/licenses/by/4.0/"),
        ("CC-BY-SA-3.0", "https://creativecommons.org/licenses/by-sa/3.0/"),
        ("CC BY-NC-ND 4.0", "https://creativecommons.org/licenses/by-nc-nd/4.0/"),
        ("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("MIT", "https://opensource.org/license/mit"),
        ("Apache-2.0", "https://www.apache.org/licenses/LICENSE-2.0"),
        ("CC BY", ""),
        ("All rights reserved", ""),
        ("", ""),
    ],
)
def test_licence_has_an_address_where_its_name_says_which_one_it_is(name, url):
    assert licence_url(name) == url
