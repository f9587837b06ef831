"""No test can reach the outside world."""

import socket

import pytest

from tests.support.network import OutsideWorld

OUTSIDE = "192.0.2.1"  # reserved for documentation: nobody has it


def test_a_connection_to_another_machine_is_refused():
    with socket.socket() as sock, pytest.raises(OutsideWorld):
        sock.connect((OUTSIDE, 80))


def test_a_datagram_to_another_machine_is_refused():
    with socket.socket(type=socket.SOCK_DGRAM) as sock, pytest.raises(OutsideWorld):
        sock.sendto(b"", (OUTSIDE, 53))


def test_looking_up_a_name_is_refused():
    with pytest.raises(OutsideWorld):
        socket.getaddrinfo("example.org", 443)


def test_this_machine_can_be_reached():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
        socket.create_connection(("localhost", server.getsockname()[1])).close()


def test_a_socket_that_is_a_file_can_be_reached(tmp_path):
    path = str(tmp_path / "socket")
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind(path)
        server.listen()
        client.connect(path)
