"""What tests of the editors share."""

import pytest

from tests import factories as make


@pytest.fixture
def editor(client):
    client.force_login(editor := make.make_editor(username="ada"))
    return editor
