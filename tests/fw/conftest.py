import pytest
from fake_board import Host


@pytest.fixture
def host():
    return Host()


@pytest.fixture
def emitting(host):
    host.emit()
    return host
