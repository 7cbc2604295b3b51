"""Certificates as others see them: npm's jose, the library's own verifier, 1EdTech's schemas, and JSON-LD."""

from __future__ import annotations

import copy
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from jsonschema import Draft201909Validator
from openbadgeslib.ob3 import OB3VerificationError, OB3Verifier
from openbadgeslib.ob3.contexts import document_loader
from pyld import jsonld

from tests.certificate.making import World
from tests.conftest import ROOT

SCHEMAS = ROOT / "tests" / "data" / "certificates"
SCRIPT = Path(__file__).with_name("verify_with_jose.mjs")


def schema(name: str) -> Draft201909Validator:
    """Return 1EdTech's schema of a kind of document; dates have to be dates."""
    text = (SCHEMAS / f"ob_v3p0_{name}_schema.json").read_text()
    return Draft201909Validator(json.loads(text), format_checker=Draft201909Validator.FORMAT_CHECKER)


def ask_jose(world: World, *tokens: str) -> list[dict[str, Any]]:
    """Return what jose says of tokens, given the keys as they are published."""
    keys = [json.loads(path.read_text()) for path in sorted((world.trust / "keys").glob("*.json"))]
    asked = json.dumps({"keys": keys, "tokens": tokens})
    done = subprocess.run(
        ["node", str(SCRIPT)], input=asked, capture_output=True, text=True, timeout=60, check=True
    )
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


def test_jose_confirms_what_the_issuer_signed(world):
    """npm's jose confirms certificates and list with the published keys, and refuses a changed certificate."""
    token = world.genuine.files["jwt"].decode()
    head, body, signature = token.split(".")
    others = [world.before.files["jwt"].decode(), (world.trust / "status.jwt").read_text()]
    found = ask_jose(world, token, *others, f"{head}.{body[:-4]}AAAA.{signature}")
    assert [set(answer) for answer in found] == [{"header", "claims"}] * 3 + [{"error"}]
    assert found[0]["header"] == {"alg": "EdDSA", "kid": world.current.kid, "typ": "JWT"}
    assert found[0]["claims"] == world.claims()
    assert found[3]["error"] == "ERR_JWS_SIGNATURE_VERIFICATION_FAILED"


@pytest.mark.parametrize("name", ["genuine", "before"])
def test_the_library_confirms_certificate_and_status(world, name):
    """openbadgeslib's own verifier accepts certificates of before and after new keys."""
    made = getattr(world, name)
    key = world.current if name == "genuine" else world.retired
    verifier = OB3Verifier(Ed25519PublicKey.from_public_bytes(key.jwk.raw))
    confirmed = verifier.verify(made.files["jwt"].decode())
    assert confirmed.id == made.entry.id and confirmed.identifiers[0].identity_hash == made.passed.holder


def test_the_library_reads_the_list(world):
    """openbadgeslib's own check of the list, signature included, passes a good certificate and stops a withdrawn one."""
    verifier = OB3Verifier(Ed25519PublicKey.from_public_bytes(world.current.jwk.raw))

    def download(_: str) -> bytes:
        return (world.trust / "status.jwt").read_bytes()

    verifier.verify(world.genuine.files["jwt"].decode(), check_status=True, download=download)
    with pytest.raises(OB3VerificationError, match="revocation"):
        verifier.verify(world.revoked.files["jwt"].decode(), check_status=True, download=download)


def test_a_certificate_follows_the_schema(world):
    """A certificate is valid by 1EdTech's schema of achievement credentials; without a part of it, it is not."""
    validator, claims = schema("achievementcredential"), world.claims()
    assert [error.message for error in validator.iter_errors(claims)] == []
    for part in ("@context", "id", "type", "issuer", "validFrom", "credentialSubject"):
        without = {name: value for name, value in claims.items() if name != part}
        assert not validator.is_valid(without), part
    wrong = copy.deepcopy(claims)
    wrong["credentialSubject"]["identifier"][0]["identityType"] = "nickname"
    assert not validator.is_valid(wrong)


def test_an_issuer_follows_the_schema(world):
    """What is published of an issuer is valid by 1EdTech's schema of profiles."""
    validator = schema("profile")
    published = json.loads((world.trust / "issuer.json").read_text())
    assert [error.message for error in validator.iter_errors(published)] == []
    assert not validator.is_valid({**published, "type": ["Person"]})


def test_every_word_of_a_certificate_is_defined(world):
    """Expanded and compacted again as JSON-LD, with the pinned contexts, a certificate has lost nothing."""
    assert _lost(world.claims()) == []
    assert _lost({**world.claims(), "honours": "with"}) == ["/honours"]


def _lost(claims: dict[str, Any]) -> list[str]:
    """Return the places whose term no context defines."""
    options = {"documentLoader": document_loader()}
    expanded = jsonld.expand(claims, options)
    again = jsonld.compact(expanded, {"@context": claims["@context"]}, options)
    return list(_differences(claims, again, ""))


def _differences(before: Any, after: Any, path: str) -> list[str]:
    # JSON-LD does not tell a list of one from the one.
    before, after = (
        each[0] if isinstance(each, list) and len(each) == 1 else each for each in (before, after)
    )
    if isinstance(before, dict) and isinstance(after, dict):
        names = sorted(before.keys() | after.keys())
        return [
            found
            for name in names
            for found in _differences(before.get(name), after.get(name), f"{path}/{name}")
        ]
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        pairs = enumerate(zip(before, after, strict=True))
        return [found for at, (one, two) in pairs for found in _differences(one, two, f"{path}/{at}")]
    return [] if before == after else [path]


def test_what_certificates_point_to_is_published(world):
    """Issuer, keys, achievement and list stand below the issuer's address at the names that a certificate gives."""
    claims, site = world.claims(), f"{world.issuer.profile.url}issuer/"
    named = [
        claims["issuer"]["id"],
        claims["credentialSubject"]["achievement"]["id"],
        claims["credentialStatus"]["statusListCredential"],
        *(key.kid for key in world.issuer.profile.keys if not key.compromised),
    ]
    for address in named:
        assert (world.trust / address.removeprefix(site)).is_file(), address
    assert not [path for path in world.trust.rglob("*") if path.suffix in (".pem", ".crt")]
