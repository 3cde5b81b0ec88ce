"""Mutual TLS: a server that wants to see our certificate, and shows one of an authority that we alone trust."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from service.bewoning.asking import asked
from service.bewoning.koppeling import Koppeling
from service.bewoning.records import Bewoning, Gemist, Niet
from tests.service.bewoning.mock import KEY, Api, serving
from tests.service.bewoning.test_day import DAY, number

PEM, PKCS8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8


def certified(folder: Path, name: str, by: str = "") -> None:
    """`name`.pem and its key, signed by `by` or by itself; `name`.locked is the key behind a password."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    signer, issuer = key, subject
    if by:
        signer = serialization.load_pem_private_key((folder / f"{by}.key").read_bytes(), None)  # type: ignore[assignment]
        issuer = x509.load_pem_x509_certificate((folder / f"{by}.pem").read_bytes()).subject
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=not by, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(signer, hashes.SHA256())
    )
    (folder / f"{name}.pem").write_bytes(made.public_bytes(PEM))
    (folder / f"{name}.key").write_bytes(key.private_bytes(PEM, PKCS8, serialization.NoEncryption()))
    locked = serialization.BestAvailableEncryption(b"word")
    (folder / f"{name}.locked").write_bytes(key.private_bytes(PEM, PKCS8, locked))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    certified(tmp_path, "ca")
    for name in ("server", "gemeente"):
        certified(tmp_path, name, by="ca")
    (tmp_path / "sleutel").write_text(KEY)
    return tmp_path


@pytest.fixture
def api(folder: Path) -> Iterator[Api]:
    with serving(Api(), tls=folder) as running:
        yield running


def test_we_show_our_certificate_and_look_at_theirs(api: Api, folder: Path) -> None:
    def tried(ca: str = "ca.pem", pem: str = "gemeente.pem", key: str = "gemeente.key") -> Bewoning | Gemist:
        koppeling = Koppeling(
            url=api.url,
            sleutel_bestand=folder / "sleutel",
            ca=folder / ca if ca else None,
            certificaat=folder / pem if pem else None,
            certificaat_sleutel=folder / key if key else None,
        )
        return asked((number(1),), koppeling, DAY)[number(1)]

    assert isinstance(tried(), Bewoning)
    for refused in (tried(pem="", key=""), tried(ca=""), tried(ca="gemeente.pem")):
        assert isinstance(refused, Gemist) and refused.waarom is Niet.NETWERK
    for unusable in (tried(key="gemeente.locked"), tried(key="server.key"), tried(ca="sleutel")):
        assert unusable == Gemist(waarom=Niet.INSTELLING)
