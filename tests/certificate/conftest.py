"""One issuer with its certificates for all tests of certificates."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.certificate.making import World, make_world, work_fast


@pytest.fixture(scope="package", autouse=True)
def _fast() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        work_fast(patch)
        yield


@pytest.fixture(scope="package")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """An issuer with three keys and its certificates; tests do not change it."""
    return make_world(tmp_path_factory.mktemp("issuer") / "issuer")
