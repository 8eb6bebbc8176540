"""management/commands/parts.py."""

import json
from importlib.metadata import version
from io import StringIO

from django.core.management import call_command


def test_lists_every_installed_part_once() -> None:
    out = StringIO()
    call_command("parts", stdout=out)
    bill = json.loads(out.getvalue())
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    references = [part["bom-ref"] for part in bill["components"]]
    assert references == sorted(set(references))
    django = next(part for part in bill["components"] if part["name"] == "django")
    assert django["purl"] == f"pkg:pypi/django@{version('django')}"
