/* The bare loop that loading is compared with: one prepared INSERT, values decoded beforehand, one row a step, one transaction.
 * Opens the very SQLite library that the .NET program uses, so that the engine is the same.
 *
 *   cc -O2 -o insert_loop insert_loop.c -ldl
 *   insert_loop LIBRARY DATABASE ROWS SQL      prints the elapsed milliseconds
 *
 * ROWS holds, in the machine's byte order: int32 rows, int32 columns, and for each value a byte (0 null, 1 integer, 2 real, 3 text)
 * followed by an int64, a double, or an int32 length and so many bytes of UTF-8.
 */
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { NULL_VALUE, INTEGER, REAL, TEXT };
enum { SQLITE_DONE = 101 };

typedef struct {
    int type;
    int length;
    union {
        int64_t integer;
        double real;
        const char *text;
    } as;
} Value;

static void *library;

static void fail(const char *what)
{
    fprintf(stderr, "%s\n", what);
    exit(1);
}

static void *function(const char *name)
{
    void *address = dlsym(library, name);
    if (!address)
        fail(name);
    return address;
}

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        fail(path);
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *bytes = malloc(size);
    if (!bytes || fread(bytes, 1, size, file) != (size_t)size)
        fail(path);
    fclose(file);
    return bytes;
}

static Value *decode(const char *bytes, int *rows, int *columns)
{
    memcpy(rows, bytes, 4);
    memcpy(columns, bytes + 4, 4);
    bytes += 8;
    long count = (long)*rows * *columns;
    Value *values = malloc(count * sizeof(Value));
    if (!values)
        fail("out of memory");
    for (Value *value = values; value < values + count; value++) {
        value->type = *bytes++;
        switch (value->type) {
        case INTEGER:
        case REAL:
            memcpy(&value->as, bytes, 8);
            bytes += 8;
            break;
        case TEXT:
            memcpy(&value->length, bytes, 4);
            value->as.text = bytes + 4;
            bytes += 4 + value->length;
            break;
        }
    }
    return values;
}

int main(int argc, char **argv)
{
    if (argc != 5)
        fail("usage: insert_loop LIBRARY DATABASE ROWS SQL");
    /* The library counts on its host for the C library's mathematics. Elsewhere than on Linux it is part of the C library. */
    dlopen("libm.so.6", RTLD_NOW | RTLD_GLOBAL);
    library = dlopen(argv[1], RTLD_NOW);
    if (!library)
        fail(dlerror());

    int (*open)(const char *, void **) = function("sqlite3_open");
    int (*exec)(void *, const char *, void *, void *, void *) = function("sqlite3_exec");
    int (*prepare)(void *, const char *, int, void **, void *) = function("sqlite3_prepare_v2");
    int (*bind_null)(void *, int) = function("sqlite3_bind_null");
    int (*bind_int64)(void *, int, int64_t) = function("sqlite3_bind_int64");
    int (*bind_double)(void *, int, double) = function("sqlite3_bind_double");
    int (*bind_text)(void *, int, const char *, int, void *) = function("sqlite3_bind_text");
    int (*step)(void *) = function("sqlite3_step");
    int (*reset)(void *) = function("sqlite3_reset");
    int (*finalize)(void *) = function("sqlite3_finalize");
    int (*close)(void *) = function("sqlite3_close");

    int rows, columns;
    const Value *value = decode(read_file(argv[3]), &rows, &columns);
    void *database, *statement;
    if (open(argv[2], &database) || prepare(database, argv[4], -1, &statement, NULL))
        fail("cannot open or prepare");

    struct timespec started, ended;
    clock_gettime(CLOCK_MONOTONIC, &started);
    if (exec(database, "BEGIN IMMEDIATE", NULL, NULL, NULL))
        fail("BEGIN");
    for (int row = 0; row < rows; row++) {
        for (int column = 1; column <= columns; column++, value++) {
            switch (value->type) {
            case INTEGER:
                bind_int64(statement, column, value->as.integer);
                break;
            case REAL:
                bind_double(statement, column, value->as.real);
                break;
            case TEXT:
                bind_text(statement, column, value->as.text, value->length, NULL);
                break;
            default:
                bind_null(statement, column);
                break;
            }
        }
        if (step(statement) != SQLITE_DONE)
            fail("INSERT");
        reset(statement);
    }
    if (exec(database, "COMMIT", NULL, NULL, NULL))
        fail("COMMIT");
    clock_gettime(CLOCK_MONOTONIC, &ended);

    finalize(statement);
    close(database);
    printf("%.3f\n", (ended.tv_sec - started.tv_sec) * 1e3 + (ended.tv_nsec - started.tv_nsec) / 1e6);
    return 0;
}
