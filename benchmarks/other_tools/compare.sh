#!/usr/bin/env bash
# How fast do tools outside .NET load the posts, beside the C loop and the command of this repository, published ReadyToRun and as it is built? Each into a new
# database file with the table.
#
#     benchmarks/other_tools/compare.sh [RECORDS=50000] [ROUNDS=3]
#
# Needs what each of them is: apt-get install python3-django sqlite-utils sqlite3 (Debian); what is missing is left out. And a C compiler, cc.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
records="${1:-50000}"
rounds="${2:-3}"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT

dotnet build -c Release -v quiet --nologo benchmarks/Fixtures.Benchmarks
dotnet build -c Release -v quiet --nologo src/Fixtures.Cli
# As start_up/compare.sh does: machine code for what a load runs first.
dotnet publish src/Fixtures.Cli -c Release -r linux-x64 --no-self-contained -o "$folder/fixtures" -v quiet --nologo
program=benchmarks/Fixtures.Benchmarks/bin/Release/net10.0
# Writes the fixture and its decoded values, and builds the C loop.
"$program/Fixtures.Benchmarks" load --records "$records" --rounds 1 --folder "$folder" >"$folder/load.txt"
json="$folder/posts-$records.json"
python=/usr/bin/python3

schema='CREATE TABLE "blog_post" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "title" varchar(200) NOT NULL, "slug" varchar(50) NOT NULL, "body" text NOT NULL,
    "views" integer NOT NULL, "rating" real NOT NULL, "is_published" bool NOT NULL, "created" datetime NOT NULL, "day" date NOT NULL)'
insert='INSERT INTO "blog_post" ("id", "title", "slug", "body", "views", "rating", "is_published", "created", "day") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'
library="$(find "$PWD/$program" -name libe_sqlite3.so -path "*linux-x64/*" | head -1)"

# What sqlite-utils and .import want: flat rows. Not timed.
"$python" - "$json" "$folder" <<'PYTHON'
import csv, json, sys
rows = [{"id": record["pk"], **record["fields"]} for record in json.load(open(sys.argv[1]))]
json.dump(rows, open(f"{sys.argv[2]}/rows.json", "w"))
with open(f"{sys.argv[2]}/rows.csv", "w", newline="") as file:
    writer = csv.writer(file)
    for row in rows:
        writer.writerow([int(value) if isinstance(value, bool) else value for value in row.values()])
PYTHON

new_database() { rm -f "$1" "$1-journal"; "$python" -c "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute(sys.argv[2])" "$1" "$schema"; }

# The way's own seconds where it tells them, else those of the whole process.
c_loop() { echo "$("$folder/insert_loop" "$library" "$1" "$folder/posts-$records.rows" "$insert" | cut -d' ' -f1) 1000" | awk '{ print $1 / $2 }'; }
fixtures_loaddata() { elapsed "$folder/fixtures/fixtures" loaddata "$json" --connection "$1" --json; }
fixtures_loaddata_plain() { elapsed dotnet src/Fixtures.Cli/bin/Release/net10.0/fixtures.dll loaddata "$json" --connection "$1" --json; }
django_loaddata() { "$python" benchmarks/other_tools/django_loaddata.py "$json" "$1"; }
sqlite_utils_insert() { whole sqlite-utils insert "$1" blog_post "$folder/rows.json" --pk id; }
sqlite3_json_each() { whole sqlite3 "$1" "INSERT INTO blog_post SELECT value ->> 'pk', value ->> '\$.fields.title', value ->> '\$.fields.slug', value ->> '\$.fields.body', value ->> '\$.fields.views', value ->> '\$.fields.rating', value ->> '\$.fields.is_published', value ->> '\$.fields.created', value ->> '\$.fields.day' FROM json_each(CAST(readfile('$json') AS TEXT))"; }
sqlite3_import() { whole sqlite3 "$1" ".import --csv $folder/rows.csv blog_post"; }
elapsed() { "$@" | "$python" -c "import json, sys; print(json.load(sys.stdin)['elapsedMs'] / 1000)"; }
whole() { local TIMEFORMAT=%R; { time "$@" >/dev/null; } 2>&1; }

ways=(c_loop fixtures_loaddata fixtures_loaddata_plain)
"$python" -c "import django" 2>/dev/null && ways+=(django_loaddata)
command -v sqlite-utils >/dev/null && ways+=(sqlite_utils_insert)
command -v sqlite3 >/dev/null && ways+=(sqlite3_json_each sqlite3_import)

for ((round = 0; round < rounds; round++)); do
    for way in "${ways[@]}"; do
        new_database "$folder/$way.db"
        "$way" "$folder/$way.db" >>"$folder/$way.txt"
        "$python" -c "import sqlite3, sys; sys.exit(sqlite3.connect(sys.argv[1]).execute('SELECT count(*) FROM blog_post').fetchone()[0] != int(sys.argv[2]))" "$folder/$way.db" "$records" ||
            { echo "$way has not stored $records rows." >&2; exit 1; }
    done
done

"$python" - "$folder" "$records" "$rounds" "${ways[@]}" <<'PYTHON'
import statistics, sys
folder, records, rounds, *ways = sys.argv[1:]
seconds = {way: [float(line) for line in open(f"{folder}/{way}.txt")] for way in ways}
print(f"{records} records, {rounds} rounds in turn\n")
print("| way | median s | rows/s | of the C loop | fixtures is so many times as fast |\n|---|---:|---:|---:|---:|")
for way in ways:
    beside = lambda other: statistics.median(theirs / own for theirs, own in zip(seconds[other], seconds[way]))
    faster = statistics.median(own / ours for own, ours in zip(seconds[way], seconds["fixtures_loaddata"]))
    median = statistics.median(seconds[way])
    print(f"| {way} | {median:.3f} | {int(records) / median:.0f} | {beside('c_loop'):.3f} | {faster:.1f} |")
PYTHON
