"""Fetching: what a place gives, and every way in which one may be wrong, slow, hostile or elsewhere than it says."""

from __future__ import annotations

import socket
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deedline.errors import InputError, LimitError
from deedline.fetch import Known, Rules, fetch, is_address
from deedline.fetch.connecting import is_public
from deedline.fetch.fetching import _name
from tests.fetch.place import drips, gives, place

HERE = Rules(private=True, seconds=5)


def test_bytes_come_with_where_from_and_what_they_are() -> None:
    with place(paper=gives(b"words", Content_Type="text/plain; charset=utf-8", ETag='"1"')) as there:
        found = fetch(f"{there.address}/paper?x=1#part", HERE)
    assert (found.data, found.media_type, found.etag) == (b"words", "text/plain", '"1"')
    assert found.final == f"{there.address}/paper?x=1"
    assert found.name == "paper.txt"
    assert [path for path, _ in there.asked] == ["/robots.txt", "/paper?x=1"]


def test_what_is_known_is_not_sent_again() -> None:
    with place(paper=gives(b"", 304)) as there:
        found = fetch(f"{there.address}/paper", HERE, Known('"1"', "Sat, 21 Nov 2026 00:00:00 GMT"))
    assert found.data is None
    asked = there.asked[-1][1]
    assert (asked["If-None-Match"], asked["If-Modified-Since"]) == ('"1"', "Sat, 21 Nov 2026 00:00:00 GMT")


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('attachment; filename="supplement.pdf"', "supplement.pdf"),
        ('attachment; filename="../../etc/passwd"', "passwd.pdf"),
        ('attachment; filename="C:\\\\windows\\\\x.docx"', "x.docx"),
        ("attachment; filename*=UTF-8''%E9%99%84%E7%AF%87.pdf", "附篇.pdf"),
        ("attachment; filename*=idna''x", "one two.pdf"),
        (f"attachment; filename*=UTF-8''{'%E9%99%84' * 200}.pdf", f"{'附' * 65}.pdf"),
        (f'attachment; filename="a.{"b" * 300}"', f"a.{'b' * 194}.pdf"),
        ("", "one two.pdf"),
    ],
)
def test_a_name_leads_nowhere_but_to_a_file(disposition: str, name: str) -> None:
    paper = gives(b"x", Content_Type="application/pdf", Content_Disposition=disposition)
    with place(**{"one two.pdf": paper}) as there:
        there.answers["/one%20two.pdf"] = paper
        assert fetch(f"{there.address}/one two.pdf", HERE).name == name


def test_redirects_are_followed_checked_and_counted() -> None:
    with place(
        first=gives(b"", 302, Location="/second"),
        second=gives(b"here"),
        round=gives(b"", 301, Location="/round"),
        file=gives(b"", 302, Location="file:///etc/passwd"),
        nowhere=gives(b"", 302),
    ) as there:
        assert fetch(f"{there.address}/first", HERE).final == f"{there.address}/second"
        with pytest.raises(LimitError, match="redirects more than"):
            fetch(f"{there.address}/round", HERE)
        with pytest.raises(InputError, match="no address that can be fetched"):
            fetch(f"{there.address}/file", HERE)
        with pytest.raises(InputError, match="redirects to nowhere"):
            fetch(f"{there.address}/nowhere", HERE)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "[::1]", "10.0.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "[::ffff:127.0.0.1]"],
)
def test_private_places_are_not_asked(host: str) -> None:
    with pytest.raises(InputError, match="no public address"):
        fetch(f"http://{host}/paper")


def test_a_name_of_which_one_address_is_private_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("93.184.215.14", "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(InputError, match=r"127\.0\.0\.1, which is no public address"):
        fetch("http://both.example/paper")


def test_a_public_place_that_redirects_inside_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    with place(paper=gives(b"", 302, Location="http://inside.example/secret")) as there:
        port = int(there.address.rpartition(":")[2])

        def resolve(host: str, *_: object, **__: object) -> list[object]:
            place = "10.0.0.7" if host == "inside.example" else "127.0.0.1"
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (place, port))]

        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        monkeypatch.setattr("deedline.fetch.connecting.is_public", lambda place: place == "127.0.0.1")
        with pytest.raises(InputError, match=r"10\.0\.0\.7, which is no public address"):
            fetch(f"http://outside.example:{port}/paper", Rules(seconds=5))


def test_what_robots_may_not_fetch_is_left() -> None:
    robots = b"User-agent: *\nDisallow: /closed\n\nUser-agent: other\nDisallow: /\n"
    with place(robots=gives(robots), closed=gives(b"x"), open=gives(b"y")) as there:
        assert fetch(f"{there.address}/open", HERE).data == b"y"
        with pytest.raises(InputError, match=r"robots\.txt asks programs not to"):
            fetch(f"{there.address}/closed", HERE)
        allowed = Rules(private=True, seconds=5, robots=False)
        assert fetch(f"{there.address}/closed", allowed).data == b"x"


