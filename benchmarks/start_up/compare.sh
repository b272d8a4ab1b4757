#!/usr/bin/env bash
# What does the command cost that does little: its help, a search, a load of five records into a database that is there? Beside a program that prints a word,
# one that stores the five records with Microsoft.Data.Sqlite alone, and one without that. All are published ReadyToRun, as the tool is, and run in turn.
#
#     benchmarks/start_up/compare.sh [ROUNDS=60]
#
# Needs python3.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
rounds="${1:-60}"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT

publish() { dotnet publish "$1" -c Release -r linux-x64 --no-self-contained -p:PublishReadyToRun=true -o "$folder/$2" -v quiet --nologo; }
publish benchmarks/start_up/hello.cs hello
publish benchmarks/start_up/provider.cs provider
publish benchmarks/start_up/handle.cs handle
publish src/Fixtures.Cli fixtures

python3 - "$folder" "$rounds" <<'PYTHON'
import json, os, sqlite3, statistics, sys, time
folder, rounds = sys.argv[1], int(sys.argv[2])
os.chdir(folder)
database = sqlite3.connect("posts.db")
database.executescript("""
    CREATE TABLE blog_user (id INTEGER PRIMARY KEY AUTOINCREMENT, username text NOT NULL UNIQUE);
    CREATE TABLE blog_post (id INTEGER PRIMARY KEY AUTOINCREMENT, author_id integer NOT NULL REFERENCES blog_user (id), title varchar(200) NOT NULL,
        is_featured bool NOT NULL, published datetime NOT NULL, rating real);
    INSERT INTO blog_user VALUES (1, 'amelie');
    """)
fields = {"author": 1, "is_featured": True, "published": "2024-03-01T12:00:00", "rating": 4.5}
with open("five.json", "w") as file:
    json.dump([{"model": "blog.post", "pk": pk, "fields": {**fields, "title": f"Post {pk}"}} for pk in range(1, 6)], file, indent=2)

commands = {
    "a program that prints a word": ["hello/hello"],
    "fixtures --help": ["fixtures/fixtures", "--help"],
    "fixtures find": ["fixtures/fixtures", "find", "five", "--connection", "posts.db"],
    "fixtures loaddata": ["fixtures/fixtures", "loaddata", "five", "--connection", "posts.db"],
    "Microsoft.Data.Sqlite alone": ["provider/provider", "posts.db", "five.json"],
    "SQLitePCLRaw alone": ["handle/handle", "posts.db", "five.json"],
}

def run(command):
    started = time.perf_counter()
    silent = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    _, status, usage = os.wait4(os.posix_spawn(command[0], command, os.environ, file_actions=silent), 0)
    if status != 0:
        sys.exit(f"{command} has failed.")
    return time.perf_counter() - started, usage.ru_utime + usage.ru_stime

for command in commands.values():
    run(command)
if database.execute("SELECT count(*) FROM blog_post").fetchone()[0] != 5:
    sys.exit("The records have not been stored.")
times = {name: [] for name in commands}
for _ in range(rounds):
    for name, command in commands.items():
        times[name].append(run(command))

print(f"{rounds} rounds in turn\n")
print("| program | median ms | processor ms | time, first = 1 | processor time, first = 1 |\n|---|---:|---:|---:|---:|")
for name, own in times.items():
    beside = lambda kind: statistics.median(mine[kind] / first[kind] for mine, first in zip(own, next(iter(times.values()))))
    median = lambda kind: statistics.median(mine[kind] for mine in own) * 1000
    print(f"| {name} | {median(0):.1f} | {median(1):.1f} | {beside(0):.2f} | {beside(1):.2f} |")
PYTHON
