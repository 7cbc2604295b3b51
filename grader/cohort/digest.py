"""What a card was made from, as digests: a card that no longer fits what ships is out of date."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from grader.exam.blueprint import BlueprintFile
from grader.exam.pool import Pool


def blueprint_digest(blueprint: BlueprintFile) -> str:
    """Return a digest of what decides about forms and decisions: wording, window and award do not."""
    deciding = blueprint.model_dump(mode="json", by_alias=True, include={"id", "time", "content", "standard"})
    return _digest(json.dumps(deciding, sort_keys=True).encode("utf-8"))


def pool_digest(pool: Pool, cases: Path, keys: Path, families: Path) -> str:
    """Return a digest of all files that forms are drawn from."""
    library = [
        path for name in sorted(pool.cases) for path in (cases / name / "case.yml", keys / name / "key.yml")
    ]
    whole = hashlib.sha256()
    for path in (*library, *sorted(families.glob("*.yml"))):
        whole.update(f"{path.parent.name}/{path.name} {_digest(path.read_bytes())}\n".encode())
    return whole.hexdigest()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