@pytest.mark.parametrize("status", [400, 403, 404, 410, 500, 503])
def test_errors_of_the_place_are_told(status: int) -> None:
    with place(paper=gives(b"", status)) as there, pytest.raises(InputError, match=f"answers {status}"):
        fetch(f"{there.address}/paper", HERE)


def test_what_is_too_large_or_too_slow_is_left() -> None:
    endless = b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"
    with place(
        large=gives(b"x" * 5000),
        slow=drips(endless, 0.05),
        slower=drips(b"HTTP/1.1 200 OK\r\nX-Head: ", 0.05),
        packed=gives(b"x", Content_Encoding="gzip"),
        broken=drips(b"not http at all\r\n", 0.01),
    ) as there:
        with pytest.raises(LimitError, match="larger than 4,999 bytes"):
            fetch(f"{there.address}/large", Rules(bytes=4999, private=True))
        brief = Rules(seconds=0.6, private=True, robots=False)
        for path in ("slow", "slower"):
            with pytest.raises(LimitError, match="took longer"):
                fetch(f"{there.address}/{path}", brief)
        with pytest.raises(InputError, match="packed"):
            fetch(f"{there.address}/packed", HERE)
        with pytest.raises(InputError, match=r"broke off|took longer"):
            fetch(f"{there.address}/broken", brief)


def test_what_cannot_be_reached_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    with pytest.raises(InputError, match="cannot be reached"):
        fetch(f"http://127.0.0.1:{port}/x", HERE)


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "ftp://x.example/y", "http://", "http:///x", "https://a:b@x.example/", "http://x:99999/"],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(InputError):
        fetch(address, HERE)
    assert is_address("HTTPS://x.example")
    assert not is_address("paper.txt")


@given(st.text(max_size=80))
def test_no_words_are_a_fault(words: str) -> None:
    with pytest.raises(InputError):  # nothing answers at port 1
        fetch(f"http://127.0.0.1:1/{words}", HERE)


@given(st.text(max_size=200), st.text(max_size=60), st.sampled_from(["", "text/html", "application/pdf", "?"]))
def test_a_name_is_always_fit_for_a_file(disposition: str, path: str, media_type: str) -> None:
    for told in (disposition, f"attachment; filename*={disposition}", f'attachment; filename="{disposition}"'):
        name = _name(urlsplit("https://x.example/")._replace(path=path), " ".join(told.split()), media_type)
        assert name.encode() == name.encode("utf-8", "ignore")
        assert 0 < len(name.encode()) <= 200
        assert "/" not in name
        assert "." in name.strip(".")


PRIVATE = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::a00:1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::808:808",
    "2002:a00:1::1",
    "2001:0:a00:1::1",
    "2001:db8::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
]
PUBLIC = ["1.1.1.1", "8.8.8.8", "93.184.215.14", "2606:4700:4700::1111", "2a00:1450:4001:80b::200e", "64:ff9b::808:808"]


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_that_are_not_the_whole_internets(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", [*PUBLIC, "::ffff:8.8.8.8", "2002:808:808::1"])
def test_addresses_that_are(address: str) -> None:
    assert is_public(address)


def test_of_several_addresses_the_next_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    with place(paper=gives(b"here")) as there:
        port = int(there.address.rpartition(":")[2])
        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ("127.0.0.2", "127.0.0.1")]
        monkeypatch.setattr(socket, "getaddrinfo", lambda host, *_, **__: found if host == "both.example" else [])
        monkeypatch.setattr(socket, "create_connection", _only_to("127.0.0.1"))
        assert fetch(f"http://both.example:{port}/paper", HERE).data == b"here"


def _only_to(reachable: str) -> Callable[..., socket.socket]:
    def create(address: tuple[str, int], timeout: float) -> socket.socket:
        assert timeout > 0
        made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        made.settimeout(timeout)
        if address[0] != reachable:
            made.close()
            raise ConnectionRefusedError(address[0])
        made.connect(address)
        return made

    return create


def test_of_a_long_robots_file_the_beginning_counts() -> None:
    robots = b"User-agent: *\nDisallow: /closed\n" + b"#" * 600_000 + b"\nDisallow: /open\n"
    with place(robots=gives(robots), closed=gives(b"x"), open=gives(b"y")) as there:
        assert fetch(f"{there.address}/open", HERE).data == b"y"
        with pytest.raises(InputError, match=r"robots\.txt asks programs not to"):
            fetch(f"{there.address}/closed", HERE)
