"""A passkey as the sign-in library stores it, made without a browser."""

import hashlib
import os
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)


def a_passkey(*, host: str = "testserver", name: str = "laptop") -> dict[str, Any]:
    """The `data` of an authenticator row: a public key that nobody has the private one of."""
    key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    identity = os.urandom(16)
    made = AuthenticatorData.create(
        hashlib.sha256(host.encode()).digest(),
        AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT,
        0,
        AttestedCredentialData.create(Aaguid.NONE, identity, key),
    )
    said = CollectedClientData.create("webauthn.create", os.urandom(32), f"https://{host}")
    return {
        "name": name,
        "credential": {
            "id": websafe_encode(identity),
            "rawId": websafe_encode(identity),
            "type": "public-key",
            "response": {
                "clientDataJSON": websafe_encode(said),
                "attestationObject": websafe_encode(AttestationObject.create("none", made, {})),
                "transports": [],
            },
            "clientExtensionResults": {"credProps": {"rk": True}},
        },
    }
