"""How each database matches tokens: SQL pieces for ``search``, the same answers from both.

An expression is a list of terms that must all match; a term is a list of alternatives of which one
must; an alternative is a list of folded runs that must all stand in one entry. A run ending in
"*" is the beginning of a word.

``matching`` makes a query for at most ``limit`` keys of entries, in their order. ``contains`` is
where in a parameter the column ``folded`` stands, from 1; 0 for nowhere.
"""

from esimguide.search.normalize import is_han, pairs

type Alternative = tuple[str, ...]
type AnyPhrase = tuple[Alternative, ...]
type Sql = tuple[str, list[str | int]]

COLUMNS = ("title_tokens", "text_tokens")


class SqliteBackend:
    """FTS5: neighbouring pairs are a phrase, one letter is the beginning of a pair."""

    contains = "instr(%s, folded)"

    def matching(self, terms: tuple[AnyPhrase, ...], limit: int, *, titles: bool = False) -> Sql:
        wanted = " AND ".join(f"({' OR '.join(map(self._alternative, t))})" for t in terms)
        table = "esimguide_entry_titled" if titles else "esimguide_entry_found"
        # Keys come in their order by themselves, so a limit ends the work early.
        return f"SELECT rowid AS id FROM {table} WHERE {table} MATCH %s LIMIT %s", [wanted, limit]

    def _alternative(self, runs: Alternative) -> str:
        return f"({' AND '.join(map(self._run, runs))})"

    def _run(self, run: str) -> str:
        if run.endswith("*"):
            return f'"{run[:-1]}"*'
        if is_han(run):
            return f'"{" ".join(pairs(run))}"' if len(run) > 1 else f'"{run}"*'
        return f'"{run}"'


class PostgresqlBackend:
    """GIN over the tokens as a set; that pairs are neighbours is then seen in the tokens."""

    contains = "strpos(%s, folded)"

    def matching(self, terms: tuple[AnyPhrase, ...], limit: int, *, titles: bool = False) -> Sql:
        columns = COLUMNS[:1] if titles else COLUMNS
        parts, params = [], list[str | int]()
        for term in terms:
            pieces = [self._alternative(a, columns) for a in term]
            parts.append(f"({' OR '.join(sql for sql, _ in pieces)})")
            params += [value for _, values in pieces for value in values]
        sql = f"SELECT id FROM esimguide_entry WHERE {' AND '.join(parts)} ORDER BY id LIMIT %s"
        return sql, [*params, limit]

    def _alternative(self, runs: Alternative, columns: tuple[str, ...]) -> Sql:
        pieces = [self._run(run, columns) for run in runs]
        sql = " AND ".join(sql for sql, _ in pieces)
        return f"({sql})", [value for _, values in pieces for value in values]

    def _run(self, run: str, columns: tuple[str, ...]) -> Sql:
        wanted, neighbours = self._lexemes(run), " ".join(pairs(run)) if is_han(run) else ""
        parts, params = [], list[str | int]()
        for column in columns:
            part = f"array_to_tsvector(string_to_array({column}, ' ')) @@ %s::tsquery"
            params.append(wanted)
            if " " in neighbours:
                part += f" AND strpos(' ' || {column} || ' ', %s) > 0"
                params.append(f" {neighbours} ")
            parts.append(f"({part})")
        return f"({' OR '.join(parts)})", params

    def _lexemes(self, run: str) -> str:
        if run.endswith("*"):
            return f"'{run[:-1]}':*"
        if is_han(run):
            return " & ".join(f"'{p}'" for p in pairs(run)) or f"'{run}':*"
        return f"'{run}'"


BACKENDS: dict[str, SqliteBackend | PostgresqlBackend] = {
    "sqlite": SqliteBackend(),
    "postgresql": PostgresqlBackend(),
}
