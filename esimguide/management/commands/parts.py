"""manage.py parts: the list of installed parts (SBOM) as CycloneDX JSON."""

import json
from importlib.metadata import Distribution, distributions

from django.core.management.base import BaseCommand


def component(part: Distribution) -> dict[str, object]:
    """Return one part as CycloneDX 1.6 describes it."""
    name, version = part.metadata["Name"].lower(), part.version
    described: dict[str, object] = {
        "type": "library",
        "bom-ref": f"pkg:pypi/{name}@{version}",
        "name": name,
        "version": version,
        "purl": f"pkg:pypi/{name}@{version}",
    }
    licence = part.metadata.get("License-Expression") or part.metadata.get("License") or ""
    if licence and "\n" not in licence:
        described["licenses"] = [{"license": {"name": licence}}]
    return described


class Command(BaseCommand):
    """Prints what is installed beside the guide, sorted by name, the same for the same parts."""

    help = "Print the list of installed parts (SBOM) as CycloneDX 1.6 JSON."

    def handle(self, *args: object, **options: object) -> None:  # noqa: ARG002 (Django's signature)
        """Print the list."""
        found = {str(c["bom-ref"]): c for c in map(component, distributions())}
        bill = {
            "bomFormat": "CycloneDX",
            "specVersion": "1.6",
            "version": 1,
            "metadata": {"component": {"type": "application", "name": "esimguide"}},
            "components": [found[reference] for reference in sorted(found)],
        }
        self.stdout.write(json.dumps(bill, ensure_ascii=False, indent=1))
