"""manage.py coverage: how far each carrier's questions are answered."""

from typing import override

from django.core.management.base import BaseCommand

from esimguide.guide.coverage import CarrierCoverage, Cell, coverage_by_carrier
from esimguide.models import Place, PlanType


class Command(BaseCommand):
    help = "Print what is official, reported, not confirmed, not offered or missing, by carrier."

    @override
    def handle(self, *args: object, **options: object) -> None:
        found = coverage_by_carrier()
        for sheet in found:
            self._print(sheet)
        missing = [f"{sheet.carrier.slug} {name}" for sheet in found for name in sheet.missing]
        self.stdout.write(f"missing: {len(missing)}")
        for name in missing:
            self.stdout.write(f"  {name}")

    def _print(self, sheet: CarrierCoverage) -> None:
        self.stdout.write(f"{sheet.carrier.slug:24}" + "".join(f"{p.value:24}" for p in Place))
        for row in sheet.rows:
            cells = "".join(f"{in_words(cell):24}" for cell in row.cells)
            self.stdout.write(f"  {row.situation.slug:22}{cells}".rstrip())
        for kind, cell in sheet.facts:
            self.stdout.write(f"  {kind.value:22}{in_words(cell)}")
        self.stdout.write("")


def in_words(cell: Cell) -> str:
    return (
        cell.known.value if cell.line == PlanType.ANY else f"{cell.known.value} ({cell.line.value})"
    )
